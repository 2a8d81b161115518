"""What a run sends beside its values: the generator waits in it for room, the worker itself never does."""

import asyncio
import math
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Literal, cast

import pytest
from msgspec.structs import replace

from gradstream import authoring
from gradstream.components.outputs.delivery import StreamChunks
from gradstream.components.registry import output_kind
from gradstream.events import codec
from gradstream.events.types import Log, Progress
from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES, Blob, Ended, Ending, Events, WorkerLog
from gradstream.limits import WORKER_LIMITS
from gradstream.redaction.mask import mask_of
from gradstream.worker.execution.execution import Execution
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.execution.run_context import WorkerRunContext
from gradstream.worker.execution.sync_run import iterate
from gradstream.worker.loading.late_imports import LateImports, LateRun
from gradstream.worker.loading.module_files import SourceFiles
from gradstream.worker.outputs.blob_store import RunStore
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.outputs.stream_writer import StreamWriter, make_stream_writer
from gradstream.worker.outputs.writer import WriterContext
from gradstream.worker.outputs.writers import make_writer
from gradstream.worker.outputs.yields import Yields
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.sending.flow_control import (
    FlowControl,
)
from gradstream.worker.sending.outbox import Outbox, RunOutbox
from gradstream.worker.threads import Threads
from tests.patience import PATIENCE_S
from tests.unit.components.fields import output
from tests.unit.worker.ends import Ends, open_ends
from tests.unit.worker.execution.callers import find_callers, present_callers
from tests.unit.worker.execution.remarks import REMARKS, Remark

EVENTS = WORKER_LIMITS.progress_events

CLOSED: dict[str, Callable[[FlowControl], None]] = {
    "credit": lambda flow: flow.spend(INITIAL_CREDIT_BYTES),
    "pictures": lambda flow: flow.set_queue(pictures=WORKER_LIMITS.waiting_pictures, events=0),
    "events": lambda flow: flow.set_queue(pictures=1, events=WORKER_LIMITS.waiting_events),
    "chunks": lambda flow: flow.add_chunks(WORKER_LIMITS.waiting_chunks),
}
"""Every reason for which a flow is closed."""

OPENED: dict[str, Callable[[FlowControl], None]] = {
    "credit": lambda flow: flow.grant(INITIAL_CREDIT_BYTES),
    "pictures": lambda flow: flow.set_queue(pictures=0, events=0),
    "events": lambda flow: flow.set_queue(pictures=0, events=0),
    "chunks": lambda flow: flow.add_chunks(-WORKER_LIMITS.waiting_chunks),
}
"""How each of them ends."""


class Surrounded:
    """A run's run_context and what surrounds it, with encoders of its own and a real channel."""

    def __init__(self, ends: Ends, loop: asyncio.AbstractEventLoop, encoders: Threads) -> None:
        self.ends = ends
        self.flow = FlowControl()
        self.outbox = RunOutbox("r", outbox=Outbox(ends.channel, loop), flow=self.flow, in_loop=False)
        self.failures: list[BaseException] = []
        self.outside: list[WorkerLog] = []
        self._delivery = OrderedDelivery(encoders=encoders, flow=self.flow, failed=self.failures.append)
        self.run_context = WorkerRunContext(
            folder=".",
            flow=self.flow,
            delivery=self._delivery,
            outbox=self.outbox,
            secrets=(),
            outside=OutsideLog(self.outside.append, secrets=set),
            prints=PrintSource(list[bytes]().append, demo="d", run="r"),
            call_at=ends.channel.call_at,
        )
        self.run_context.show_bars()
        self.callers: set[str] = set()
        self._encoders = encoders

    def warn(self, text: str) -> None:
        """Note where a warning comes from, and pass it on."""
        self.callers |= present_callers()
        self.run_context.warn(text)

    def context(self) -> WriterContext:
        """Return what writers need."""
        return WriterContext(
            run="r",
            outbox=self.outbox,
            steps=Steps(delivery=self._delivery, outbox=self.outbox),
            flow=self.flow,
            store=RunStore(self.outbox, warn=self.run_context.warn),
            stream_threads=self._encoders,
            accepts=("aac",),
            call_at=self.ends.channel.call_at,
            failed=self.failures.append,
            warn=self.warn,
            mask=mask_of(()),
        )

    def writer(self, remark: Remark) -> StreamWriter:
        """Return the writer of a stream that skips bad chunks."""
        # One that keeps its fragments, and so needs no credit itself.
        kept = replace(output(remark.kind, on_bad_chunk="skip", **remark.options), streaming=False)
        delivery = output_kind(remark.kind).delivery(replace(kept, updates="append"))
        assert isinstance(delivery, StreamChunks)
        return make_stream_writer(kept, streamer=delivery.streamer, context=self.context())

    def next(self) -> Log | Progress:
        """Return the next line or progress that was sent."""
        while True:
            message = self.ends.next()
            assert isinstance(message, Events | Blob)
            for record in message.records if isinstance(message, Events) else ():
                event = codec.event(record)
                if isinstance(event, Log | Progress):
                    return event


