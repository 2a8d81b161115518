"""A worker that has loaded the runtime but no demo: a first run only waits for the developer's imports."""

import asyncio
import logging

from gradstream.engines.local.launchers import Launchers
from gradstream.engines.local.process import WorkerProcess
from gradstream.errors import WorkerStartError
from gradstream.format.types import Demo
from gradstream.limits import WORKER_LIMITS, WorkerLimits

log = logging.getLogger(__name__)


class Standby:
    """Keeps one worker ready, or none when not `enabled`. It has the server's own Python."""

    def __init__(self, launchers: Launchers, *, enabled: bool, limits: WorkerLimits = WORKER_LIMITS) -> None:
        self._limits = limits
        self._launchers = launchers
        self._enabled = enabled
        self._starting: asyncio.Task[WorkerProcess] | None = None

    def refill(self) -> None:
        """Start a worker unless there is one."""
        if self._enabled and self._starting is None:
            self._starting = asyncio.create_task(
                WorkerProcess.start(label="standby", launcher=self._launchers.own, limits=self._limits)
            )
            self._starting.add_done_callback(self._started)

    async def take(self, label: str, demo: Demo) -> WorkerProcess:
        """Return the worker that is ready, or a new one, with the demo's Python. Raises WorkerStartError."""
        if demo.worker.python is not None:
            return await WorkerProcess.start(
                label=label, launcher=self._launchers.of(demo), limits=self._limits
            )
        starting, self._starting = self._starting, None
        if starting is not None:
            worker = await self._join(starting)
            if worker is not None:
                worker.set_label(label)
                return worker
        return await WorkerProcess.start(label=label, launcher=self._launchers.own, limits=self._limits)

    async def aclose(self) -> None:
        """End the worker."""
        starting, self._starting = self._starting, None
        if starting is None:
            return
        # A start that is canceled kills its process by itself.
        starting.cancel()
        await asyncio.wait({starting})
        if not starting.cancelled() and starting.exception() is None:
            await starting.result().abandon()

    async def _join(self, starting: asyncio.Task[WorkerProcess]) -> WorkerProcess | None:
        try:
            worker = await starting
        except WorkerStartError:
            # Logged when it happened; a worker that is needed now is worth another try.
            return None
        return worker if worker.gone is None else None

    def _started(self, starting: asyncio.Task[WorkerProcess]) -> None:
        if starting.cancelled():
            return
        error = starting.exception()
        if error is None:
            starting.result().when_gone(lambda: self._forget(starting))
        else:
            log.warning("%s", error)
            self._forget(starting)

    def _forget(self, starting: asyncio.Task[WorkerProcess]) -> None:
        if self._starting is starting:
            self._starting = None
