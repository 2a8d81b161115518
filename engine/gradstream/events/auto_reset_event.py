"""An event that resets itself when a waiting task wakes up: what a feed waits on between two writes.

`asyncio.Event` also does this, for any number of waiting tasks. With a single one, a wake costs less, and a
busy server has tens of thousands a second.
"""

import asyncio


class AutoResetEvent:
    """Set any number of times, it ends one `wait`: the current one, or the next."""

    __slots__ = ("_is_set", "_waiter")

    def __init__(self) -> None:
        self._is_set = False
        self._waiter: asyncio.Future[None] | None = None

    def set(self) -> None:
        """End the current `wait`, or else the next one."""
        self._is_set = True
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    async def wait(self) -> None:
        """Return once the event has been set since the last `wait` returned; only one task may wait."""
        if not self._is_set:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
            self._waiter = None
        self._is_set = False
