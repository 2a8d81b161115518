"""The home of runs on this machine: the engine, the runs and their files, built together and ended together.

    LocalEngine <- RunService <- LocalRuns -> server, terminal

The files are in a temporary folder, which is removed at the end.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
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
        background = Background()
        disk = Disk(in_threads=True, keep=scratch.keep)
        records = _records(keeping or Keeping(), limits)
        kept = Uploads(folder=scratch.path / "uploads", limits=limits, disk=disk)
        async with (
            _engine(limits, standby=standby) as engine,
            _snapshot_thread() as apart,
            RunService(
                engine=engine,
                folder=scratch.path / "runs",
                limits=limits,
                background=background,
                disk=disk,
                apart=apart,
                on_over=records.recorder.note_over,
            ) as service,
            records.recorder,
            Downloads(limits) as downloads,
            _chores(background, kept, records),
        ):
            runs = LocalRuns(
                service,
                uploads=uploads or kept,
                downloads=downloads,
                history=records.history,
                replays=records.replays(service),
                door=door,
            )
            yield Home(
                engine=engine,
                runs=runs,
                uploads=kept,
                background=background,
                drain=service.drain,
                record=runs.record,
                resize_groups=service.resize_groups,
            )


@asynccontextmanager
async def _engine(limits: Limits, *, standby: bool) -> AsyncIterator[LocalEngine]:
    """Start an engine, and end it with its workers after all that uses it."""
    engine = LocalEngine(workers=limits.workers, standby=standby, limits=limits.for_workers())
    try:
        yield engine
    finally:
        await engine.aclose()


@asynccontextmanager
async def _chores(background: Background, uploads: Uploads, records: "_Records") -> AsyncIterator[None]:
    """Keep the home in order, by work that is started again if it fails."""
    async with asyncio.TaskGroup() as tasks:
        chores = [
            tasks.create_task(background.keep_running(work, name=name))
            for work, name in (
                (uploads.sweep, "the sweep of uploads"),
                (_remove_abandoned, "the removal of abandoned folders"),
                (records.sweep, "the sweep of recordings"),
            )
        ]
        yield
        for chore in chores:
            chore.cancel()


@asynccontextmanager
async def _snapshot_thread() -> AsyncIterator[Apart]:
    """Run the thread that makes snapshots of large values, one after the other."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="snapshots")
    try:
        yield thread.submit
    finally:
        await asyncio.to_thread(thread.shutdown, cancel_futures=True)


class _Records(Struct, frozen=True, kw_only=True):
    """What is kept of runs that are over, on shelves."""

    shelves: Sequence[Shelf]
    examples: ExampleRecordings | None
    history: History | None
    recorder: Recorder

    def replays(self, service: RunService) -> Replays | None:
        """Return what replays examples; None where they are not recorded."""
        if self.examples is None:
            return None
        return Replays(service, examples=self.examples, recorder=self.recorder)

    async def sweep(self) -> None:
        """Remove what is too old or too much, now and then."""
        while self.shelves:
            for shelf in self.shelves:
                await asyncio.to_thread(shelf.sweep)
            await asyncio.sleep(SWEEP_S)


def _records(keeping: Keeping, limits: Limits) -> _Records:
    shelves, examples, history = list[Shelf](), None, None
    if keeping.examples is not None:
        bounds = ShelfBounds(
            bytes=limits.example_recordings_bytes,
            files=limits.example_recording_files,
            recording_bytes=limits.recording_bytes,
        )
        shelves.append(Shelf(keeping.examples, bounds, is_used_last=True))
        examples = ExampleRecordings(shelves[-1])
    if keeping.history is not None:
        bounds = ShelfBounds(
            bytes=limits.history_bytes,
            files=limits.history_files,
            recording_bytes=limits.recording_bytes,
            age_s=keeping.history_s,
        )
        shelves.append(Shelf(keeping.history, bounds))
        history = History(shelves[-1])
    recorder = Recorder(examples=examples, history=history, most_waiting=limits.waiting_recordings)
    return _Records(shelves=shelves, examples=examples, history=history, recorder=recorder)


async def _remove_abandoned() -> None:
    await asyncio.to_thread(remove_abandoned)
