"""What one yield changes is one step, whatever its outputs are and whatever is sent beside it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from gradstream.authoring import skip
from gradstream.components.types import Store, UnusableYieldError
from gradstream.events import codec
from gradstream.events.feed import Feed
from gradstream.events.fold import Fold, fold
from gradstream.events.journal import Journal
from gradstream.events.types import Log, Record, SegmentAdded
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.ipc.protocol import Ended, Ending, Events
from gradstream.redaction.mask import Mask, mask_of
from gradstream.worker.outputs.blob_store import RunStore
from gradstream.worker.outputs.encoded_writer import EncodedWriter
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.outputs.writer import Writer, WriterContext
from gradstream.worker.outputs.writers import make_writer
from gradstream.worker.outputs.yields import Yields
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import Outbox, RunOutbox
from tests.patience import PATIENCE_S
from tests.unit.components.fields import output
from tests.unit.worker.ends import Ends, open_ends

NO_SECRETS = mask_of(())


class SlowPicture:
    """Fulfils `delivery.Encoder`: takes now longer, now shorter, and is exact the second time."""

    def snapshots(self, output: Output, warn: Callable[[str], None]) -> Callable[[Any], Any]:
        """Return what returns the value itself."""
        return lambda value: value

    def is_lossy(self, snapshot: Any, output: Output) -> bool:
        """Return that the fast version is not the exact one."""
        return True

    def compress(
        self,
        snapshot: Any,
        output: Output,
        store: Store,
        *,
        exact: bool,
        warn: Callable[[str], None] | None,
    ) -> Plain:
        """Return the value after a while."""
        if snapshot == "unusable":
            raise UnusableYieldError("not a picture")
        time.sleep(snapshot % 3 / 1000)
        return snapshot


class Run:
    """A worker's half of a run, from its yields to the messages on the channel."""

    def __init__(
        self,
        ends: Ends,
        loop: asyncio.AbstractEventLoop,
        encoders: ThreadPoolExecutor,
        *,
        mask: Mask = NO_SECRETS,
    ) -> None:
        self.ends = ends
        self.flow = FlowControl()
        self.outbox = RunOutbox("r", outbox=Outbox(ends.channel, loop), flow=self.flow, in_loop=False)
        self.failures: list[BaseException] = []
        self._delivery = OrderedDelivery(encoders=encoders, flow=self.flow, failed=self.failures.append)
        self._context = WriterContext(
            run="r",
            outbox=self.outbox,
            steps=Steps(delivery=self._delivery, outbox=self.outbox),
            flow=self.flow,
            store=RunStore(self.outbox, warn=lambda _: None),
            stream_threads=encoders,
            accepts=("aac",),
            call_at=ends.channel.call_at,
            failed=self.failures.append,
            warn=lambda _: None,
            mask=mask,
        )

    def yields(self, names: Mapping[str, Output]) -> Yields:
        """Return what takes the yields for these outputs; an image is encoded slowly."""
        return Yields(
            {name: self._writer(name, of) for name, of in names.items()},
            step=self._context.steps.together,
            state={},
            bound_state=(),
            warn=self._context.warn,
        )

    def tell_beside(self) -> None:
        """Send what other threads send: lines, and segments of a stream."""
        line = codec.record(Log(level="info", text="beside"))
        for number in range(20):
            self._delivery.deliver(lambda: self.outbox.send(line))
            segment = SegmentAdded(output="sound", index=number, start_s=0.0, duration_s=1.0)
            self.outbox.send(codec.record(segment))

    def sent(self) -> list[list[Record]]:
        """Return everything that was sent, by message, once everything is encoded."""
        self.flow.drain_in_thread()
        self.outbox.end(Ended(run="r", ending=Ending()))
        messages = []
        while not isinstance(message := self.ends.next(), Ended):
            if isinstance(message, Events):
                messages.append(list(message.records))
        return messages

    def _writer(self, name: str, of: Output) -> Writer:
        if of.kind == "image":
            return EncodedWriter(replace(of, name=name), encoder=SlowPicture(), context=self._context)
        return make_writer(replace(of, name=name), self._context)