@pytest.fixture
def run() -> Iterator[Surrounded]:
    """Return a run's surroundings."""
    loop = asyncio.new_event_loop()
    with open_ends() as ends:
        surrounded = Surrounded(ends, loop, Threads(1, "encoder"))
        yield surrounded
        surrounded.flow.stop(drop=True)
    loop.close()


def finished(call: Callable[[], object]) -> bool:
    """Return whether a call returns in a thread of its own."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return not thread.is_alive()


RETURNS = {"worker/execution/sync_run.py: iterate"}
"""The function that warns of what a generator returns."""


IMPORTS = {"worker/loading/late_imports.py: LateImports._look"}
"""The function that warns of a file that was saved before a run imports it."""


OF_VALUES = {
    "worker/outputs/blob_store.py: RunStore.warn",
    "worker/outputs/writers.py: _remark",
    "worker/outputs/yields.py: Yields._keep",
}
"""The functions that warn of values that are not shown or kept as given."""


ORPHAN = {"role": "assistant", "content": "x", "metadata": {"title": "t", "parent_id": "nobody"}}
"""A thought in another one that is not there, which is remarked."""


HAND_OVER = {
    "worker/dispatcher.py: Dispatcher.__init__",
    "worker/dispatcher.py: Dispatcher._late_run",
    "worker/execution/execution.py: Execution.__init__",
    "worker/execution/execution.py: Execution._make_writer_context",
    "worker/execution/execution.py: Execution._make_yields",
    "worker/execution/execution.py: Execution._conclude",
    "worker/execution/execution.py: Execution._take_no_yields",
    "worker/outputs/blob_store.py: RunStore.__init__",
    "worker/outputs/yields.py: Yields.__init__",
    "worker/execution/execution.py: Execution.prepare",
    "worker/outputs/encoded_writer.py: EncodedWriter.__init__",
    "worker/outputs/encoded_writer.py: EncodedWriter._encode",
    "worker/outputs/stream_writer.py: StreamWriter.__init__",
    "worker/outputs/stream_writer.py: StreamWriter._add",
    "worker/outputs/stream_writer.py: StreamWriter._show_whole",
    "worker/progress/tqdm_bars.py: watch_bars",
}
"""Functions that let others send (writers, streams, the generator, what finds leftovers), or read a key."""


def test_every_caller_has_a_test() -> None:
    """A new use of `warn`, `log` or `progress` in the worker needs a test with a closed gate, below."""
    tested = {caller for remark in REMARKS.values() for caller in remark.callers} | RETURNS | IMPORTS
    tested |= OF_VALUES
    assert find_callers() == {caller for caller in tested if caller.startswith("worker/")} | HAND_OVER


@pytest.mark.parametrize("closed", CLOSED.values(), ids=list(CLOSED))
def test_a_warning_of_a_value_does_not_wait(run: Surrounded, closed: Callable[[FlowControl], None]) -> None:
    """What is not shown or kept as given is logged while the flow is closed, each text once."""
    chat = make_writer(output("chat"), run.context())
    chat.write([ORPHAN], is_last=True)
    closed(run.flow)
    store = RunStore(run.outbox, warn=run.run_context.warn)
    taker = Yields({}, step=nullcontext, state={"it": None}, bound_state=(), warn=store.warn)
    for _ in range(3):
        assert finished(partial(output_kind("number").encode, math.nan, output("number"), store))
        assert finished(partial(taker.take, {"it": (1, 2)}))
    assert finished(chat.finish)
    run.run_context.warn("last")
    lines = [run.next() for _ in range(4)]
    assert [line.text.partition(":")[0] for line in lines if isinstance(line, Log)] == [
        "output `it`",
        "state `it`",
        "output `it`",
        "last",
    ]


@pytest.mark.parametrize("closed", CLOSED.values(), ids=list(CLOSED))
@pytest.mark.parametrize("remark", REMARKS.values(), ids=list(REMARKS))
def test_a_warning_of_a_stream_does_not_wait(
    run: Surrounded, closed: Callable[[FlowControl], None], remark: Remark
) -> None:
    """Whatever an encoder warns of is sent while the flow is closed, and the encoder goes on."""
    closed(run.flow)
    writer = run.writer(remark)
    for value in remark.yields:
        assert finished(partial(writer.write, value, is_last=False))
    writer.end()
    found = False
    while not found:
        event = run.next()
        found = isinstance(event, Log) and event.level == "warning" and remark.words in event.text
    assert run.failures == []
    assert remark.callers <= run.callers


@pytest.mark.parametrize("updates", ["append", "replace"])
@pytest.mark.parametrize("name", ["damaged sound", "floats over 1"])
def test_a_whole_clip_warns_as_a_stream_does(
    run: Surrounded, name: str, updates: Literal["append", "replace"]
) -> None:
    """The only chunk of an ordinary function, and each one that replaces the last."""
    remark = REMARKS[name]
    (value,) = remark.yields
    writer = make_writer(replace(output(remark.kind), updates=updates), run.context())
    writer.write(value, is_last=True)
    event = run.next()
    assert isinstance(event, Log)
    assert (event.level, event.text[:13]) == ("warning", "output `it`: ")
    assert remark.words in event.text


class Bar:
    """What a bar of tqdm has."""

    def __init__(self) -> None:
        self.n, self.total, self.unit, self.desc, self.disable = 0, 10, "it", "", False


BAR = Bar()


def show_bar(run: Surrounded, index: int) -> None:
    """Draw a bar of tqdm."""
    BAR.n = index
    assert run.run_context.show_bar is not None
    run.run_context.show_bar(BAR)


def report(run: Surrounded, index: int) -> None:
    """Call `progress` as a generator does."""
    run.run_context.progress(index / 10, index=index, total=10, unit=None, description=None)


@pytest.mark.parametrize("closed", CLOSED.values(), ids=list(CLOSED))
@pytest.mark.parametrize("call", [show_bar, report])
def test_progress_does_not_wait(
    run: Surrounded, closed: Callable[[FlowControl], None], call: Callable[[Surrounded, int], None]
) -> None:
    """It is sent although the generator must wait at its yields, the last one by a timer's thread."""
    closed(run.flow)
    count = EVENTS + 10
    for index in range(count):
        assert finished(partial(call, run, index))
    events = [run.next()]
    while not (isinstance(events[-1], Progress) and events[-1].index == count - 1):
        events.append(run.next())
    assert [event.index for event in events[:EVENTS] if isinstance(event, Progress)] == list(range(EVENTS))


