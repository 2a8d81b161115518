"""How long a run goes on without a reader: `on_disconnect`.

created --wait--> left                 no reader came
last reader gone --wait--> left
expected --for_s--> one reader gone    a player that asks, disconnects, and asks again
"""

import asyncio
from collections.abc import Callable

from gradstream.format.types import OnDisconnect


class Readers:
    """Counts a run's readers and calls `left` when there was none for the time that the demo allows."""

    def __init__(
        self, on_disconnect: OnDisconnect, *, first_reader_s: float, left: Callable[[], None]
    ) -> None:
        self._wait_s = _wait_s(on_disconnect)
        self._left = left
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._expecting: asyncio.TimerHandle | None = None
        """Detaches the one reader that all expected readers count as."""
        self._stop_expecting: Callable[[], None] = _nothing
        # The answer to a request has to reach the visitor before a reader can come: never at once.
        self._start_timer(first_reader_s if self._wait_s == 0 else self._wait_s)

    def attach(self) -> Callable[[], None]:
        """Count one more reader; the returned function detaches it, once."""
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
    def is_expecting(self) -> bool:
        """Whether a reader is expected back that is not connected now."""
        return self._expecting is not None

    def expect(self, *, for_s: float) -> None:
        """Count a reader that will be back within this time; all expected ones count as one reader."""
        loop = asyncio.get_running_loop()
        if self._expecting is None:
            self._stop_expecting = self.attach()
        elif self._expecting.when() >= loop.time() + for_s:
            return
        else:
            self._expecting.cancel()
        self._expecting = loop.call_later(for_s, self._expect_nobody)

    def close(self) -> None:
        """Stop waiting for readers: the run is over."""
        self._wait_s = None
        self._stop_timer()
        if self._expecting is not None:
            self._expecting.cancel()
            self._expect_nobody()

    def _expect_nobody(self) -> None:
        self._expecting = None
        self._stop_expecting()

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
    """Detach nobody."""


def _wait_s(on_disconnect: OnDisconnect) -> float | None:
    if on_disconnect == "keep":
        return None
    return 0.0 if on_disconnect == "stop" else on_disconnect
