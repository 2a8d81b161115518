"""Runs that are read from disk after they were forgotten, and after a restart."""

import asyncio
import os
import shutil
import time
from pathlib import Path

import pytest

from gradstream.events.types import Set
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunHandle, RunWish
from tests.unit.played_engine import make_singer
from tests.unit.runs.recorded_house import House, make_house


def files(folder: Path) -> set[str]:
    """Return the runs that are on disk."""
    return {path.stem for path in (folder / "history").glob("*.zip")}


async def find(house: House, run: RunHandle) -> RunHandle | None:
    """Return a run by its id, as anybody who has its address."""
    return await house.runs.find(run.record.id, Caller(session="somebody else"))


@pytest.mark.parametrize(
    "ending", [Ending(), Ending(fault="developer", message="no", detail="Traceback"), Ending(canceled=True)]
)
async def test_after_a_restart(tmp_path: Path, ending: Ending) -> None:
    """However a run has ended, its address leads to it again."""
    async with make_house(tmp_path) as house:
        run = await house.start()
        house.slot.tell(Set(output="text", value="so far"))
        house.slot.end(ending)
        before = await run.state()
    async with make_house(tmp_path) as other:
        found = await find(other, run)
        assert found is not None
        state = await found.state()
        assert (state.status, state.message, state.detail) == (before.status, before.message, None)
        assert {name: bytes(value) for name, value in state.outputs.items()} == {"text": b'"so far"'}
        assert found.record.demo.address == "sing"


async def test_runs_that_the_end_of_the_server_cancels(tmp_path: Path) -> None:
    """What a run has yielded until then is kept, although its generator goes on for a while."""
    async with make_house(tmp_path) as house:
        run = await house.start()
        house.slot.tell(Set(output="text", value="so far"))
        await house.service.drain(timeout_s=0)
    async with make_house(tmp_path) as other:
        found = await find(other, run)
        assert found is not None
        assert (await found.state()).by == "server"


async def test_after_it_was_forgotten(tmp_path: Path) -> None:
    """A run that made room for others is read again, once for all who ask at the same time."""
    async with make_house(tmp_path, limits=Limits(finished_runs=1)) as house:
        run = await house.sing()
        seen = await house.seen(run)
        await house.recorder.written()
        await house.sing()
        assert house.service.get(run.record.id) is None
        found = await asyncio.gather(*(find(house, run) for _ in range(5)))
        assert None not in found
        assert len({id(house.stored(one)) for one in found if one is not None}) == 1
        assert found[0] is not None
        assert await house.seen(found[0]) == seen
        # Counted as any finished run: the other one had to go.
        assert len(house.service._runs) == 1


async def test_after_its_time(tmp_path: Path) -> None:
    """A run that is too old is unknown, as it would be without a history."""
    async with make_house(tmp_path) as house:
        run = await house.sing()
    path = tmp_path / "history" / f"{run.record.id}.zip"
    os.utime(path, (time.time() - 61, time.time() - 61))
    async with make_house(tmp_path, age_s=60.0) as other:
        assert await find(other, run) is None
    assert files(tmp_path) == set()


@pytest.mark.parametrize("run", ["0" * 32, "../history/x", "", "0" * 31 + "G", "x" * 10_000])
async def test_unknown(tmp_path: Path, run: str) -> None:
    """What is no id is not looked for on the disk."""
    async with make_house(tmp_path) as house:
        assert await house.runs.find(run, Caller()) is None


async def test_a_recording_under_another_name(tmp_path: Path) -> None:
    """The id is the key to the run: a copy under another one opens nothing."""
    async with make_house(tmp_path) as house:
        run = await house.sing()
    history = tmp_path / "history"
    (history / f"{run.record.id}.zip").rename(history / f"{'0' * 32}.zip")
    async with make_house(tmp_path) as other:
        assert await other.runs.find("0" * 32, Caller()) is None
        assert await find(other, run) is None


async def test_the_folder_is_removed(tmp_path: Path) -> None:
    """Then its runs are gone, and the next ones are recorded in a new one."""
    async with make_house(tmp_path) as house:
        first = await house.sing()
        await house.recorder.written()
        shutil.rmtree(tmp_path / "history")
        second = await house.sing()
    async with make_house(tmp_path) as other:
        assert await find(other, first) is None
        assert await find(other, second) is not None


async def test_a_server_that_was_killed_while_it_wrote(tmp_path: Path) -> None:
    """What it had begun is no run; the others are."""
    async with make_house(tmp_path) as house:
        run = await house.sing()
    lost = "f" * 32
    whole = (tmp_path / "history" / f"{run.record.id}.zip").read_bytes()
    (tmp_path / "history" / f".{lost}.zip.part-00000000").write_bytes(whole[:100])
    async with make_house(tmp_path) as other:
        assert await other.runs.find(lost, Caller()) is None
        assert await find(other, run) is not None


async def test_superseded_runs(tmp_path: Path) -> None:
    """A live run that made way for the next one is in no address, and is not kept."""
    async with make_house(tmp_path) as house:
        first = await house.start()
        await house.wish(RunWish(demo=make_singer(), inputs={}, supersedes=first.record.id))
        house.slot.end()
        await house.recorder.written()
        assert first.record.id not in files(tmp_path)
        assert len(files(tmp_path)) == 1


async def test_more_runs_than_wait(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When more runs end at once than may wait to be recorded, the last ones are not, and that is logged."""
    async with make_house(tmp_path, limits=Limits(waiting_recordings=2)) as house:
        for _ in range(4):
            await house.start()
        for slot in house.engine.slots:
            slot.end()
    assert len(files(tmp_path)) == 2
    assert caplog.text.count("too many runs end at once: one is not recorded") == 2


async def test_files_that_are_gone(tmp_path: Path) -> None:
    """A run whose files were removed before it was recorded has no recording, and hurts no other."""
    async with make_house(tmp_path) as house:
        await house.sing()
        shutil.rmtree(tmp_path / "runs")
        await house.recorder.written()
        await house.start()
        house.slot.end()
    assert len(files(tmp_path)) == 1