@pytest.mark.parametrize("closed", CLOSED.values(), ids=list(CLOSED))
def test_what_a_generator_returns_is_warned_of_at_a_closed_gate(
    run: Surrounded, closed: Callable[[FlowControl], None]
) -> None:
    """The generator has ended: the worker warns of its value without waiting for the server."""

    def generator() -> Generator[str, None, str]:
        yield "x"
        closed(run.flow)
        return "ignored"

    class Driven:
        """What `iterate` uses of an execution."""

        flow, run_context = run.flow, run

        @staticmethod
        def handle_yield(_: object) -> None:
            """Receive a yield."""

    assert finished(partial(iterate, cast("Execution", Driven()), generator()))
    event = run.next()
    assert isinstance(event, Log)
    assert event.text == "What the generator returns is ignored: yield it instead."
    assert run.callers >= RETURNS


@pytest.mark.parametrize("why", CLOSED)
@pytest.mark.parametrize("state", ["running", "failed"])
def test_the_generator_waits(run: Surrounded, why: str, state: str) -> None:
    """Lines and progress of the generator's threads wait until there is room, also after a failure."""
    CLOSED[why](run.flow)
    if state == "failed":
        run.flow.stop()
    order: list[str] = []

    def generator() -> None:
        run.run_context.progress(0.5, index=None, total=None, unit=None, description=None)
        run.run_context.log("on", level="info")
        order.append("sent")

    thread = threading.Thread(target=generator)
    thread.start()
    order.append("opened")
    OPENED[why](run.flow)
    thread.join(PATIENCE_S)
    assert order == ["opened", "sent"]
    assert [type(run.next()), type(run.next())] == [Progress, Log]


