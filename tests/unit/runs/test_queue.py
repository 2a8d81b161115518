"""Turns: first come first served, fair among sessions, within the demo's limits."""

from hypothesis import given
from hypothesis import strategies as st

from gradstream.format.types import RunLimits
from gradstream.runs.queue import RETRY_UNKNOWN_S, Queue


class Visitor:
    """A run that waits, and what it was told."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[tuple[int, float | None]] = []

    def queued(self, position: int, eta_s: float | None) -> None:
        """Note what was told."""
        self.told.append((position, eta_s))


def make_queue(*, concurrency: int = 1, queue: int = 100) -> Queue[Visitor]:
    """Return a queue with these limits."""
    return Queue(RunLimits(concurrency=concurrency, queue=queue))


def served(queue: Queue[Visitor]) -> str:
    """Serve everybody in turn, one after the other, and return their names."""
    names = []
    while (visitor := queue.next()) is not None:
        names.append(visitor.name)
        queue.free(1.0)
    return "".join(names)


def enter(queue: Queue[Visitor], *arrivals: str) -> list[Visitor]:
    """Let runs arrive, named "a1" for the first of session a."""
    visitors = [Visitor(name) for name in arrivals]
    for visitor in visitors:
        queue.enter(visitor, visitor.name[0])
    return visitors


def test_first_come_first_served() -> None:
    """One session's runs, and first runs of several, are served as they came."""
    queue = make_queue()
    enter(queue, "a", "b", "c")
    assert served(queue) == "abc"
    enter(queue, "a1", "a2", "a3")
    assert served(queue) == "a1a2a3"


def test_sessions_take_turns() -> None:
    """A session's second run comes after every other's first."""
    queue = make_queue()
    enter(queue, "a1", "a2", "a3", "b1", "b2", "c1")
    assert served(queue) == "a1b1c1a2b2a3"


def test_slots_are_bounded() -> None:
    """No more have a slot than the demo allows at once."""
    queue = make_queue(concurrency=2)
    enter(queue, "a", "b", "c")
    assert [queue.next() is not None for _ in range(3)] == [True, True, False]
    queue.free(1.0)
    assert queue.next() is not None


def test_full() -> None:
    """A queue is full when every slot is taken and as many wait as may."""
    queue = make_queue(concurrency=1, queue=1)
    enter(queue, "a")
    queue.next()
    full = [not queue.admits("z")]
    enter(queue, "b")
    full.append(not queue.admits("z"))
    queue.free(1.0)
    full.append(not queue.admits("z"))
    assert full == [False, True, False]


def test_the_last_places_are_for_others() -> None:
    """A visitor who waits already leaves a quarter of the places, and at least one, to those who do not."""
    for places, most in ((100, 75), (3, 2), (2, 1)):
        queue = make_queue(concurrency=1, queue=places)
        enter(queue, "x")
        queue.next()
        mine = 0
        while queue.admits("a"):
            enter(queue, "a")
            mine += 1
        assert mine == most
        assert queue.admits("b")
        enter(queue, "b")
        assert not queue.admits("b")


def test_no_queue_at_all() -> None:
    """With `queue: 0` a run is taken while a slot is free, and turned away when none is."""
    queue = make_queue(queue=0)
    full = [not queue.admits("z")]
    enter(queue, "a")
    queue.next()
    full.append(not queue.admits("z"))
    assert full == [False, True]


def test_positions_are_told_when_they_change() -> None:
    """Each hears its place once, and again when it has moved up."""
    queue = make_queue()
    a, b, c = enter(queue, "a", "b", "c")
    queue.next()
    queue.report_positions()
    queue.report_positions()
    assert (a.told, b.told, c.told) == ([], [(1, None)], [(2, None)])
    queue.leave(b)
    queue.report_positions()
    assert (b.told, c.told) == ([(1, None)], [(2, None), (1, None)])


def test_somebody_with_an_earlier_turn_moves_others_back() -> None:
    """A newcomer's first run goes before a session's second, which hears of it."""
    queue = make_queue()
    enter(queue, "x")
    queue.next()
    _, second = enter(queue, "a1", "a2")
    queue.report_positions()
    enter(queue, "b1")
    queue.report_positions()
    assert second.told == [(2, None), (3, None)]


def test_times_are_guessed_from_those_before() -> None:
    """The time to wait follows from how long slots were used, and how many there are."""
    queue = make_queue(concurrency=2)
    assert queue.retry_after_s == RETRY_UNKNOWN_S
    enter(queue, "a", "b")
    queue.next()
    queue.next()
    queue.free(8.0)
    assert queue.retry_after_s == 4
    (c, d, e) = enter(queue, "c", "d", "e")
    queue.next()
    queue.report_positions()
    assert (c.told, d.told, e.told) == ([], [(1, 4.0)], [(2, 8.0)])


def test_leaving_is_for_those_who_wait() -> None:
    """Whoever has a slot, or never came, cannot leave the queue."""
    queue = make_queue()
    (a,) = enter(queue, "a")
    queue.next()
    assert not queue.leave(a)
    assert not queue.leave(Visitor("z"))


@given(st.lists(st.sampled_from("abc"), max_size=30), st.data())
def test_nobody_is_forgotten(arrivals: list[str], data: st.DataObject) -> None:
    """Whoever comes is served exactly once, each session's runs in their order."""
    queue = make_queue()
    order: list[str] = []
    for number, session in enumerate(arrivals):
        queue.enter(Visitor(f"{session}{number}"), session)
        if data.draw(st.booleans()) and (visitor := queue.next()) is not None:
            order.append(visitor.name)
            queue.free(1.0)
    while (visitor := queue.next()) is not None:
        order.append(visitor.name)
        queue.free(1.0)
    came = [f"{session}{number}" for number, session in enumerate(arrivals)]
    assert sorted(order) == sorted(came)
    for session in "abc":
        assert [name for name in order if name[0] == session] == [name for name in came if name[0] == session]


@given(st.integers(1, 10), st.integers(1, 10))
def test_a_busy_session_waits_for_each_newcomer_once(busy: int, newcomers: int) -> None:
    """However many newcomers come, a session that waits is passed by each of them once at most."""
    queue = make_queue()
    enter(queue, *["a"] * busy)
    enter(queue, *[chr(ord("b") + number) for number in range(newcomers)])
    order = served(queue)
    assert order[0] == "a"
    assert order[newcomers + 1 :] == "a" * (busy - 1)
