"""The home of runs on this machine: the engine, the runs and their files, built together and ended together.

    LocalEngine <- RunService <- LocalRuns -> server, terminal

The files are in a temporary folder, which is removed at the end.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from gradstream.background import Background
from gradstream.engines.contract import Engine
from gradstream.engines.local.engine import LocalEngine
from gradstream.limits import Limits
from gradstream.runs.contract import Runs, UploadSource
from gradstream.runs.downloads import Downloads
from gradstream.runs.local import LocalRuns
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads


class Home(Struct, frozen=True, kw_only=True):
    """What a home offers; `background` has the work that keeps it in order.

    `drain(timeout_s=…)` accepts no new runs and ends those in flight.
    """

    engine: Engine
    runs: Runs
    uploads: Uploads
    background: Background
    drain: Callable[..., Coroutine[Any, Any, None]]


@asynccontextmanager
async def local_home(
    *, limits: Limits, standby: bool = True, uploads: UploadSource | None = None
) -> AsyncIterator[Home]:
    """Open a home; `standby` keeps a prestarted worker, `uploads` are used in place of visitors' files."""
    with tempfile.TemporaryDirectory(prefix="gradstream-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        engine = LocalEngine(standby=standby)
        background = Background()
        kept = Uploads(folder=folder / "uploads", limits=limits)
        try:
            async with (
                RunService(
                    engine=engine, folder=folder / "runs", limits=limits, background=background
                ) as service,
                Downloads() as downloads,
                asyncio.TaskGroup() as tasks,
            ):
                runs = LocalRuns(service, uploads=uploads or kept, downloads=downloads)
                sweeping = tasks.create_task(background.keep_running(kept.sweep, name="the sweep of uploads"))
                yield Home(engine=engine, runs=runs, uploads=kept, background=background, drain=service.drain)
                sweeping.cancel()
        finally:
            await engine.aclose()
