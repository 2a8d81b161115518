"""A run's big values on disk."""

import asyncio
from pathlib import Path

import pytest

from gradstream.runs.blobs import Blobs, TooManyBlobsError, find_digests


def add(blobs: Blobs, digest: str, mime: str, data: bytes) -> None:
    """Store a value."""
    asyncio.run(blobs.add(digest, mime, data))


def test_kept_by_digest(tmp_path: Path) -> None:
    """A value is found by its digest, once, with its type."""
    blobs = Blobs(tmp_path / "blobs", max_bytes=100)
    add(blobs, "abc", "image/png", b"12345")
    add(blobs, "abc", "image/png", b"12345")
    blob = blobs.get("abc")
    assert blob is not None
    assert (blob.path.read_bytes(), blob.mime, blob.size, blobs.size) == (b"12345", "image/png", 5, 5)
    assert blobs.get("abd") is None


def test_a_digest_is_no_path(tmp_path: Path) -> None:
    """Whatever a worker calls a value, it stays in the run's folder."""
    blobs = Blobs(tmp_path / "blobs", max_bytes=100)
    add(blobs, "../../evil", "image/png", b"12345")
    blob = blobs.get("../../evil")
    assert blob is not None
    assert blob.path.parent == tmp_path / "blobs"


def test_the_oldest_that_nobody_sees_go(tmp_path: Path) -> None:
    """Over the bound the oldest are dropped, but never what is shown and never the newest."""
    blobs = Blobs(tmp_path, max_bytes=40)
    for name in ("aa", "bb", "cc", "dd", "ee"):
        add(blobs, name, "image/png", b"0123456789")
    assert blobs.is_over_bound
    blobs.drop_unshown({"aa"}, before=blobs.newest)
    assert [name for name in ("aa", "bb", "cc", "dd", "ee") if blobs.get(name)] == ["aa", "dd", "ee"]
    assert blobs.size == sum(len(file.read_bytes()) for file in tmp_path.iterdir()) == 30


def test_more_is_shown_than_may_be(tmp_path: Path) -> None:
    """When what is shown is over the bound by itself, that is said."""
    blobs = Blobs(tmp_path, max_bytes=15)
    add(blobs, "aa", "image/png", b"0123456789")
    add(blobs, "bb", "image/png", b"0123456789")
    with pytest.raises(TooManyBlobsError):
        blobs.drop_unshown({"aa", "bb"}, before=blobs.newest)


def test_the_number_is_bounded_too(tmp_path: Path) -> None:
    """Of many small values the oldest are dropped as well."""
    blobs = Blobs(tmp_path, max_bytes=1000, max_files=8)
    for number in range(9):
        add(blobs, str(number), "image/png", b"")
    assert blobs.is_over_bound
    blobs.drop_unshown({"0"}, before=blobs.newest)
    assert [name for name in map(str, range(9)) if blobs.get(name)] == ["0", "4", "5", "6", "7", "8"]
    assert len(list(tmp_path.iterdir())) == 6


def test_what_came_meanwhile_stays(tmp_path: Path) -> None:
    """What came after the outputs were looked at is not dropped, nor is the bound judged."""
    blobs = Blobs(tmp_path, max_bytes=25)
    for name in ("aa", "bb"):
        add(blobs, name, "image/png", b"0123456789")
    looked_at = blobs.newest
    for name in ("cc", "dd"):
        add(blobs, name, "image/png", b"0123456789")
    blobs.drop_unshown(set(), before=looked_at)
    assert [name for name in ("aa", "bb", "cc", "dd") if blobs.get(name)] == ["bb", "cc", "dd"]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_digests_are_found_wherever_a_piece_ends(size: int) -> None:
    """Each value's, also one that begins in one piece and ends in another."""
    text = b'{"a":{"blob":"aa","size":1},"b":[1,{"blob":"bb"}]}' * 3
    assert find_digests(text[at : at + size] for at in range(0, len(text), size)) == {"aa", "bb"}
