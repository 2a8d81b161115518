"""The slots of one demo, wherever its runs wait: a demo may have changed its group while some did."""

from typing import Any

from gradstream.format.types import RunLimits


class DemoSlots:
    """Counts the runs of a demo that have a slot, and in which queues others wait for one.

    A change of `limits` applies at once.
    """

    def __init__(self, limits: RunLimits) -> None:
        self.limits = limits
        self.used = 0
        self._waiting: dict[Any, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether every slot is used."""
        return self.used >= self.limits.concurrency

    @property
    def waiting(self) -> int:
        """How many runs wait."""
        return sum(self._waiting.values())

    @property
    def queues(self) -> tuple[Any, ...]:
        """The queues in which runs of the demo wait."""
        return tuple(self._waiting)

    def note_entered(self, queue: object) -> None:
        """Note that a run waits in a queue."""
        self._waiting[queue] = self._waiting.get(queue, 0) + 1

    def note_left(self, queue: object) -> None:
        """Note that a run waits in a queue no longer."""
        self._waiting[queue] -= 1
        if not self._waiting[queue]:
            # Or a queue that the demo had once would be remembered.
            del self._waiting[queue]
