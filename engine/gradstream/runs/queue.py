"""Who has a slot of one demo, and who waits for one.

First come, first served, with turns among sessions: a visitor's second waiting run comes after everybody's
first. Each run is given a turn when it enters, one after the session's last or the one being served, and
turns are served in order. So nobody is passed for ever: whoever comes later gets a later turn than those
already served.

Bound: `limits.queue` waiting runs. Policy: turned away, with a time to come back after.
"""

from bisect import insort
from math import ceil
from typing import Generic, Protocol, TypeVar

from gradstream.format.types import RunLimits

SMOOTHING = 0.3
"""Weight of the newest duration in the mean: a demo whose runs became slower is known after a few."""

RETRY_UNKNOWN_S = 5
RETRY_LONGEST_S = 600


class Waiting(Protocol):
    """What can wait here."""

    def queued(self, position: int, eta_s: float | None) -> None:
        """Hear of a new position, counted from 1, and when the turn will come, as far as can be guessed."""


Run = TypeVar("Run", bound=Waiting)


class Queue(Generic[Run]):
    """The slots of one demo and those who wait for them; `limits` are read anew each time."""

    def __init__(self, limits: RunLimits) -> None:
        self.limits = limits
        self._taken = 0
        self._waiting: list[tuple[int, int, Run]] = []
        self._told: dict[int, int] = {}
        """Ticket number -> the position that was told last."""
        self._turn = 0
        self._last_turns: dict[str, int] = {}
        self._count = 0
        self._mean_s: float | None = None

    @property
    def is_full(self) -> bool:
        """Whether one more would have to be turned away."""
        return self._taken >= self.limits.concurrency and len(self._waiting) >= self.limits.queue

    @property
    def retry_after_s(self) -> int:
        """When a place is likely to be free for somebody who is turned away now."""
        if self._mean_s is None:
            return RETRY_UNKNOWN_S
        return min(RETRY_LONGEST_S, max(1, ceil(self._mean_s / self.limits.concurrency)))

    def enter(self, run: Run, session: str) -> None:
        """Let a run wait for its turn."""
        turn = max(self._turn, self._last_turns.get(session, 0)) + 1
        self._last_turns[session] = turn
        self._count += 1
        insort(self._waiting, (turn, self._count, run))

    def take(self) -> Run | None:
        """Give a slot to the next in turn; None when nobody waits or no slot is free."""
        if self._taken >= self.limits.concurrency or not self._waiting:
            return None
        self._turn, number, run = self._waiting.pop(0)
        self._taken += 1
        self._told.pop(number, None)
        self._forget_turns()
        return run

    def leave(self, run: Run) -> bool:
        """Take a run out that waits; False when it does not."""
        for index, (_, number, waiting) in enumerate(self._waiting):
            if waiting is run:
                del self._waiting[index]
                self._told.pop(number, None)
                self._forget_turns()
                return True
        return False

    def free(self, used_s: float) -> None:
        """Take back a slot that was used so long."""
        self._taken -= 1
        mean = used_s if self._mean_s is None else self._mean_s
        self._mean_s = mean + SMOOTHING * (used_s - mean)

    def tell_positions(self) -> None:
        """Tell each whose position changed since it was told last."""
        waiting = tuple(self._waiting)
        for position, (_, number, run) in enumerate(waiting, 1):
            if len(self._waiting) != len(waiting):
                return  # a run that failed while it was told has left, and by that the others were told
            if self._told.get(number) != position:
                self._told[number] = position
                run.queued(position, self._eta_s(position))

    def _eta_s(self, position: int) -> float | None:
        return None if self._mean_s is None else round(self._mean_s * position / self.limits.concurrency, 1)

    def _forget_turns(self) -> None:
        """Start anew when nobody waits, or every session that ever came would be remembered."""
        if not self._waiting:
            self._last_turns.clear()