@pytest.fixture(scope="module")
def encoders() -> Iterator[ThreadPoolExecutor]:
    """Return as many threads as a worker has for pictures."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a loop that does not run."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


OUTPUTS = {
    "words": output("text"),
    "image": output("image"),
    "rows": output("table"),
    "chat": output("chat"),
    "number": output("number"),
    "other": output("image"),
    "log": replace(output("text"), updates="append"),
    "items": replace(output("json"), updates="append"),
    "held": replace(output("text"), streaming=False),
    "gathered": replace(output("text"), streaming=False, updates="append"),
    "list": replace(output("json"), streaming=False, updates="append"),
}


def value_of(name: str, number: int) -> Any:
    """Return what is yielded for an output at a step."""
    match name:
        case "words":
            return "x" * (number % 40)
        case "rows":
            return [[index] for index in range(number % 7)]
        case "chat":
            return "y" * number
        case "log" | "gathered" | "held":
            return f"{number} "
        case _:
            return number


def shown(state: dict[str, Any], name: str, number: int) -> dict[str, Any]:
    """Return the state after one value was yielded for one output."""
    value = value_of(name, number)
    match name:
        case "rows":
            new: Any = {"columns": ["1"] if value else [], "rows": value}
        case "chat":
            new = [{"role": "assistant", "content": value}]
        case "log" | "gathered":
            new = state.get(name, "") + value
        case "items" | "list":
            new = [*state.get(name, []), value]
        case _:
            new = value
    return {**state, name: new}


HELD = {"held", "gathered", "list"}

steps = st.lists(st.lists(st.sampled_from(sorted(OUTPUTS)), max_size=6, unique=True), max_size=12)


@settings(deadline=None, max_examples=60)
@given(steps, st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_readers_see_what_was_yielded_together(
    encoders: ThreadPoolExecutor, loop: asyncio.AbstractEventLoop, changes: list[list[str]], sizes: list[int]
) -> None:
    """After each read of a feed, in whatever pieces, the outputs are those after some yield."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        yields = run.yields(OUTPUTS)
        beside = threading.Thread(target=run.tell_beside)
        beside.start()
        state: dict[str, Any] = {}
        allowed: list[dict[str, Any]] = [{}]
        for number, names in enumerate(changes, 1):
            yields.take({name: value_of(name, number) for name in names})
            for name in names:
                state = shown(state, name, number)
            allowed.append({name: value for name, value in state.items() if name not in HELD})
        yields.finish()
        allowed.append(state)
        beside.join()
        sent = run.sent()
    assert run.failures == []
    journal, fold = Journal(max_events=30), Fold()
    early = Feed(journal)
    for records in sent:
        for start in range(0, len(records), 3):
            journal.append(records[start : start + 3])
            for entry in early.read(max_bytes=sizes[start % len(sizes)]):
                fold.apply(entry)
            assert seen(fold) in allowed
    while entries := early.read(max_bytes=sizes[0]):
        for entry in entries:
            fold.apply(entry)
        assert seen(fold) in allowed
    assert seen(fold) == state


def seen(fold: Fold) -> dict[str, Any]:
    """Return the outputs as a reader has them, without the stream beside them."""
    return {name: json.decode(raw) for name, raw in fold.outputs().items() if name != "sound"}


def types_and_marks(records: list[Record]) -> list[tuple[str | None, bool]]:
    """Return each event's output, and whether its step goes on."""
    return [(record.output, record.more) for record in records]


def test_one_output_is_never_marked(loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor) -> None:
    """A yield that changes one output of several, or a demo with one output, costs no field."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        taker = run.yields({"number": output("number"), "words": output("text")})
        taker.take({"number": 1})
        taker.take((2, skip))
        taker.take((skip, "a"))
        taker.take({"words": "ab"})
        taker.finish()
        records = [record for message in run.sent() for record in message]
    assert types_and_marks(records) == [
        ("number", False),
        ("number", False),
        ("words", False),
        ("words", False),
    ]
    assert not any(b"more" in record.body for record in records)
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        taker = run.yields({"list": OUTPUTS["list"]})
        for number in range(3):
            taker.take(number)
        taker.finish()
        assert not any(record.more for message in run.sent() for record in message)


@pytest.mark.parametrize("bad", [{"number": 1, "words": b"bytes"}, {"words": "a", "number": "no"}])
def test_nothing_of_a_yield_that_fails_is_sent(
    bad: dict[str, Any], loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor
) -> None:
    """The values before the unusable one are not shown without it."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        taker = run.yields({"number": output("number"), "words": output("text")})
        with pytest.raises(UnusableYieldError, match=r"output `(words|number)`: "):
            taker.take(bad)
        assert run.sent() == []


def test_nothing_of_a_yield_with_a_broken_picture_is_sent(
    loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor
) -> None:
    """A picture that cannot be encoded takes its yield with it; what came before stays."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        taker = run.yields({"words": output("text"), "image": output("image")})
        taker.take(("one", 1))
        taker.take(("two", "unusable"))
        records = [record for message in run.sent() for record in message]
    assert types_and_marks(records) == [("words", True), ("image", False)]
    assert [str(failure) for failure in run.failures] == ["output `image`: not a picture"]


def test_a_text_that_is_held_is_few_events(
    loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor
) -> None:
    """A hundred thousand pieces of a text that is shown at the end are one event."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        taker = run.yields({"gathered": OUTPUTS["gathered"], "number": output("number")})
        for _ in range(100_000):
            taker.take({"gathered": "ab"})
        taker.finish()
        assert [len(message) for message in run.sent()] == [1]


@pytest.mark.parametrize("kind", ["text", "table"])
def test_a_yield_that_changes_one_of_two_outputs_is_merged(
    kind: str, loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What grows fast costs few events, also where a demo has other outputs; a whole step is never merged."""
    monkeypatch.setattr("gradstream.worker.sending.outbox.MERGE_S", PATIENCE_S)
    outputs = {"grows": replace(output(kind), updates="append"), "other": output("text")}
    with open_ends() as ends:
        run = Run(ends, loop, encoders)
        yields = run.yields(outputs)
        for number in range(10):
            yields.take({"grows": [[number]] if kind == "table" else f"{number} "})
        yields.take({"grows": [[10]] if kind == "table" else "10 ", "other": "end"})
        records = [record for message in run.sent() for record in message]
    assert [(record.output, record.more) for record in records] == [
        ("grows", False),
        ("grows", False),
        ("grows", True),
        ("other", False),
    ]
    shown = json.decode(fold(records).outputs["grows"])
    assert len(shown["rows"] if kind == "table" else shown.split()) == 11
