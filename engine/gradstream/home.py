"""The home of runs on this machine: the engine, the runs and their files, built together and ended together.

    LocalEngine <- RunService <- LocalRuns -> server, terminal

The files are in a temporary folder, which is removed at the end.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct

from gradstream.background import Background
from gradstream.engines.contract import Engine
from gradstream.engines.local.engine import LocalEngine
from gradstream.events.loan import Apart
from gradstream.limits import Limits
from gradstream.runs.contract import Runs, UploadSource
from gradstream.runs.disk import Disk
from gradstream.runs.downloads import Downloads
from gradstream.runs.local import LocalRuns
from gradstream.runs.scratch import remove_abandoned, scratch_folder
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads


class Home(Struct, frozen=True, kw_only=True):
    """What a home offers; `background` has the work that keeps it in order.

    `drain(timeout_s=…)` accepts no new runs and ends those in flight. `resize_groups` sets how many runs the
    demos of each group share.
    """

    engine: Engine
    runs: Runs
    uploads: Uploads
    background: Background
    drain: Callable[..., Coroutine[Any, Any, None]]
    resize_groups: Callable[[Mapping[str, int]], None]


@asynccontextmanager
async def local_home(
    *, limits: Limits, standby: bool = True, uploads: UploadSource | None = None
) -> AsyncIterator[Home]:
    """Open a home; `standby` keeps a prestarted worker, `uploads` are used in place of visitors' files."""
    with scratch_folder() as scratch:
        folder = scratch.path
        engine = LocalEngine(workers=limits.workers, standby=standby)
        background = Background()
        disk = Disk(in_threads=True, keep=scratch.keep)
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
                ) as service,
                Downloads(limits) as downloads,
                asyncio.TaskGroup() as tasks,
            ):
                runs = LocalRuns(service, uploads=uploads or kept, downloads=downloads)
                chores = [
                    tasks.create_task(background.keep_running(work, name=name))
                    for work, name in (
                        (kept.sweep, "the sweep of uploads"),
                        (_remove_abandoned, "the removal of abandoned folders"),
                    )
                ]
                yield Home(
                    engine=engine,
                    runs=runs,
                    uploads=kept,
                    background=background,
                    drain=service.drain,
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


async def _remove_abandoned() -> None:
    await asyncio.to_thread(remove_abandoned)
