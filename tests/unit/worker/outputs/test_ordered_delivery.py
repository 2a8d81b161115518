"""Events keep the order of their yields while pictures are encoded elsewhere."""

import threading
from concurrent.futures import ThreadPoolExecutor

from gradstream.worker.outputs.ordered_delivery import Deliver, OrderedDelivery
from gradstream.worker.sending.flow_control import MAX_WAITING_PICTURES, FlowControl


def test_events_wait_for_the_pictures_before_them() -> None:
    """The second picture may be done first, and a word after it earlier still; they are told in order."""
    told: list[str] = []
    release = [threading.Event(), threading.Event()]
    flow = FlowControl()

    def picture(number: int) -> Deliver:
        release[number].wait()
        return lambda: told.append(f"picture {number}")

    with ThreadPoolExecutor(2) as encoders:
        delivery = OrderedDelivery(encoders=encoders, flow=flow, failed=lambda error: told.append(str(error)))
        delivery.deliver(lambda: told.append("before"))
        assert not delivery.is_used
        delivery.encode(lambda: picture(0))
        delivery.encode(lambda: picture(1))
        delivery.deliver(lambda: told.append("after"))
        release[1].set()
        assert told == ["before"]
        release[0].set()
        flow.drain_in_thread()
        delivery.deliver(lambda: told.append("later"))
    assert told == ["before", "picture 0", "picture 1", "after", "later"]


def test_a_generator_waits_when_too_many_pictures_do() -> None:
    """The gate closes at the bound, and opens when the first picture is done."""
    release = threading.Event()
    flow = FlowControl()

    def picture() -> Deliver:
        release.wait()
        return lambda: None

    with ThreadPoolExecutor(1) as encoders:
        delivery = OrderedDelivery(encoders=encoders, flow=flow, failed=lambda _: None)
        for _ in range(MAX_WAITING_PICTURES):
            assert not flow.must_check
            delivery.encode(picture)
        assert flow.must_check
        release.set()
        assert flow.wait_in_thread()


def test_a_picture_that_fails_is_told_and_the_rest_goes_on() -> None:
    """An encoding that raises says so, and does not hold up what comes after it."""
    told: list[str] = []
    flow = FlowControl()

    def broken() -> Deliver:
        raise ValueError("no picture")

    with ThreadPoolExecutor(1) as encoders:
        delivery = OrderedDelivery(encoders=encoders, flow=flow, failed=lambda error: told.append(str(error)))
        delivery.encode(broken)
        delivery.deliver(lambda: told.append("after"))
        flow.drain_in_thread()
    assert told == ["no picture", "after"]
