"""Work that runs as long as the server: an exception in it ends neither the server nor the work.

work --raises--> log --pause, doubled each time--> work again
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 60.0
"""Work that always fails costs one line of the log a minute."""


async def keep_running(
    work: Callable[[], Awaitable[None]], *, name: str, first_pause_s: float = FIRST_PAUSE_S
) -> None:
    """Run background work until it returns or is canceled; when it raises, log that and restart it."""
    clock = asyncio.get_running_loop().time
    pause_s = first_pause_s
    while True:
        began = clock()
        try:
            await work()
        except Exception:
            if clock() - began > LONGEST_PAUSE_S:
                pause_s = first_pause_s
            log.exception("%s failed and starts again in %g s", name, pause_s)
        else:
            return
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
