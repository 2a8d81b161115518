"""Where the runs of each demo wait: in a queue of its own, or in that of its group.

    demo --place--> RunPlace(queue, slots)       the run keeps it until it has ended

Groups have the size that `gradstream.yaml` says, or 1. A run that waits or goes on keeps its place when its
demo is reloaded, removed, or changes its group: it gives back what it has taken, and not what it would take
now.

Bound: a queue and slots for each demo and each group that the catalog ever had; runs are bounded by `Queue`.
"""

from collections.abc import Iterable, Mapping
from typing import Generic

from msgspec import Struct

from gradstream.format.types import Demo
from gradstream.runs.queue import Queue, Waiter
from gradstream.runs.slots import DemoSlots

USUAL_SIZE = 1
"""Of a group of which nothing is said: its demos share one graphics card, or one model."""


class RunPlace(Struct, Generic[Waiter], frozen=True, eq=False):
    """Where a run waits, and what it takes when it goes on."""

    queue: Queue[Waiter]
    slots: DemoSlots

    def serving(self) -> Iterable[Queue[Waiter]]:
        """Return the queues in which a run may go on when one with this place has ended."""
        return dict.fromkeys((self.queue, *self.slots.queues))


class RunLines(Generic[Waiter]):
    """The queues of all demos and groups."""

    def __init__(self) -> None:
        self._sizes: Mapping[str, int] = {}
        self._slots: dict[str, DemoSlots] = {}
        self._demos: dict[str, Queue[Waiter]] = {}
        self._groups: dict[str, Queue[Waiter]] = {}

    def place(self, demo: Demo) -> RunPlace[Waiter]:
        """Return the place of a new run; the demo's limits hold from now on."""
        slots = self._slots.setdefault(demo.address, DemoSlots(demo.limits))
        slots.limits = demo.limits
        if demo.group is None:
            queue = self._demos.setdefault(demo.address, Queue())
        else:
            queue = self._groups.setdefault(demo.group, Queue(self._size(demo.group)))
        return RunPlace(queue, slots)

    def resize(self, sizes: Mapping[str, int]) -> Iterable[Queue[Waiter]]:
        """Set how many runs each group has at once, and return the queues in which more may go on now."""
        self._sizes = sizes
        for name, queue in self._groups.items():
            queue.concurrency = self._size(name)
        return tuple(self._groups.values())

    def _size(self, group: str) -> int:
        return self._sizes.get(group, USUAL_SIZE)
