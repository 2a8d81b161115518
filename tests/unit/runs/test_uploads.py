"""Visitors' files."""

import io
from pathlib import Path

import pytest

from gradstream.runs.caller import Caller
from gradstream.runs.uploads import Uploads

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder by name."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def keep(
    uploads: Uploads, data: bytes = PNG, *, name: str = "a.png", session: str | None = "me"
) -> str:
    """Upload bytes."""
    return await uploads.store(io.BytesIO(data), name=name, caller=Caller(session=session))


async def test_found_by_its_owner(tmp_path: Path) -> None:
    """A file is found under its id by the session that sent it, and by no other."""
    uploads = Uploads(folder=tmp_path / "uploads")
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
    ],
)
async def test_names_are_only_shown(tmp_path: Path, name: str, shown: str, suffix: str) -> None:
    """A visitor's name for a file never becomes a path; only a plain suffix is kept."""
    uploads = Uploads(folder=tmp_path)
    key = await keep(uploads, name=name)
    found = uploads.find(key, Caller(session="me"))
    assert found is not None
    assert found.name == shown
    assert Path(found.path) == tmp_path / f"{key}{suffix}"


async def test_the_one_not_used_longest_makes_room(tmp_path: Path) -> None:
    """Over the bound the file that was not used longest goes from disk, never the newest."""
    uploads = Uploads(folder=tmp_path, total_bytes=25)
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
