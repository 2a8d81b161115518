"""A bounded folder of recordings."""

import errno
import os
import time
from pathlib import Path

import pytest

from gradstream.recordings import shelf as module
from gradstream.recordings.shelf import Shelf, ShelfBounds
from gradstream.recordings.types import Content
from gradstream.recordings.writer import write_recording
from tests.unit.recordings.finished import MANIFEST, make_content

BOUNDS = ShelfBounds(bytes=100_000, files=10, recording_bytes=10_000)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Return a run to be recorded."""
    return make_content(tmp_path / "files")


def names(shelf: Shelf) -> set[str]:
    """Return what is on the shelf, without the suffix."""
    return {path.stem for path in shelf.folder.glob("*.zip")}


def aged(shelf: Shelf, name: str, seconds: float) -> None:
    """Let a recording be older."""
    then = time.time() - seconds
    os.utime(shelf.folder / f"{name}.zip", (then, then))


def test_what_is_added_is_found(tmp_path: Path, content: Content) -> None:
    """In a folder that is made when it is needed, for this user alone, and not committed."""
    shelf = Shelf(tmp_path / "a" / "shelf", BOUNDS)
    assert shelf.read("one") is None
    assert shelf.add("one", content)
    found = shelf.read("one")
    assert found is not None
    assert found.manifest == MANIFEST
    assert (shelf.folder / ".gitignore").read_text() == "*\n"
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    shelf.drop("one")
    assert shelf.read("one") is None


@pytest.mark.parametrize("is_used_last", [False, True])
def test_the_oldest_goes(tmp_path: Path, content: Content, is_used_last: bool) -> None:  # noqa: FBT001 (pytest passes it)
    """Over its bound the shelf loses what was written first, or what was used first."""
    shelf = Shelf(
        tmp_path / "shelf",
        ShelfBounds(bytes=10**6, files=3, recording_bytes=10_000),
        is_used_last=is_used_last,
    )
    for number in range(3):
        shelf.add(str(number), content)
        aged(shelf, str(number), 100 - number)
    assert shelf.read("0") is not None
    shelf.add("3", content)
    assert names(shelf) == ({"0", "3"} if is_used_last else {"2", "3"})


def test_bytes_are_bounded(tmp_path: Path, content: Content) -> None:
    """So much is kept, and not more, whatever was there when the server started."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    shelf.add("0", content)
    size = (shelf.folder / "0.zip").stat().st_size
    for number in range(1, 5):
        shelf.add(str(number), content)
        aged(shelf, str(number), 100 - number)
    small = Shelf(shelf.folder, ShelfBounds(bytes=3 * size, files=10, recording_bytes=size))
    small.add("5", content)
    assert sum(path.stat().st_size for path in shelf.folder.glob("*.zip")) <= 3 * size
    assert "5" in names(shelf)


def test_too_old(tmp_path: Path, content: Content) -> None:
    """After its time a recording is not read, and a sweep removes it."""
    shelf = Shelf(tmp_path / "shelf", ShelfBounds(bytes=10**6, files=9, recording_bytes=10_000, age_s=60.0))
    for name in ("old", "older", "new"):
        shelf.add(name, content)
    aged(shelf, "old", 61)
    aged(shelf, "older", 62)
    assert shelf.read("old") is None
    assert names(shelf) == {"older", "new"}
    shelf.sweep()
    assert names(shelf) == {"new"}


def test_what_a_killed_server_had_begun(tmp_path: Path, content: Content) -> None:
    """A file without an end has another name, is never read, and goes after a while."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    shelf.add("one", content)
    begun = shelf.folder / ".two.zip.part-12345678"
    begun.write_bytes(b"PK")
    shelf.sweep()
    assert begun.exists()
    os.utime(begun, (1, 1))
    shelf.sweep()
    assert not begun.exists()
    assert shelf.read("two") is None
    assert names(shelf) == {"one"}


def test_damaged(tmp_path: Path, content: Content, caplog: pytest.LogCaptureFixture) -> None:
    """A recording that cannot be used is told and removed."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    shelf.add("one", content)
    whole = (shelf.folder / "one.zip").read_bytes()
    (shelf.folder / "one.zip").write_bytes(whole[:-30])
    assert shelf.read("one") is None
    assert "the recording one.zip is not used, because it is cut off" in caplog.text
    assert names(shelf) == set()


def test_drop_like(tmp_path: Path, content: Content) -> None:
    """Earlier versions of an example go together."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    for name in ("a-1", "a-2", "b-1"):
        shelf.add(name, content)
    shelf.drop_like("a-", but="a-2")
    assert names(shelf) == {"a-2", "b-1"}


def test_no_folder(tmp_path: Path, content: Content, caplog: pytest.LogCaptureFixture) -> None:
    """Where nothing can be written there is no recording; the log says so once."""
    (tmp_path / "file").write_text("x")
    shelf = Shelf(tmp_path / "file" / "shelf", BOUNDS)
    assert not shelf.add("one", content)
    assert not shelf.add("one", content)
    assert caplog.text.count("recordings cannot be written") == 1
    assert shelf.read("one") is None
    shelf.drop("one")
    shelf.sweep()


def test_the_folder_is_removed_meanwhile(tmp_path: Path, content: Content) -> None:
    """Then it is made again by the next recording."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    shelf.add("one", content)
    for path in shelf.folder.iterdir():
        path.unlink()
    shelf.folder.rmdir()
    assert shelf.read("one") is None
    assert shelf.add("two", content)


def test_full_disk(tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest recording makes room once; when that is not enough there is none, and nothing fails."""
    shelf = Shelf(tmp_path / "shelf", BOUNDS)
    for name in ("old", "older"):
        shelf.add(name, content)
    aged(shelf, "older", 10)
    fails = [True]

    def full(content: Content, target: Path, *, max_bytes: int) -> int:
        if fails and fails.pop():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_recording(content, target, max_bytes=max_bytes)

    monkeypatch.setattr(module, "write_recording", full)
    assert shelf.add("new", content)
    assert names(shelf) == {"old", "new"}
    fails[:] = [True, True]
    assert not shelf.add("newer", content)
    assert names(shelf) <= {"old", "new"}
