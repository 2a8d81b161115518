"""The home of runs on this machine: the engine, the runs and their files, built together and ended together.

    LocalEngine <- RunService <- LocalRuns -> server, terminal

The files are in a temporary folder, which is removed at the end.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from gradstream.background import Background
from gradstream.engines.contract import Engine
from gradstream.engines.local.engine import LocalEngine
from gradstream.events.loan import Apart
from gradstream.limits import Limits
from gradstream.recordings.shelf import Shelf, ShelfBounds
from gradstream.runs.contract import Door, Runs, UploadSource
from gradstream.runs.disk import Disk
from gradstream.runs.downloads import Downloads
from gradstream.runs.examples import ExampleRecordings
from gradstream.runs.history import History
from gradstream.runs.local import LocalRuns
from gradstream.runs.recorder import Recorder
from gradstream.runs.replays import Replays
from gradstream.runs.scratch import remove_abandoned, scratch_folder
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads

SWEEP_S = 600.0
"""How often old recordings are removed; one that is read is checked for its age at once."""


class Keeping(Struct, frozen=True, kw_only=True):
    """Where recordings are kept: of examples, and of all runs for so many seconds; None: not at all."""

    examples: Path | None = None
    history: Path | None = None
    history_s: float = 0.0


class Home(Struct, frozen=True, kw_only=True):
    """What a home offers; `background` has the work that keeps it in order.

    `drain(timeout_s=…)` accepts no new runs and ends those in flight. `resize_groups` sets how many runs the
    demos of each group share. `record(run, file, inputs)` writes a run that is over as a recording, and
    returns why not, if it fails.
    """

    engine: Engine
    runs: Runs
    uploads: Uploads
    background: Background
    drain: Callable[..., Coroutine[Any, Any, None]]
    record: Callable[[str, Path, Mapping[str, Any]], Coroutine[Any, Any, str | None]]
    resize_groups: Callable[[Mapping[str, int]], None]


@asynccontextmanager
async def local_home(
    *,
    limits: Limits,
    standby: bool = True,
    uploads: UploadSource | None = None,
    keeping: Keeping | None = None,
    door: Door | None = None,
) -> AsyncIterator[Home]:
    """Open a home; `standby` keeps a prestarted worker, `uploads` are used in place of visitors' files.

    `door` says who may open which demo: without one, everybody.
    """
    with scratch_folder() as scratch:
        folder = scratch.path
        engine = LocalEngine(workers=limits.workers, standby=standby, limits=limits.for_workers())
        background = Background()
        disk = Disk(in_threads=True, keep=scratch.keep)
        shelves = _shelves(keeping or Keeping(), limits)
        examples = None if shelves.examples is None else ExampleRecordings(shelves.examples)
        history = None if shelves.history is None else History(shelves.history)
        recorder = Recorder(examples=examples, history=history, most_waiting=limits.waiting_recordings)
        kept = Uploads(folder=folder / "uploads", limits=limits, disk=disk)
        try:
            async with (
                _snapshot_thread() as apart,
                RunService(
                    engine=engine,
                    folder=folder / "runs",
                    limits=limits,
                    background=background,
                    disk=disk,
                    apart=apart,
                    on_over=recorder.note_over,
                ) as service,
                recorder,
                Downloads(limits) as downloads,
                asyncio.TaskGroup() as tasks,
            ):
                replays = None
                if examples is not None:
                    replays = Replays(service, examples=examples, recorder=recorder)
                runs = LocalRuns(
                    service,
                    uploads=uploads or kept,
                    downloads=downloads,
                    history=history,
                    replays=replays,
                    door=door,
                )
                chores = [
                    tasks.create_task(background.keep_running(work, name=name))
                    for work, name in (
                        (kept.sweep, "the sweep of uploads"),
                        (_remove_abandoned, "the removal of abandoned folders"),
                        (shelves.sweep, "the sweep of recordings"),
                    )
                ]
                yield Home(
                    engine=engine,
                    runs=runs,
                    uploads=kept,
                    background=background,
                    drain=service.drain,
                    record=runs.record,
                    resize_groups=service.resize_groups,
                )
                for chore in chores:
                    chore.cancel()
        finally:
            await engine.aclose()


@asynccontextmanager
async def _snapshot_thread() -> AsyncIterator[Apart]:
    """Run the thread that makes snapshots of large values, one after the other."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="snapshots")
    try:
        yield thread.submit
    finally:
        await asyncio.to_thread(thread.shutdown, cancel_futures=True)


class _Shelves(Struct, frozen=True, kw_only=True):
    examples: Shelf | None
    history: Shelf | None

    async def sweep(self) -> None:
        """Remove what is too old or too much, now and then."""
        shelves = [shelf for shelf in (self.examples, self.history) if shelf is not None]
        while shelves:
            for shelf in shelves:
                await asyncio.to_thread(shelf.sweep)
            await asyncio.sleep(SWEEP_S)


def _shelves(keeping: Keeping, limits: Limits) -> _Shelves:
    examples = history = None
    if keeping.examples is not None:
        bounds = ShelfBounds(
            bytes=limits.example_recordings_bytes,
            files=limits.example_recording_files,
            recording_bytes=limits.recording_bytes,
        )
        examples = Shelf(keeping.examples, bounds, is_used_last=True)
    if keeping.history is not None:
        bounds = ShelfBounds(
            bytes=limits.history_bytes,
            files=limits.history_files,
            recording_bytes=limits.recording_bytes,
            age_s=keeping.history_s,
        )
        history = Shelf(keeping.history, bounds)
    return _Shelves(examples=examples, history=history)


async def _remove_abandoned() -> None:
    await asyncio.to_thread(remove_abandoned)
