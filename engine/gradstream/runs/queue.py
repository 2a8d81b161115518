"""Which runs of a demo, or of a group of demos, have a slot, and which wait for one.

First come, first served, with turns among sessions: a visitor's second waiting run comes after the first of
everyone else. A run gets a turn when it enters, one after its session's last turn or the one being served,
and turns are served in order. So no run starves: one that enters later gets a turn after those already
served.

The demos of a group share one queue, and so many runs at once. A run whose demo has no slot free is passed by
those of other demos, and keeps its turn.

Bound: `limits.queue` waiting runs of each demo. Policy: further ones are refused, with a time to come back
after. The last quarter of the places is for visitors of whom no run waits.
"""

from bisect import insort
from math import ceil
from typing import Generic, NamedTuple, Protocol, TypeVar

from gradstream.runs.slots import DemoSlots

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


class _Ticket(NamedTuple, Generic[Waiter]):
    """A run that waits; no two have the same number, so that nothing else is ever compared."""

    turn: int
    number: int
    run: Waiter
    visitor: str
    slots: DemoSlots


class Queue(Generic[Waiter]):
    """The runs that go on and wait: of one demo, or of the demos of a group.

    At most `concurrency` go on at once; None: as many as the demo has slots. A change of it applies at once.
    """

    def __init__(self, concurrency: int | None = None) -> None:
        self.concurrency = concurrency
        self._used = 0
        self._waiting: list[_Ticket[Waiter]] = []
        self._reported: dict[int, int] = {}
        """Ticket number -> the position that was reported last."""
        self._turn = 0
        self._last_turns: dict[str, int] = {}
        self._count = 0
        self._mean_s: float | None = None

    def admits(self, visitor: str | None, slots: DemoSlots) -> bool:
        """Return whether a demo's further run of this visitor can be taken; None: of this machine's user."""
        if not (slots.is_full or self._is_full):
            return True
        waits = visitor is not None and any(
            one.visitor == visitor and one.slots is slots for one in self._waiting
        )
        kept = max(1, slots.limits.queue // KEPT_PART) if waits else 0
        return slots.waiting < slots.limits.queue - kept

    def retry_after_s(self, slots: DemoSlots) -> int:
        """Return when a place is likely to be free for a demo's run that is refused now."""
        if self._mean_s is None:
            return RETRY_UNKNOWN_S
        return min(RETRY_LONGEST_S, max(1, ceil(self._mean_s / self._width(slots))))

    def enter(self, run: Waiter, visitor: str, slots: DemoSlots) -> None:
        """Add a demo's run that waits for its turn."""
        turn = max(self._turn, self._last_turns.get(visitor, 0)) + 1
        self._last_turns[visitor] = turn
        self._count += 1
        insort(self._waiting, _Ticket(turn, self._count, run, visitor, slots))
        slots.note_entered(self)

    def next(self) -> Waiter | None:
        """Give a slot to the run whose turn it is; None when none waits or no slot is free."""
        if self._is_full:
            return None
        index = next((index for index, one in enumerate(self._waiting) if not one.slots.is_full), None)
        if index is None:
            return None
        ticket = self._remove(index)
        self._turn = max(self._turn, ticket.turn)
        self._used += 1
        ticket.slots.used += 1
        return ticket.run

    def leave(self, run: Waiter) -> bool:
        """Remove a waiting run; return False when it does not wait."""
        index = next((index for index, one in enumerate(self._waiting) if one.run is run), None)
        if index is None:
            return False
        self._remove(index)
        return True

    def free(self, used_s: float, slots: DemoSlots) -> None:
        """Free a demo's slot that was used for this time."""
        self._used -= 1
        slots.used -= 1
        mean = used_s if self._mean_s is None else self._mean_s
        self._mean_s = mean + SMOOTHING * (used_s - mean)

    def report_positions(self) -> None:
        """Report their position to the runs whose position changed since the last report."""
        waiting = tuple(self._waiting)
        for position, ticket in enumerate(waiting, 1):
            if len(self._waiting) != len(waiting):
                return  # A run that failed at its report has left the queue, which reported to the others.
            if self._reported.get(ticket.number) != position:
                self._reported[ticket.number] = position
                ticket.run.queued(position, self._eta_s(position, ticket.slots))

    @property
    def _is_full(self) -> bool:
        return self.concurrency is not None and self._used >= self.concurrency

    def _width(self, slots: DemoSlots) -> int:
        """Return how many runs go on at once, as far as can be said."""
        return slots.limits.concurrency if self.concurrency is None else self.concurrency

    def _eta_s(self, position: int, slots: DemoSlots) -> float | None:
        return None if self._mean_s is None else round(self._mean_s * position / self._width(slots), 1)

    def _remove(self, index: int) -> _Ticket[Waiter]:
        ticket = self._waiting.pop(index)
        self._reported.pop(ticket.number, None)
        ticket.slots.note_left(self)
        if not self._waiting:
            # Or every session that ever came would be remembered.
            self._last_turns.clear()
        return ticket
