"""How long a run goes on when nobody reads it: `on_disconnect`.

created --wait--> left                 nobody came
last reader gone --wait--> left
polled --for_s--> one reader gone      a player that asks, goes, and asks again
"""

import asyncio
from collections.abc import Callable

from gradstream.format.types import OnDisconnect


class Readers:
    """Counts a run's readers and calls `left` when there was none for the time that the demo says."""

    def __init__(
        self, on_disconnect: OnDisconnect, *, first_reader_s: float, left: Callable[[], None]
    ) -> None:
        self._wait_s = _wait_s(on_disconnect)
        self._left = left
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._polling: asyncio.TimerHandle | None = None
        """Ends the one reader that all who poll count as together."""
        self._end_polling: Callable[[], None] = _nothing
        # The answer to a request has to reach the visitor before a reader can come: never at once.
        self._start_timer(first_reader_s if self._wait_s == 0 else self._wait_s)

    def attach(self) -> Callable[[], None]:
        """Count one more reader; the returned function, called once or more often, takes it off again."""
        self._count += 1
        self._stop_timer()
        attached = True

        def detach() -> None:
            nonlocal attached
            if attached:
                attached = False
                self._count -= 1
                if self._count == 0:
                    self._start_timer(self._wait_s)

        return detach

    @property
    def are_polling(self) -> bool:
        """Whether somebody is expected back who is not connected now."""
        return self._polling is not None

    def poll(self, *, for_s: float) -> None:
        """Count a reader that is expected back within a time; all such are one, the last to come ends it."""
        loop = asyncio.get_running_loop()
        if self._polling is None:
            self._end_polling = self.attach()
        elif self._polling.when() >= loop.time() + for_s:
            return
        else:
            self._polling.cancel()
        self._polling = loop.call_later(for_s, self._polled_last)

    def close(self) -> None:
        """Stop waiting for anybody: the run is over."""
        self._wait_s = None
        self._stop_timer()
        if self._polling is not None:
            self._polling.cancel()
            self._polled_last()

    def _polled_last(self) -> None:
        self._polling = None
        self._end_polling()

    def _start_timer(self, wait_s: float | None) -> None:
        if wait_s == 0:
            self._left()
        elif wait_s is not None:
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._left)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _nothing() -> None:
    """Nobody polls."""


def _wait_s(on_disconnect: OnDisconnect) -> float | None:
    if on_disconnect == "keep":
        return None
    return 0.0 if on_disconnect == "stop" else on_disconnect
