"""Messages of runs are sent in order, without needless waiting, and appended texts are merged."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from gradstream.components.types import UnusableYieldError
from gradstream.events import codec
from gradstream.events.types import Append, Record, Set
from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES, Blob, Ended, Ending, Events
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.growth import MERGED_LENGTH, GrowingText
from gradstream.worker.sending.outbox import LARGE_BYTES, Outbox, RunOutbox
from tests.patience import PATIENCE_S
from tests.unit.worker.ends import Ends, open_ends


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Return both ends of a channel."""
    with open_ends() as opened:
        yield opened


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a loop that does not run: nothing is ever flushed by its turns."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


def set_to(value: object) -> Record:
    """Return an event."""
    return codec.record(Set(output="out", value=value))


def grown(events: Events) -> list[str]:
    """Return the texts of append events."""
    decoded = [codec.event(record) for record in events.records]
    return [event.text for event in decoded if isinstance(event, Append)]


def run_of(ends: Ends, loop: asyncio.AbstractEventLoop, flow: FlowControl | None = None) -> RunOutbox:
    """Return the outbox of a run in a thread."""
    return RunOutbox("r", outbox=Outbox(ends.channel, loop), flow=flow or FlowControl(), in_loop=False)


def test_events_of_a_thread_are_written_at_once(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """Each event is on its way when `put` returns."""
    outbox = run_of(ends, loop)
    for value in range(3):
        outbox.send(set_to(value))
        assert ends.next() == Events(run="r", records=(set_to(value),))


def test_a_value_that_fits_into_no_frame_is_refused(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """It is refused where it comes from, and the longest that fits is sent."""
    outbox = run_of(ends, loop)
    with pytest.raises(UnusableYieldError, match=r"a value of 70 MB; one has at most 67\.1 MB"):
        outbox.send_blob(bytes(70_000_000), "image/png")
    outbox.send_blob(bytes(WORKER_LIMITS.value_bytes), "image/png")
    parts: list[bytes] = []
    outbox.drain_to(parts)
    assert sum(map(len, parts)) > WORKER_LIMITS.value_bytes


def test_texts_that_grow_are_merged(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """The first piece does not wait; those that follow at once are one event, sent without a further call."""
    outbox = run_of(ends, loop)
    for piece in "abcdef":
        outbox.grow(GrowingText.of("out", piece))
    first, *others = [ends.next() for _ in range(2)]
    assert isinstance(first, Events)
    assert grown(first) == ["a"]
    rest = [text for events in others if isinstance(events, Events) for text in grown(events)]
    while "".join(rest) != "bcdef":
        events = ends.next()
        assert isinstance(events, Events)
        rest += grown(events)
    assert len(rest) < 5


def test_merging_never_crosses_another_event(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """Order is kept between outputs and kinds of events, and a set sends what waits before it."""
    outbox = run_of(ends, loop)
    outbox.grow(GrowingText.of("out", "a"))
    outbox.grow(GrowingText.of("out", "b"))
    outbox.grow(GrowingText.of("other", "c"))
    outbox.grow(GrowingText.of("out", "d"))
    outbox.send(set_to("e"))
    told: list[Record] = []
    while len(told) < 5:
        events = ends.next()
        assert isinstance(events, Events)
        told += events.records
    assert [(record.type, record.output) for record in told] == [
        ("append", "out"),
        ("append", "out"),
        ("append", "other"),
        ("append", "out"),
        ("set", "out"),
    ]


def test_a_long_piece_is_an_event_of_its_own(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """Merging is for small pieces: a long text is encoded where it was made."""
    outbox = run_of(ends, loop)
    outbox.grow(GrowingText.of("out", "a"))
    outbox.grow(GrowingText.of("out", "x" * (MERGED_LENGTH + 1)))
    assert isinstance(ends.next(), Events)
    events = ends.next()
    assert isinstance(events, Events)
    assert [len(text) for text in grown(events)] == [MERGED_LENGTH + 1]


def test_big_values_come_once_and_first(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """A blob is sent before the event that refers to it, and equal bytes are not sent again."""
    outbox = run_of(ends, loop)
    digest = outbox.send_blob(b"picture", "image/png")
    outbox.send(set_to(digest))
    assert outbox.send_blob(b"picture", "image/png") == digest
    outbox.send(set_to(digest))
    assert ends.take(3) == [
        Blob(run="r", digest=digest, mime="image/png", data=b"picture"),
        Events(run="r", records=(set_to(digest),)),
        Events(run="r", records=(set_to(digest),)),
    ]


def test_a_big_value_is_sent_again_when_the_server_may_have_dropped_it(
    ends: Ends, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what was sent, the newest that fit into a bound are remembered."""
    monkeypatch.setattr("gradstream.worker.sending.outbox.KEPT_BLOB_BYTES", 2)
    outbox = run_of(ends, loop)
    for data in (b"a", b"b", b"c", b"b", b"a"):
        outbox.send_blob(data, "m")
    parts: list[bytes] = []
    outbox.drain_to(parts)
    assert [part[-1:] for part in parts[1::2]] == [b"a", b"b", b"c", b"a"]


def test_the_end_comes_last(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """What waits to be merged is sent before the end."""
    outbox = run_of(ends, loop)
    outbox.grow(GrowingText.of("out", "a"))
    outbox.grow(GrowingText.of("out", "b"))
    ended = Ended(run="r", ending=Ending())
    outbox.end(ended)
    told = ends.take(3)
    assert told[-1] == ended
    assert [text for events in told if isinstance(events, Events) for text in grown(events)] == ["a", "b"]


def test_bytes_are_counted(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """Credit is spent by what is written, blobs included."""
    flow = FlowControl()
    outbox = run_of(ends, loop, flow)
    outbox.send(set_to("x" * (INITIAL_CREDIT_BYTES // 2)))
    assert not flow.must_check
    outbox.send_blob(bytes(INITIAL_CREDIT_BYTES // 2), "m")
    outbox.send(set_to(1))
    assert flow.must_check


def test_many_threads_write_whole_frames_in_their_order(ends: Ends, loop: asyncio.AbstractEventLoop) -> None:
    """A thread that writes for others loses nothing and keeps the order."""
    shared = Outbox(ends.channel, loop)
    runs = [RunOutbox(str(number), outbox=shared, flow=FlowControl(), in_loop=False) for number in range(20)]

    def tell(run: RunOutbox) -> None:
        for value in range(50):
            run.send(set_to(value))

    threads = [threading.Thread(target=tell, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    told: dict[str, list[Record]] = {str(number): [] for number in range(20)}
    while any(len(records) < 50 for records in told.values()):
        events = ends.next()
        assert isinstance(events, Events)
        told[events.run] += events.records
    for thread in threads:
        thread.join()
    assert all(records == [set_to(value) for value in range(50)] for records in told.values())


async def test_tasks_write_once_a_turn(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first event goes at once, later ones together at the loop's next turn, large ones at once."""
    # On a busy machine this task itself may block the loop for as long as makes the other thread write.
    monkeypatch.setattr("gradstream.worker.sending.outbox.WATCH_S", PATIENCE_S)
    outbox = Outbox(ends.channel, asyncio.get_running_loop())
    run = RunOutbox("r", outbox=outbox, flow=FlowControl(), in_loop=True)
    run.send(set_to(1))
    assert ends.next() == Events(run="r", records=(set_to(1),))
    run.send(set_to(2))
    run.send(set_to(3))
    turns = outbox.turns
    await asyncio.sleep(0)
    assert outbox.turns == turns + 1
    assert ends.next() == Events(run="r", records=(set_to(2), set_to(3)))
    large = set_to("x" * LARGE_BYTES)
    run.send(set_to(4))
    run.send(large)
    assert ends.next() == Events(run="r", records=(set_to(4), large))


async def test_other_threads_do_not_wait_for_the_loop(ends: Ends) -> None:
    """What an encoder's thread sends for a run in the loop is written at once."""
    run = RunOutbox(
        "r", outbox=Outbox(ends.channel, asyncio.get_running_loop()), flow=FlowControl(), in_loop=True
    )
    run.send(set_to(1))
    thread = threading.Thread(target=run.send, args=(set_to(2),))
    thread.start()
    thread.join()
    assert ends.take(2) == [Events(run="r", records=(set_to(value),)) for value in (1, 2)]
