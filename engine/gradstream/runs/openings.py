"""Get the workers of demos ready in the background: while a page is open, before a visitor presses Run."""

import asyncio
import logging

from gradstream.engines.contract import Engine
from gradstream.format.types import Demo
from gradstream.log_fields import about

log = logging.getLogger(__name__)


class Openings:
    """Opens each demo once at a time, in tasks of its owner's group."""

    def __init__(self, engine: Engine, *, tasks: asyncio.TaskGroup) -> None:
        self._engine = engine
        self._tasks = tasks
        self._opening: dict[str, asyncio.Task[None]] = {}

    def open(self, demo: Demo) -> None:
        """Get the demo's worker ready soon; the engine reports its import to those who watch it."""
        if demo.address not in self._opening:
            self._opening[demo.address] = self._tasks.create_task(self._open(demo))

    def cancel(self) -> None:
        """Stop waiting for imports, which may never end; the engine's owner ends them with their workers."""
        for task in self._opening.values():
            task.cancel()

    async def _open(self, demo: Demo) -> None:
        try:
            await self._engine.preview(demo)
        except Exception:
            # A visitor who presses Run sees the failure of that run; nothing waits for this answer.
            log.exception("the worker could not be started", extra=about(demo=demo.address))
        finally:
            del self._opening[demo.address]
