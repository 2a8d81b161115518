"""The bench knows when each part of a stream was there, whichever tool delivered it."""

import pytest

from bench.exchange import Exchange
from bench.measurements.streams import in_time_s
from bench.tools.gradio import Gradio
from bench.tools.gradstream import Gradstream
from bench.types import Begun, Delivery

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


def recorded(*events: tuple[float, bytes]) -> Exchange:
    """Return an exchange to which each event came at its second, after its headers."""
    exchange = Exchange(b"")
    exchange.arrivals.append((0, HEAD))
    exchange.arrivals.extend((round(at_s * 1e9), event + b"\n\n") for at_s, event in events)
    # Without chunks a body is one piece, which arrives with its last byte: each test looks at one event.
    return exchange


async def test_a_segment_is_delivered_by_its_event() -> None:
    """Segments of gradstream bring their own place in the stream."""
    feed = recorded((2, b'event: segment\ndata: {"output":"played","start_s":0.5,"duration_s":0.25}'))
    assert Gradstream().deliveries(feed, chunk_s=1) == [Delivery(2_000_000_000, 0.5, 0.25)]


async def test_a_chunk_is_delivered_by_the_message_of_its_step() -> None:
    """Gradio's steps are chunks one after another; the message that a run is over brings none."""
    step = b'data: {"msg":"process_generating","output":{"data":[{},"t=1;"]},"success":true}'
    over = b'data: {"msg":"process_completed","output":{"data":[{},"t=1;"]},"success":true}'
    feed = recorded((3, step + b"\n\n" + step + b"\n\n" + over))
    assert Gradio().deliveries(feed, chunk_s=1.5) == [
        Delivery(3_000_000_000, 0, 1.5),
        Delivery(3_000_000_000, 1.5, 1.5),
    ]


async def test_a_stream_that_fails_is_told() -> None:
    """A tool's failure is never taken for a stream that was short."""
    with pytest.raises(RuntimeError, match="broken"):
        Gradstream().deliveries(recorded((1, b'event: failed\ndata: {"message":"broken"}')), chunk_s=1)
    with pytest.raises(RuntimeError, match="process_completed"):
        Gradio().deliveries(recorded((1, b'data: {"msg":"process_completed","success":false}')), chunk_s=1)


@pytest.mark.parametrize(("at_s", "seconds"), [(10.9, 2.0), (11.1, 1.5), (11.6, 0)])
async def test_what_comes_too_late_for_a_player_does_not_count(at_s: float, seconds: float) -> None:
    """A player begins half a second after the first yield, here at 10 s, and plays on."""
    events = (
        b'event: set\ndata: {"output":"moments","value":"t=10000000000;"}\n\n'
        b'event: segment\ndata: {"start_s":0.5,"duration_s":0.5}\n\n'
        b'event: segment\ndata: {"start_s":1.0,"duration_s":1.5}'
    )
    assert in_time_s(Gradstream(), Begun(0, recorded((at_s, events)), 0)) == seconds


async def test_a_stream_without_a_yield_is_not_in_time() -> None:
    """Nothing that was yielded is nothing that was delivered."""
    assert in_time_s(Gradstream(), Begun(0, recorded((1, b"event: queued\ndata: {}")), 0)) == 0
