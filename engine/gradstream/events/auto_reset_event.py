"""Wakes one sleeper: what a feed waits on between two writes.

An `asyncio.Event` does as much, for any number of sleepers. With one, a wake costs less, and a busy server
has tens of thousands a second.
"""

import asyncio


class Bell:
    """Rung any number of times, it is heard once by the next `wait`, or by the one that is going on."""

    __slots__ = ("_is_rung", "_sleeper")

    def __init__(self) -> None:
        self._is_rung = False
        self._sleeper: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """Wake the sleeper, now or before it falls asleep."""
        self._is_rung = True
        sleeper = self._sleeper
        if sleeper is not None and not sleeper.done():
            sleeper.set_result(None)

    async def wait(self) -> None:
        """Return once the bell has been rung since the last time."""
        if not self._is_rung:
            self._sleeper = asyncio.get_running_loop().create_future()
            await self._sleeper
            self._sleeper = None
        self._is_rung = False
