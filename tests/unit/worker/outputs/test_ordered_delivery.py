"""Events keep the order of their yields while pictures are encoded elsewhere."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from gradstream.events.types import Record
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.sending.flow_control import FlowControl


def picture(name: str, *, after: threading.Event | None = None) -> Callable[[], Record]:
    """Return what makes a record of this name, once `after` is set."""

    def make() -> Record:
        if after is not None:
            after.wait()
        return Record(name, None, b"}")

    return make


def broken() -> Record:
    """Fail as an encoding does."""
    raise ValueError("no picture")


def telling(told: list[str]) -> Callable[[Sequence[Record]], None]:
    """Return what notes the names of the records that are delivered."""
    return lambda records: told.append(" and ".join(record.type for record in records))


def delivery_of(
    encoders: ThreadPoolExecutor, flow: FlowControl, told: list[str] | None = None
) -> OrderedDelivery:
    """Return a delivery that notes failures."""
    notes = [] if told is None else told
    return OrderedDelivery(encoders=encoders, flow=flow, failed=lambda error: notes.append(str(error)))


def test_events_wait_for_the_pictures_before_them() -> None:
    """The second picture may be done first, and a word after it earlier still; they are told in order."""
    told: list[str] = []
    release = [threading.Event(), threading.Event()]
    flow = FlowControl()
    with ThreadPoolExecutor(2) as encoders:
        delivery = delivery_of(encoders, flow)
        delivery.deliver(lambda: told.append("before"))
        assert not delivery.is_used
        for number in (0, 1):
            delivery.encode([picture(f"picture {number}", after=release[number])], telling(told), size=1)
        delivery.deliver(lambda: told.append("after"))
        release[1].set()
        assert told == ["before"]
        release[0].set()
        flow.drain_in_thread()
        delivery.deliver(lambda: told.append("later"))
    assert told == ["before", "picture 0", "picture 1", "after", "later"]


def test_pictures_of_one_step_are_delivered_together() -> None:
    """The one that is done first waits for the other; their order is that in which they were given."""
    told: list[str] = []
    release = threading.Event()
    flow = FlowControl()
    with ThreadPoolExecutor(2) as encoders:
        delivery = delivery_of(encoders, flow)
        delivery.encode([picture("slow", after=release), picture("fast")], telling(told), size=2)
        delivery.encode([picture("next")], telling(told), size=1)
        assert told == []
        release.set()
        flow.drain_in_thread()
    assert told == ["slow and fast", "next"]


def test_a_generator_waits_when_too_many_pictures_do() -> None:
    """The gate closes at the bound, whether the pictures are of one step or of several, and opens again."""
    for count in (1, WORKER_LIMITS.waiting_pictures):
        release = threading.Event()
        flow = FlowControl()
        with ThreadPoolExecutor(1) as encoders:
            delivery = delivery_of(encoders, flow)
            for _ in range(WORKER_LIMITS.waiting_pictures // count):
                assert not flow.must_check
                delivery.encode([picture("it", after=release)] * count, lambda _: None, size=count)
            assert flow.must_check
            release.set()
            assert flow.wait_in_thread()


def test_a_generator_waits_when_too_many_events_do() -> None:
    """What counts are events, of which a step may have many."""
    release = threading.Event()
    flow = FlowControl()
    with ThreadPoolExecutor(1) as encoders:
        delivery = delivery_of(encoders, flow)
        delivery.encode([picture("it", after=release)], lambda _: None, size=1)
        closed = []
        for size in (WORKER_LIMITS.waiting_events - 2, 1):
            delivery.deliver(lambda: None, size=size)
            closed.append(flow.must_check)
        assert closed == [False, True]
        release.set()
        assert flow.wait_in_thread()


def test_a_picture_that_fails_is_told_and_the_rest_goes_on() -> None:
    """An encoding that raises says so, takes its step with it, and does not hold up what comes after it."""
    told: list[str] = []
    flow = FlowControl()
    with ThreadPoolExecutor(1) as encoders:
        delivery = delivery_of(encoders, flow, told)
        delivery.encode([picture("fine"), broken], telling(told), size=2)
        delivery.deliver(lambda: told.append("after"))
        flow.drain_in_thread()
    assert told == ["no picture", "after"]


def test_an_encoding_that_exits_is_a_failure_too() -> None:
    """What the developer's value raises in an encoder's thread never leaves the run without an end."""
    failures: list[BaseException] = []
    flow = FlowControl()

    def leave() -> Record:
        raise SystemExit(2)

    with ThreadPoolExecutor(1) as encoders:
        delivery = OrderedDelivery(encoders=encoders, flow=flow, failed=failures.append)
        delivery.encode([leave], telling([]), size=1)
        flow.drain_in_thread()
    assert [type(failure) for failure in failures] == [SystemExit]
