"""A folder that is made ahead is given to one run, as long as it says something about the disk."""

import asyncio
import errno
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gradstream.background import Background
from gradstream.components.types import Upload
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish, UnfitInputs
from gradstream.runs.control import RunControl
from gradstream.runs.disk import Disk
from gradstream.runs.folders import READY_S, Folders
from gradstream.runs.service import RunService
from tests.unit.played_engine import PlayedEngine, make_demo

ANYBODY = Caller(session="s")


@pytest.fixture
async def folders(tmp_path: Path) -> AsyncIterator[Folders]:
    """Return folders of which a first one was made and discarded."""
    folders = Folders(tmp_path / "runs", disk=Disk())
    removing = asyncio.create_task(folders.remove_discarded())
    await _use_one(folders)
    yield folders
    removing.cancel()


async def _use_one(folders: Folders, run: str = "first") -> None:
    await folders.make_work(run)
    folders.discard(run)
    await folders.gone(run)


def _no_uploads(_key: str) -> Upload | None:
    return None


async def test_one_is_ready_after_another_was_removed(folders: Folders) -> None:
    """It is there, and given once."""
    run = folders.ready()
    assert run is not None
    assert folders.work(run).is_dir()
    assert folders.ready() == run
    assert folders.take() == run
    assert folders.ready() is None


async def test_an_old_one_is_removed(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since then the disk may have become full; the one that takes its place is new."""
    old = folders.ready()
    assert old is not None
    monkeypatch.setattr("gradstream.runs.folders.READY_S", -1.0)
    assert folders.ready() is None
    await folders.gone(old)
    assert not folders.work(old).exists()
    monkeypatch.setattr("gradstream.runs.folders.READY_S", READY_S)
    assert folders.ready() not in (None, old)


async def test_a_full_disk_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run is told."""
    folders = Folders(tmp_path / "runs", disk=Disk())
    removing = asyncio.create_task(folders.remove_discarded())

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    await folders.make_work("first")
    monkeypatch.setattr(Path, "mkdir", full)
    folders.discard("first")
    await folders.gone("first")
    assert folders.ready() is None
    removing.cancel()


async def test_a_run_soon_after_another_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    """A run that is refused leaves the folder for the next one."""
    engine, demo = PlayedEngine(), make_demo()
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=Limits()
    ) as runs:
        first = await runs.create(RunWish(demo=demo, inputs={}), ANYBODY, find_upload=_no_uploads)
        assert isinstance(first, RunControl)
        engine.slots.pop().end(Ending())
        while (ready := runs.folders.ready()) is None:  # noqa: ASYNC110 - a file system has no event to wait for
            await asyncio.sleep(0)
        unfit = await runs.create(RunWish(demo=demo, inputs={"no": 1}), ANYBODY, find_upload=_no_uploads)
        assert isinstance(unfit, UnfitInputs)
        second = runs.create(RunWish(demo=demo, inputs={}), ANYBODY, find_upload=_no_uploads)
        with pytest.raises(StopIteration) as created:
            second.send(None)
        assert created.value.value.id == ready
        assert runs.folders.work(ready).is_dir()
        engine.slots.pop().end(Ending())
