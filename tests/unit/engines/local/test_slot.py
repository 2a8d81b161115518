"""A run on its way through an engine, as long as no worker has it."""

from typing import Any

from gradstream.engines.local.slot import LocalSlot
from gradstream.ipc.protocol import Ending, StreamPart
from tests.unit.played_engine import make_order


class Heard:
    """A run's sink that only hears the end."""

    def __init__(self) -> None:
        self.endings: list[Any] = []

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Hear nothing."""

    def running(self) -> None:
        """Hear nothing."""

    def records(self, records: Any) -> None:
        """Hear nothing."""

    def blob(self, digest: str, mime: str, data: bytes) -> None:
        """Hear nothing."""

    def part(self, part: StreamPart) -> None:
        """Hear nothing."""

    def printed(self, stream: str, text: str) -> bool:
        """Hear nothing."""
        return False

    def ended(self, ending: Any) -> None:
        """Note the end."""
        self.endings.append(ending)


def waiting_slot() -> tuple[LocalSlot, Heard, list[LocalSlot]]:
    """Return a slot that waits for a worker, what its run hears, and the slots that are over."""
    order = make_order("echo")
    heard, over = Heard(), list[LocalSlot]()
    note = over.append
    return LocalSlot(order, heard, over=note, overdue=note, stalled=note, untaken=note), heard, over


def test_a_run_that_waits_is_canceled_at_once() -> None:
    """Without a worker there is no generator to ask; the end is reported once in any case."""
    slot, heard, over = waiting_slot()
    slot.cancel(grace_s=5)
    slot.cancel(grace_s=0)
    slot.fail("worker", "too late")
    assert heard.endings == [Ending(canceled=True)]
    assert over == [slot]


def test_a_run_that_cannot_begin_fails() -> None:
    """The reason is passed on, and a stop afterwards changes nothing."""
    slot, heard, _ = waiting_slot()
    slot.fail("developer", "it does not import", "the traceback")
    slot.cancel(grace_s=0)
    assert heard.endings == [Ending(fault="developer", message="it does not import", detail="the traceback")]


def test_a_run_that_no_process_takes_fails() -> None:
    """Its second process has ended before it began as well: no third one is tried."""
    slot, heard, noted = waiting_slot()
    slot.lost("was killed", was_taken=False)
    assert (noted, heard.endings) == ([slot], [])
    slot.lost("was killed again", was_taken=False)
    message = "The demo's process was killed again. The next run starts a new one."
    assert heard.endings == [Ending(fault="worker", message=message)]


def test_a_run_that_waits_for_its_second_process_is_canceled_at_once() -> None:
    """As one that waits for its first."""
    slot, heard, _ = waiting_slot()
    slot.lost("was killed", was_taken=False)
    slot.cancel(grace_s=60)
    assert heard.endings == [Ending(canceled=True)]
