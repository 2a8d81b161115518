"""Polling finds changes without notifications."""

import asyncio
import os
from pathlib import Path

from gradstream.reload.polling import FolderPoll


async def look(poll: FolderPoll, *folders: Path) -> set[Path]:
    """Look once."""
    async for changed in poll.changes(folders, asyncio.Event()):
        return changed
    raise AssertionError("it was not looked at all")


async def test_what_differs_from_the_last_look(tmp_path: Path) -> None:
    """Files that came, changed, were replaced or went are found, those that nobody wants are not."""
    poll = FolderPoll(lambda path: path.suffix == ".yaml", recursive=True)
    names = ("changes", "goes", "replaced", "stays")
    for name in names:
        (tmp_path / f"{name}.yaml").write_text(name)
    assert await look(poll, tmp_path) == set()
    stat = (tmp_path / "replaced.yaml").stat()
    (tmp_path / "other").write_text("REPLACED")
    (tmp_path / "other").rename(tmp_path / "replaced.yaml")
    os.utime(tmp_path / "replaced.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (tmp_path / "changes.yaml").write_text("changed")
    (tmp_path / "goes.yaml").unlink()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/comes.yaml").write_text("")
    (tmp_path / "sub/data.bin").write_text("")
    found = await look(poll, tmp_path)
    assert {path.stem for path in found} == {"changes", "goes", "replaced", "comes"}
    assert await look(poll, tmp_path) == set()


async def test_only_the_surface(tmp_path: Path) -> None:
    """Without depth, folders within the folder are not looked into."""
    poll = FolderPoll(lambda _: True, recursive=False)
    (tmp_path / "sub").mkdir()
    assert await look(poll, tmp_path) == set()
    (tmp_path / "sub/deep.yaml").write_text("")
    (tmp_path / "top.yaml").write_text("")
    assert await look(poll, tmp_path) == {tmp_path / "top.yaml"}


async def test_hidden_and_foreign_folders_cost_nothing(tmp_path: Path) -> None:
    """A virtual environment or a repository's own folder is not walked through."""
    poll = FolderPoll(lambda _: True, recursive=True)
    for name in (".git", ".venv", "node_modules", "__pycache__"):
        (tmp_path / name).mkdir()
    assert await look(poll, tmp_path) == set()
    for name in (".git", ".venv", "node_modules", "__pycache__"):
        (tmp_path / name / "new.yaml").write_text("")
    assert await look(poll, tmp_path) == set()


async def test_a_folder_that_joins_tells_nothing_at_first(tmp_path: Path) -> None:
    """What a worker has just imported from a new folder has not changed."""
    poll = FolderPoll(lambda _: True, recursive=False)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.py").write_text("")
    assert await look(poll, tmp_path / "one") == set()
    (tmp_path / "one/part.py").write_text("changed")
    assert await look(poll, tmp_path / "one", tmp_path / "two") == {tmp_path / "one/part.py"}
