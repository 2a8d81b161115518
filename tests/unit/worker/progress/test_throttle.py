"""However much a run reports: the first and the last are sent, the number is bounded, and nobody waits."""

import itertools
from collections.abc import Callable

import pytest

from gradstream.events import codec
from gradstream.events.types import Log, Progress, Record
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.progress import throttle
from gradstream.worker.progress.throttle import (
    WINDOW_S,
    LineThrottle,
    ProgressThrottle,
)
from gradstream.worker.sending.records import record

EVENTS, LINES = WORKER_LIMITS.progress_events, WORKER_LIMITS.log_lines

MANY = 100_000


class Clock:
    """A time that only moves when told to, with its timers."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def monotonic(self) -> float:
        """Return the time."""
        return self.now

    def call_at(self, when: float, call: Callable[[], None]) -> None:
        """Remember a timer."""
        self.timers.append((when, call))

    def advance(self, seconds: float) -> None:
        """Let time pass, and run the timers that are due."""
        self.now += seconds
        due = [call for when, call in self.timers if when <= self.now]
        self.timers = [timer for timer in self.timers if timer[0] > self.now]
        for call in due:
            call()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the throttles."""
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def share(number: int) -> Record:
    """Return an event of progress."""
    return record(Progress(index=number))


def indices(sent: list[Record]) -> list[int | None]:
    """Return what was sent."""
    return [event.index for event in map(codec.event, sent) if isinstance(event, Progress)]


@pytest.mark.parametrize("count", [1, 2, EVENTS, EVENTS + 1, MANY])
def test_the_first_and_the_last_progress_are_sent(clock: Clock, count: int) -> None:
    """At once as many as a short run has; of the rest the last one, by a timer or at the end of the run."""
    sent: list[Record] = []
    progress = ProgressThrottle(emit=sent.append, call_at=clock.call_at)
    for number in range(count):
        progress.update(share(number))
    assert indices(sent) == list(range(min(count, EVENTS)))
    assert len(clock.timers) == (count > EVENTS)
    progress.flush()
    assert indices(sent)[-1] == count - 1
    assert len(sent) <= EVENTS + 1
    progress.flush()
    clock.advance(1)
    assert indices(sent)[-1] == count - 1
    assert len(sent) <= EVENTS + 1


def test_progress_is_sent_ten_times_a_second(clock: Clock) -> None:
    """Over any time, however often it changes, and the last state comes though nothing follows it."""
    sent: list[Record] = []
    progress = ProgressThrottle(emit=sent.append, call_at=clock.call_at)
    for number in range(10_000):
        progress.update(share(number))
        clock.advance(0.001)
    clock.advance(1 / EVENTS)
    assert indices(sent)[-1] == 9_999
    assert len(sent) <= 10_000 * 0.001 * EVENTS + EVENTS + 1


class Lines:
    """A throttle of lines, and what it sent."""

    def __init__(self, clock: Clock) -> None:
        self.sent: list[Record] = []
        self.throttle = LineThrottle(
            emit=self.sent.append,
            say=lambda count: record(Log(level="warning", text=f"{count} left out")),
            call_at=clock.call_at,
        )

    def add(self, text: str) -> None:
        """Log a line."""
        self.throttle.add(record(Log(level="info", text=text)))

    def texts(self) -> list[str]:
        """Return the lines that were sent."""
        return [event.text for event in map(codec.event, self.sent) if isinstance(event, Log)]


@pytest.mark.parametrize("count", [1, LINES, 2 * LINES, 1000, MANY])
def test_every_line_is_sent_or_counted(clock: Clock, count: int) -> None:
    """The first ones at once, then how many are left out, then the last ones; in their order."""
    lines = Lines(clock)
    for number in range(count):
        lines.add(str(number))
    assert lines.texts() == [str(number) for number in range(min(count, LINES))]
    lines.throttle.flush()
    left_out = max(0, count - 2 * LINES)
    first = [str(number) for number in range(min(count, LINES))]
    said = [f"{left_out} left out"] if left_out else []
    last = [str(number) for number in range(LINES + left_out, count)]
    assert lines.texts() == [*first, *said, *last]


def test_lines_are_bounded_over_any_time(clock: Clock) -> None:
    """Each second has its own first and last lines, and each line is either sent or counted."""
    lines = Lines(clock)
    for number in range(MANY):
        lines.add(str(number))
        clock.advance(0.0001)
    lines.throttle.flush()
    assert len(lines.sent) <= (MANY * 0.0001 / WINDOW_S + 1) * (2 * LINES + 1)
    numbers = [int(text.split()[0]) for text in lines.texts() if "left out" not in text]
    counted = sum(int(text.split()[0]) for text in lines.texts() if "left out" in text)
    assert all(before < after for before, after in itertools.pairwise(numbers))
    assert len(numbers) + counted == MANY
    assert numbers[-1] == MANY - 1


def test_long_lines_are_bounded_too(clock: Clock) -> None:
    """What is held has a bound in bytes; the last line is always kept."""
    lines = Lines(clock)
    for number in range(LINES + 50):
        lines.add(f"{number} " + "x" * 2**20)
    assert len(lines.throttle._held) == 1
    lines.throttle.flush()
    assert lines.texts()[-1].startswith(f"{LINES + 49} ")
    assert lines.texts()[-2] == "49 left out"
