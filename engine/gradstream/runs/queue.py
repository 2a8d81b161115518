"""Which runs of one demo have a slot, and which wait for one.

First come, first served, with turns among sessions: a visitor's second waiting run comes after the first of
everyone else. A run gets a turn when it enters, one after its session's last turn or the one being served,
and turns are served in order. So no run starves: one that enters later gets a turn after those already
served.

Bound: `limits.queue` waiting runs. Policy: further ones are refused, with a time to come back after. The last
quarter of the places is for visitors of whom no run waits.
"""

from bisect import insort
from math import ceil
from typing import Generic, Protocol, TypeVar

from gradstream.format.types import RunLimits

SMOOTHING = 0.3
"""Weight of the newest duration in the mean: a demo whose runs became slower is known after a few."""

KEPT_PART = 4
"""One of so many places is kept for visitors of whom no run waits; at least one."""

RETRY_UNKNOWN_S = 5
RETRY_LONGEST_S = 600


class Waiting(Protocol):
    """What can wait for a slot."""

    def queued(self, position: int, eta_s: float | None) -> None:
        """Receive a new position, counted from 1, and an estimate of the time to wait, None when unknown."""


Waiter = TypeVar("Waiter", bound=Waiting)


class Queue(Generic[Waiter]):
    """The slots of one demo and the runs that wait for them; a change of `limits` applies at once."""

    def __init__(self, limits: RunLimits) -> None:
        self.limits = limits
        self._used = 0
        self._waiting: list[tuple[int, int, Waiter, str]] = []
        self._reported: dict[int, int] = {}
        """Ticket number -> the position that was reported last."""
        self._turn = 0
        self._last_turns: dict[str, int] = {}
        self._count = 0
        self._mean_s: float | None = None

    def admits(self, visitor: str | None) -> bool:
        """Return whether a further run of this visitor can be taken; None: of somebody on this machine."""
        if self._used < self.limits.concurrency:
            return True
        waits = visitor is not None and any(one == visitor for *_, one in self._waiting)
        kept = max(1, self.limits.queue // KEPT_PART) if waits else 0
        return len(self._waiting) < self.limits.queue - kept

    @property
    def retry_after_s(self) -> int:
        """When a place is likely to be free for a run that is refused now."""
        if self._mean_s is None:
            return RETRY_UNKNOWN_S
        return min(RETRY_LONGEST_S, max(1, ceil(self._mean_s / self.limits.concurrency)))

    def enter(self, run: Waiter, visitor: str) -> None:
        """Add a run that waits for its turn."""
        turn = max(self._turn, self._last_turns.get(visitor, 0)) + 1
        self._last_turns[visitor] = turn
        self._count += 1
        insort(self._waiting, (turn, self._count, run, visitor))

    def next(self) -> Waiter | None:
        """Give a slot to the run whose turn it is; None when none waits or no slot is free."""
        if self._used >= self.limits.concurrency or not self._waiting:
            return None
        self._turn, number, run, _ = self._waiting.pop(0)
        self._used += 1
        self._reported.pop(number, None)
        self._forget_turns()
        return run

    def leave(self, run: Waiter) -> bool:
        """Remove a waiting run; return False when it does not wait."""
        for index, (_, number, waiting, _) in enumerate(self._waiting):
            if waiting is run:
                del self._waiting[index]
                self._reported.pop(number, None)
                self._forget_turns()
                return True
        return False

    def free(self, used_s: float) -> None:
        """Free a slot that was used for this time."""
        self._used -= 1
        mean = used_s if self._mean_s is None else self._mean_s
        self._mean_s = mean + SMOOTHING * (used_s - mean)

    def report_positions(self) -> None:
        """Report their position to the runs whose position changed since the last report."""
        waiting = tuple(self._waiting)
        for position, (_, number, run, _) in enumerate(waiting, 1):
            if len(self._waiting) != len(waiting):
                return  # A run that failed at its report has left the queue, which reported to the others.
            if self._reported.get(number) != position:
                self._reported[number] = position
                run.queued(position, self._eta_s(position))

    def _eta_s(self, position: int) -> float | None:
        return None if self._mean_s is None else round(self._mean_s * position / self.limits.concurrency, 1)

    def _forget_turns(self) -> None:
        """Forget the turns when no run waits, or every session that ever came would be remembered."""
        if not self._waiting:
            self._last_turns.clear()
