"""Work that runs as long as the server: an exception in it ends neither the server nor the work.

work --raises--> log --pause, doubled each time--> work again
                  +--> WorkState: what /health/ready shows
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Literal

from msgspec import Struct

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 60.0
"""Work that always fails costs one line of the log a minute."""


class WorkState(Struct, frozen=True, kw_only=True):
    """One piece of work; it has its state `since` so many seconds after 1970. `restarts` follow failures."""

    name: str
    state: Literal["running", "paused"]
    since: float
    restarts: int = 0


class Background:
    """All background work of a server. To be used on the event loop's thread only."""

    def __init__(self) -> None:
        self._states: dict[str, WorkState] = {}

    @property
    def states(self) -> tuple[WorkState, ...]:
        """The work that goes on, in the order of its start."""
        return tuple(self._states.values())

    async def keep_running(
        self, work: Callable[[], Awaitable[None]], *, name: str, first_pause_s: float = FIRST_PAUSE_S
    ) -> None:
        """Run work until it returns or is canceled; when it raises, log that and start it again."""
        clock = asyncio.get_running_loop().time
        pause_s, restarts = first_pause_s, 0
        try:
            while True:
                began = clock()
                self._enter(name, "running", restarts)
                try:
                    await work()
                except Exception:
                    if clock() - began > LONGEST_PAUSE_S:
                        pause_s = first_pause_s
                    log.exception("%s failed and starts again in %g s", name, pause_s)
                else:
                    return
                restarts += 1
                self._enter(name, "paused", restarts)
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        finally:
            self._states.pop(name, None)

    def _enter(self, name: str, state: Literal["running", "paused"], restarts: int) -> None:
        self._states[name] = WorkState(name=name, state=state, since=time.time(), restarts=restarts)
