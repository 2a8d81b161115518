"""One timer for everything that follows runs: a beat every 15 s, and the signal that the server shuts down.

    Heartbeat.run --every interval--> each subscriber's wake --> ": alive", or `[]` on a WebSocket
    Heartbeat.close ----------------> each subscriber's wake --> end

A timer for each write would cost more than the write.
"""

import asyncio
from collections.abc import Callable

INTERVAL_S = 15.0
"""Proxies commonly cut a connection that was silent for 30 or 60 s."""


class Heartbeat:
    """Counts beats, `interval_s` apart, and wakes its subscribers.

    `is_over`: nothing may be followed any longer.
    """

    def __init__(self, *, interval_s: float = INTERVAL_S) -> None:
        self.interval_s = interval_s
        self._wakes: set[Callable[[], None]] = set()
        self.beats = 0
        self.is_over = False

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` at each beat and at the end; the returned function ends that."""
        self._wakes.add(wake)
        return lambda: self._wakes.discard(wake)

    async def run(self) -> None:
        """Beat until canceled."""
        while True:
            await asyncio.sleep(self.interval_s)
            self.beats += 1
            self._wake_all()

    def close(self) -> None:
        """End everything that follows a run, now and later."""
        self.is_over = True
        self._wake_all()

    def _wake_all(self) -> None:
        for wake in self._wakes:
            wake()