@pytest.mark.parametrize("why", CLOSED)
@pytest.mark.parametrize("ending", ["ended", "canceled"])
def test_nobody_waits_after_the_end(run: Surrounded, why: str, ending: str) -> None:
    """A thread that outlives its run is not held, and its lines are in the server's log."""
    CLOSED[why](run.flow)
    waits = threading.Thread(target=run.run_context.log, args=("waits",), kwargs={"level": "info"})
    waits.start()
    if ending == "canceled":
        run.flow.stop(drop=True)
        waits.join(PATIENCE_S)
    run.run_context.close()
    waits.join(PATIENCE_S)
    assert not waits.is_alive()
    run.outbox.end(Ended(run="r", ending=Ending()))
    run.run_context.progress(0.5, index=None, total=None, unit=None, description=None)
    run.run_context.log("late", level="error")
    (line,) = [line for line in run.outside if "late" in line.text]
    assert (line.level, line.text) == ("error", "thread MainThread: `log` after the end of its run: late")


@pytest.mark.parametrize("closed", CLOSED.values(), ids=list(CLOSED))
def test_a_warning_of_a_late_import_does_not_wait(
    run: Surrounded, tmp_path: Path, closed: Callable[[FlowControl], None]
) -> None:
    """A file that is newer than its run is logged while the flow is closed, and an older one is not."""
    file = tmp_path / "late_part.py"
    file.write_text("")
    reported: list[str] = []
    moments = {"older": 2**62, "newer": 0}

    def look(moment: str) -> None:
        late = LateRun(
            demo="a", imported_ns=moments[moment], began_ns=moments[moment], warn=run.run_context.warn
        )
        finder = LateImports(sources=SourceFiles(), report=reported.append, run_of=lambda _: late)
        undo = authoring.enter(run.run_context)
        for name in ("late_part", "missing", "json"):
            assert (
                finder.find_spec(name, [str(tmp_path), "/usr/lib/python3/dist-packages", "relative"]) is None
            )
        undo()

    closed(run.flow)
    for moment in moments:
        assert finished(partial(look, moment))
    assert reported == [str(file)] * 2
    line = run.next()
    assert isinstance(line, Log)
    assert line.text.startswith("late_part.py was saved after the code of this run of a had been imported")
