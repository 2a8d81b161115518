"""Turns: first come first served, fair among sessions, within the demo's limits."""

from hypothesis import given
from hypothesis import strategies as st

from gradstream.format.types import RunLimits
from gradstream.runs.queue import RETRY_UNKNOWN_S, Queue
from gradstream.runs.slots import DemoSlots


class Visitor:
    """A run that waits, and what it was told."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[tuple[int, float | None]] = []

    def queued(self, position: int, eta_s: float | None) -> None:
        """Note what was told."""
        self.told.append((position, eta_s))


class Line:
    """The runs of one demo in a queue, which may be that of a group."""

    def __init__(self, limits: RunLimits, queue: Queue[Visitor] | None = None) -> None:
        self.queue = queue or Queue()
        self.slots = DemoSlots(limits)
        self.next = self.queue.next
        self.leave = self.queue.leave
        self.report_positions = self.queue.report_positions

    @property
    def retry_after_s(self) -> int:
        """When to come back."""
        return self.queue.retry_after_s(self.slots)

    def admits(self, visitor: str) -> bool:
        """Return whether a further run can be taken."""
        return self.queue.admits(visitor, self.slots)

    def enter(self, run: Visitor, visitor: str) -> None:
        """Add a run."""
        self.queue.enter(run, visitor, self.slots)

    def free(self, used_s: float) -> None:
        """Free a slot."""
        self.queue.free(used_s, self.slots)


def make_queue(*, concurrency: int = 1, queue: int = 100) -> Line:
    """Return a demo's own queue with these limits."""
    return Line(RunLimits(concurrency=concurrency, queue=queue))


def served(queue: Line) -> str:
    """Serve everybody in turn, one after the other, and return their names."""
    names = []
    while (visitor := queue.next()) is not None:
        names.append(visitor.name)
        queue.free(1.0)
    return "".join(names)


def enter(queue: Line, *arrivals: str) -> list[Visitor]:
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


def make_group(size: int, *concurrencies: int) -> list[Line]:
    """Return the lines of the demos of a group, each with its own concurrency."""
    shared: Queue[Visitor] = Queue(size)
    return [Line(RunLimits(concurrency=each, queue=2), shared) for each in concurrencies]


def test_demos_of_a_group_share_one_line() -> None:
    """Turns and positions count across the demos, whichever a visitor has chosen."""
    first, second = make_group(1, 8, 8)
    a1, a2 = enter(first, "a1", "a2")
    (b1,) = enter(second, "b1")
    assert first.next() is a1
    first.report_positions()
    assert (b1.told, a2.told) == ([(1, None)], [(2, None)])
    assert second.next() is None
    first.free(6.0)
    assert second.next() is b1
    second.report_positions()
    assert a2.told == [(2, None), (1, 6.0)]


def test_a_demo_without_a_free_slot_holds_up_no_other() -> None:
    """Runs of other demos pass its run, which keeps its turn."""
    first, second = make_group(2, 1, 1)
    a1, a2 = enter(first, "a1", "a2")
    (b1,) = enter(second, "b1")
    (c1,) = enter(first, "c1")
    assert [first.next(), first.next(), first.next()] == [a1, b1, None]
    first.free(1.0)
    assert [first.next(), first.next()] == [c1, None]
    first.free(1.0)
    assert first.next() is a2


def test_each_demo_of_a_group_has_its_own_places() -> None:
    """One whose line is full turns its visitors away, and no other's."""
    first, second = make_group(1, 8, 8)
    enter(first, "x")
    first.next()
    enter(first, "a", "b")
    assert (first.admits("c"), second.admits("c")) == (False, True)


def test_a_group_may_grow_and_shrink() -> None:
    """A smaller group lets those that go on end, and starts none until there is room."""
    (line,) = make_group(1, 8)
    enter(line, "a", "b", "c", "d")
    line.queue.concurrency = 3
    assert [line.next() is not None for _ in range(4)] == [True, True, True, False]
    line.queue.concurrency = 1
    line.free(1.0)
    assert line.next() is None
    line.free(1.0)
    line.free(1.0)
    assert line.next() is not None


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab")), max_size=30), st.data())
def test_nobody_in_a_group_waits_for_ever(arrivals: list[tuple[int, str]], data: st.DataObject) -> None:
    """However runs come and end, no more go on than there may, and all are served."""
    lines = make_group(2, 1, 2, 3)
    going: list[int] = []
    waiting: dict[Visitor, int] = {}

    def serve() -> None:
        while (visitor := lines[0].next()) is not None:
            going.append(waiting.pop(visitor))
            assert len(going) <= 2
            assert going.count(0) <= 1
        blocked = len(going) == 2 or set(waiting.values()) <= {0}
        assert not waiting or blocked

    def end() -> None:
        lines[going.pop(data.draw(st.integers(0, len(going) - 1)))].free(1.0)
        serve()

    for demo, session in arrivals:
        visitor = Visitor(session)
        waiting[visitor] = demo
        lines[demo].enter(visitor, session)
        serve()
        ends = data.draw(st.booleans())
        if going and ends:
            end()
    while going:
        end()
    assert not waiting


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
