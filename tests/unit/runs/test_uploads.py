"""Visitors' files."""

import asyncio
import errno
import io
import os
from pathlib import Path

import pytest

from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.uploads import LONGEST_NAME, Uploads
from tests.patience import PATIENCE_S

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder by name."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def has_files(folder: Path) -> bool:
    """Return whether anything is left."""
    return any(folder.iterdir())


async def keep(
    uploads: Uploads, data: bytes = PNG, *, name: str = "a.png", session: str | None = "me"
) -> str:
    """Upload bytes."""
    return await uploads.store(io.BytesIO(data), name=name, caller=Caller(session=session))


async def test_found_by_its_owner(tmp_path: Path) -> None:
    """A file is found under its id by the session that sent it, and by no other."""
    uploads = Uploads(folder=tmp_path / "uploads", limits=Limits())
    key = await keep(uploads)
    found = uploads.find(key, Caller(session="me"))
    assert found is not None
    assert (found.name, found.mime, found.size) == ("a.png", "image/png", len(PNG))
    assert contents(tmp_path / "uploads") == {Path(found.path).name: PNG}
    assert uploads.find(key, Caller(session="you")) is None
    assert uploads.find(key, Caller()) is None
    assert uploads.find("x", Caller(session="me")) is None


@pytest.mark.parametrize(
    ("name", "shown", "suffix"),
    [
        ("../../etc/passwd", "passwd", ""),
        ("C:\\pictures\\me.JPG", "me.JPG", ".jpg"),
        ("a.tar.gz", "a.tar.gz", ".gz"),
        ("strange.p/ng", "ng", ""),
        ("new\nline\x00.png", "newline.png", ".png"),
        ("", "", ""),
        ("a" * 300 + ".png", "a" * (LONGEST_NAME - 4) + ".png", ".png"),
    ],
)
async def test_names_are_only_shown(tmp_path: Path, name: str, shown: str, suffix: str) -> None:
    """A visitor's name for a file never becomes a path; only a plain suffix is kept."""
    uploads = Uploads(folder=tmp_path, limits=Limits())
    key = await keep(uploads, name=name)
    found = uploads.find(key, Caller(session="me"))
    assert found is not None
    assert found.name == shown
    assert Path(found.path) == tmp_path / f"{key}{suffix}"


async def test_the_one_not_used_longest_makes_room(tmp_path: Path) -> None:
    """Over the bound the file that was not used longest goes from disk, never the newest."""
    uploads = Uploads(folder=tmp_path, limits=Limits(uploads_bytes=25))
    first = await keep(uploads, b"0123456789")
    second = await keep(uploads, b"0123456789")
    uploads.find(first, Caller(session="me"))
    third = await keep(uploads, b"0123456789")
    assert [uploads.find(key, Caller(session="me")) is not None for key in (first, second, third)] == [
        True,
        False,
        True,
    ]
    assert len(contents(tmp_path)) == 2
    large = await keep(uploads, b"0" * 100)
    assert list(contents(tmp_path)) == [f"{large}.png"]


async def test_a_visitor_s_own_files_make_room(tmp_path: Path) -> None:
    """Beyond a visitor's share, in bytes or in number, the visitor's own oldest file goes, and no other's."""
    for limits in (Limits(visitor_upload_bytes=25), Limits(visitor_upload_files=2)):
        uploads = Uploads(folder=tmp_path, limits=limits)
        other = await keep(uploads, b"0123456789", session="you")
        mine = [await keep(uploads, b"0123456789") for _ in range(10)]
        assert uploads.find(other, Caller(session="you")) is not None
        assert [uploads.find(key, Caller(session="me")) is not None for key in mine] == [False] * 8 + [
            True
        ] * 2


@pytest.mark.parametrize("limits", [Limits(uploads_bytes=100), Limits(upload_files=10)])
async def test_who_has_most_makes_room(tmp_path: Path, limits: Limits) -> None:
    """However many sessions one visitor makes up, the files of visitors who have less stay."""
    uploads = Uploads(folder=tmp_path, limits=limits)
    victim = Caller(session="you", address="192.0.2.1")
    key = await uploads.store(io.BytesIO(b"01234"), name="a.png", caller=victim)
    for number in range(50):
        rude = Caller(session=f"rude{number}", address="192.0.2.2")
        await uploads.store(io.BytesIO(b"0123456789"), name="a.png", caller=rude)
    assert uploads.find(key, victim) is not None
    assert len(contents(tmp_path)) <= 10


async def test_nothing_is_remembered_of_files_that_are_gone(tmp_path: Path) -> None:
    """Visitors are forgotten with their last file."""
    uploads = Uploads(folder=tmp_path, limits=Limits(upload_files=3))
    for number in range(100):
        await uploads.store(
            io.BytesIO(b"x"), name="", caller=Caller(session=str(number), address=str(number))
        )
    assert len(uploads._visitors) == len(uploads._addresses) == 3


async def test_a_part_of_a_file_is_removed(tmp_path: Path) -> None:
    """When a file cannot be written to its end, nothing of it stays."""
    uploads = Uploads(folder=tmp_path, limits=Limits())
    with pytest.raises(OSError, match="No space left"):
        await uploads.store(_FullDisk(b"x" * 2_000_000), name="a.png", caller=Caller())
    assert contents(tmp_path) == {}


class _FullDisk(io.BytesIO):
    """A source that cannot be read to its end, in place of a target that cannot be written."""

    def read(self, size: int | None = -1) -> bytes:
        """Return bytes, and raise from the second mebibyte on."""
        if self.tell() > 2**20:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().read(size)


async def test_a_file_that_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is dropped after its time, from the disk as well."""
    monkeypatch.setattr("gradstream.runs.uploads.SWEEP_S", 0.0)
    uploads = Uploads(folder=tmp_path, limits=Limits(upload_s=0.0))
    key = await keep(uploads)
    sweeping = asyncio.create_task(uploads.sweep())
    async with asyncio.timeout(PATIENCE_S):
        while has_files(tmp_path):  # noqa: ASYNC110
            await asyncio.sleep(0)
    sweeping.cancel()
    assert uploads.find(key, Caller(session="me")) is None
