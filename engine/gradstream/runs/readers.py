"""How long a run goes on without a reader: `on_disconnect` after one that left, `on_lost` after a silent one.

created --on_disconnect--> nobody came
attach(name) --> here --leave, or the end of a feed without a name--> left ----on_disconnect--> over
                 here --silence, or the end of all its connections--> silent ---on_lost-------> over
                 here <--attach(name), or a sign of life------------- silent
expected --for_s--> left                 a player that asks, disconnects, and asks again

A name is a reader's own, whichever connections it has had: so one that comes back is known, and what is said
of it holds for connections that are dead and have not been noticed yet. The run is over at the latest of
these times. Bound: `most_silent` silent readers are remembered; beyond them the one silent longest is not.
"""

import asyncio
import math
from collections.abc import Callable

from gradstream.format.types import Demo, OnDisconnect
from gradstream.runs.contract import Presence


class Readers:
    """Counts a run's readers and calls `left` when there was none for the time that the demo allows."""

    def __init__(
        self,
        on_disconnect: OnDisconnect,
        on_lost: OnDisconnect,
        *,
        first_reader_s: float,
        most_silent: int,
        left: Callable[[], None],
    ) -> None:
        self._left_s = _wait_s(on_disconnect)
        self._silent_s = _wait_s(on_lost)
        self._left = left
        self._most_silent = most_silent
        self._unnamed = 0
        self._connections: dict[str, int] = {}
        """Open connections of named readers that are here."""
        self._silent: dict[str, tuple[float, int]] = {}
        """Until when each silent reader is waited for, and its connections; the one silent longest first."""
        self._timer: asyncio.TimerHandle | None = None
        self._expecting: asyncio.TimerHandle | None = None
        """Detaches the one reader that all expected readers count as."""
        self._stop_expecting: Callable[[], None] = _nothing
        self._is_over = False
        # The answer to a request has to reach the visitor before a reader can come: never at once.
        self._left_until = self._now() + (self._left_s or first_reader_s)
        if self._left_until < math.inf:
            self._timer = asyncio.get_running_loop().call_at(self._left_until, left)

    def attach(self, name: str | None = None) -> Callable[[], None]:
        """Count one more connection of a reader; the returned function takes it off, once.

        A reader without a name has left with its connection; a named one is silent until it says that it
        left.
        """
        if name is None:
            self._unnamed += 1
        else:
            _, silent = self._silent.pop(name, (0.0, 0))
            self._connections[name] = self._connections.get(name, 0) + silent + 1
        self._left_until = -math.inf
        self._update()
        attached = True

        def detach() -> None:
            nonlocal attached
            if attached:
                attached = False
                self._detach(name)

        return detach

    def note(self, name: str, presence: Presence) -> None:
        """Note what is known of a named reader, whatever its connections seem to be."""
        match presence:
            case "left" if name in self._connections or name in self._silent:
                self._connections.pop(name, None)
                self._silent.pop(name, None)
                self._note_leaving()
            case "silent" if name in self._connections:
                self._note_silence(name, self._connections.pop(name))
            case "here" if name in self._silent and self._silent[name][1] > 0:
                self._connections[name] = self._silent.pop(name)[1]
        self._update()

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
        """Stop waiting for readers: the run is over, and is not referred to any more."""
        self._is_over = True
        self._left = _nothing
        self._stop_timer()
        if self._expecting is not None:
            self._expecting.cancel()
            self._expect_nobody()

    def _detach(self, name: str | None) -> None:
        if name is None:
            self._unnamed -= 1
            self._note_leaving()
        elif name in self._connections:
            self._connections[name] -= 1
            if self._connections[name] == 0:
                del self._connections[name]
                self._note_silence(name, 0)
        elif name in self._silent:
            until, connections = self._silent[name]
            self._silent[name] = (until, max(0, connections - 1))
        self._update()

    def _note_leaving(self) -> None:
        self._left_until = self._now() + self._left_s

    def _note_silence(self, name: str, connections: int) -> None:
        self._silent[name] = (self._now() + self._silent_s, connections)
        if len(self._silent) > self._most_silent:
            del self._silent[next(iter(self._silent))]

    def _expect_nobody(self) -> None:
        self._expecting = None
        self._stop_expecting()

    def _update(self) -> None:
        """Wait for a reader if there is none, and for as long as the last ones allow."""
        self._stop_timer()
        if self._is_over or self._unnamed > 0 or self._connections:
            return
        until = max(self._left_until, *(until for until, _ in self._silent.values()), -math.inf)
        if until <= self._now():
            self._left()
        elif until < math.inf:
            self._timer = asyncio.get_running_loop().call_at(until, self._left)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def waits(demo: Demo, on_disconnect: OnDisconnect | None) -> tuple[OnDisconnect, OnDisconnect]:
    """Return how long a run waits for readers that left, and for silent ones.

    `on_disconnect` is what was asked for this run: one that asks for longer means a line that dies as well.
    """
    if on_disconnect is None:
        return demo.on_disconnect, demo.on_lost
    return on_disconnect, max(demo.on_lost, on_disconnect, key=_wait_s)


def _nothing() -> None:
    """Detach nobody, and report to nobody."""


def _wait_s(time: OnDisconnect) -> float:
    if time == "keep":
        return math.inf
    return 0.0 if time == "stop" else time
