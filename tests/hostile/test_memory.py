"""What a server keeps of runs is bounded as a whole: inputs, events, values, big values."""

import gc
from pathlib import Path

import pytest

from gradstream.events.types import Append, Patch, Set
from gradstream.format.types import Input, RunLimits
from gradstream.ipc.protocol import RunOrder
from gradstream.limits import Limits
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Site, serving

RUNS = "/api/demos/echo/runs"
SMALL = Limits(journal_bytes=10_000, run_bytes=100_000)


async def _status(site: Site, run: str) -> tuple[str, str | None]:
    state = (await site.client.get(f"/api/runs/{run}")).json()
    return state["status"], state["fault"]


async def test_a_text_that_grows_without_end(tmp_path: Path) -> None:
    """Folded text counts like events: the run fails with `limit`, and its generator is stopped."""
    async with serving(tmp_path, limits=SMALL) as site:
        run = await site.start()
        for _ in range(200):
            site.slot.tell(Append(output="text", text="x" * 1000))
        assert await _status(site, run) == ("failed", "limit")
        assert len(site.slot.cancels) == 1


async def test_one_large_value(tmp_path: Path) -> None:
    """A single value over the bound fails the run too, although the newest event is always kept."""
    async with serving(tmp_path, limits=SMALL) as site:
        run = await site.start()
        site.slot.tell(Set(output="text", value="x" * 200_000))
        assert await _status(site, run) == ("failed", "limit")


async def test_a_value_that_is_edited_for_long(tmp_path: Path) -> None:
    """What edits take away is not held against a run."""
    async with serving(tmp_path, limits=SMALL) as site:
        run = await site.start()
        site.slot.tell(Set(output="text", value={"a": ""}))
        for _ in range(500):
            site.slot.tell(Patch(output="text", edits=[("set", ["a"], "x" * 1000)]))
        site.slot.end()
        assert await _status(site, run) == ("succeeded", None)


async def test_more_small_values_than_are_kept(tmp_path: Path) -> None:
    """The number of big values of a run is bounded, however small they are."""
    async with serving(tmp_path, limits=Limits(run_blobs=50)) as site:
        run = await site.start()
        for number in range(500):
            site.slot.sink.blob(f"d{number}", "image/png", b"x")
            site.slot.tell(Set(output="text", value={"blob": f"d{number}", "mime": "image/png", "size": 1}))
        site.slot.end()
        assert await _status(site, run) == ("succeeded", None)
        assert len(list((tmp_path / "runs" / run / "blobs").iterdir())) <= 50


async def test_inputs_of_finished_runs(tmp_path: Path) -> None:
    """Nothing is kept of them."""
    fields = (Input(name="text", kind="text", label="Text"),)
    demo = make_demo(inputs=fields)
    async with serving(tmp_path, demos={"echo": demo}) as site:
        runs = set()
        for _ in range(3):
            runs.add(await site.start())
            site.engine.slots.pop().end()
        gc.collect()
        kept = [each.run for each in gc.get_objects() if isinstance(each, RunOrder) and each.run in runs]
        assert kept == []


async def test_inputs_of_many_runs_that_wait(tmp_path: Path) -> None:
    """Together they are bounded: a further run is refused until one has ended."""
    demo = make_demo(
        inputs=(Input(name="text", kind="text", label="Text"),), limits=RunLimits(concurrency=1, queue=100)
    )
    async with serving(tmp_path, demos={"echo": demo}, limits=Limits(inputs_bytes=10_000)) as site:
        codes = []
        for _ in range(6):
            body = {"inputs": {}, "supersedes": "x" * 3000}
            codes.append((await site.client.post(RUNS, json=body)).status_code)
        assert codes == [201, 201, 201, 429, 429, 429]
        site.engine.slots[0].end()
        assert (await site.client.post(RUNS, json={"inputs": {}})).status_code == 201


@pytest.mark.parametrize("read", [True, False])
async def test_finished_runs_count_whole(tmp_path: Path, read: bool) -> None:  # noqa: FBT001 (pytest passes it)
    """Events, folded values and what reading a run makes of them: all of it counts."""
    limits = Limits(journal_bytes=10_000, finished_bytes=200_000)
    async with serving(tmp_path, limits=limits) as site:
        runs = []
        for _ in range(10):
            runs.append(await site.start())
            for _ in range(50):
                site.slot.tell(Append(output="text", text="x" * 1000))
            site.slot.end()
            if read:
                await site.client.get(f"/api/runs/{runs[-1]}")
        kept = [run for key in runs if (run := site.service.get(key)) is not None]
        assert sum(run.journal.memory for run in kept) <= 200_000
        assert 1 <= len(kept) <= (2 if read else 4)
