"""One beat for all open feeds: a sign of life every 15 s, and the word that the server ends.

    Pulse.run --every interval--> each feed's wake --> ": alive"
    Pulse.close -----------------> each feed's wake --> end

One timer for all, because a timer for each write costs more than the write.
"""

import asyncio
from collections.abc import Callable

INTERVAL_S = 15.0
"""Proxies commonly cut a connection that was silent for 30 or 60 s."""


class Pulse:
    """Counts beats and wakes whoever has joined."""

    def __init__(self, *, interval_s: float = INTERVAL_S) -> None:
        self._interval_s = interval_s
        self._wakes: set[Callable[[], None]] = set()
        self.beats = 0
        self.is_over = False

    def join(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` at each beat and at the end; the returned function ends that."""
        self._wakes.add(wake)
        return lambda: self._wakes.discard(wake)

    async def run(self) -> None:
        """Beat until canceled."""
        while True:
            await asyncio.sleep(self._interval_s)
            self.beats += 1
            self._wake_all()

    def close(self) -> None:
        """End every feed; those that come later end at once."""
        self.is_over = True
        self._wake_all()

    def _wake_all(self) -> None:
        for wake in self._wakes:
            wake()
