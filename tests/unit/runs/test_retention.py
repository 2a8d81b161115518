"""What is kept of finished runs."""

from pathlib import Path

import pytest

from gradstream.background import Background
from gradstream.events.types import Set
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.control import RunControl
from gradstream.runs.retention import Retention
from gradstream.runs.service import RunService
from gradstream.runs.stored_run import StoredRun
from tests.unit.played_engine import PlayedEngine, make_demo


async def kept(limits: Limits, folder: Path, *, texts: list[int], blobs: list[int]) -> list[int]:
    """Finish runs with texts and big values of these sizes; return the numbers of those still kept."""
    engine = PlayedEngine()
    retention = Retention(limits)
    async with RunService(background=Background(), engine=engine, folder=folder, limits=Limits()) as runs:
        finished: list[StoredRun] = []
        forgotten: list[StoredRun] = []
        for text, blob in zip(texts, blobs, strict=True):
            run = runs.start(RunWish(demo=make_demo(), inputs={}), Caller(), find_upload=lambda _: None)
            assert isinstance(run, RunControl)
            engine.slots[-1].sink.blob("big", "image/png", b"0" * blob)
            engine.slots[-1].tell(Set(output="text", value="x" * text))
            finished.append(run.run)
            forgotten += retention.keep(run.run)
        return [number for number, run in enumerate(finished) if run not in forgotten]


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        (Limits(), [0, 1, 2, 3]),
        (Limits(finished_runs=2), [2, 3]),
        (Limits(finished_bytes=3500), [2, 3]),
        (Limits(finished_blob_bytes=350), [1, 2, 3]),
        (Limits(finished_run_s=-1.0), []),
    ],
)
async def test_bounds(tmp_path: Path, limits: Limits, left: list[int]) -> None:
    """Over any of the bounds, those that finished first are forgotten."""
    assert await kept(limits, tmp_path, texts=[1000, 1000, 1000, 1000], blobs=[100, 100, 100, 100]) == left


async def test_what_was_forgotten_makes_room(tmp_path: Path) -> None:
    """Sizes are those of what is kept: a large one that was forgotten is not held against the others."""
    limits = Limits(finished_bytes=5000)
    assert await kept(limits, tmp_path, texts=[4900, 1000, 1000, 1000], blobs=[1, 1, 1, 1]) == [1, 2, 3]
