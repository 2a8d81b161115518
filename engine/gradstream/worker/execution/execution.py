"""One run inside the worker: everything between its order and the calls that drive its generator.

    RunOrder + LoadedAction -> arguments -> call -> result --sync_run | async_run--> Yields -> ... -> Ended

The drivers differ in how they wait; what they have in common is here.
"""

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from msgspec import convert
from msgspec.structs import asdict

from gradstream import authoring
from gradstream.authoring import progress_report
from gradstream.components.registry import input_kind
from gradstream.components.types import UnusableInputError
from gradstream.format.fields import fields_of
from gradstream.format.generator.binding import Filled, arguments
from gradstream.format.types import Input, Output
from gradstream.format.values import Plain
from gradstream.ipc.framing import pack
from gradstream.ipc.protocol import Ended, Ending, RunOrder
from gradstream.media.types import Codec
from gradstream.redaction.mask import mask_of
from gradstream.worker.execution.failures import Failures
from gradstream.worker.execution.forks import end_fork
from gradstream.worker.execution.leftovers import Leftovers
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.execution.run_context import WorkerRunContext
from gradstream.worker.execution.validation import validate
from gradstream.worker.execution.variables import forget_variables, variables_of
from gradstream.worker.loading.importer import LoadedAction, LoadedDemo
from gradstream.worker.loading.module_settings import set_arguments
from gradstream.worker.outputs.blob_store import RunStore
from gradstream.worker.outputs.conversation import Conversation, read_conversation
from gradstream.worker.outputs.kept_state import keep_state
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.outputs.properties import Properties
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.outputs.stream_writer import StreamWriter
from gradstream.worker.outputs.writer import Writer, WriterContext
from gradstream.worker.outputs.writers import make_chat_writer, make_field_writer, make_writer
from gradstream.worker.outputs.yields import Yields
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import Outbox, RunOutbox


class Execution:
    """The execution of an order. `interrupt`, if set, ends what the driver waits for.

    `fail` records a failure, from any thread; the first one is reported. `stall` ends a run whose machinery
    has stood still.
    """

    def __init__(
        self,
        order: RunOrder,
        *,
        loaded: LoadedDemo,
        outbox: Outbox,
        encoders: Executor,
        streamers: Executor,
        outside: OutsideLog,
        prints: PrintSource,
        leftovers: Leftovers,
    ) -> None:
        self.order = order
        self.began_ns = time.time_ns()
        self.loaded = loaded
        self.action: LoadedAction = loaded.actions[order.action]
        self.flow = FlowControl(loaded.limits)
        self.context = variables_of(loaded)
        self.interrupt: Callable[[], None] | None = None
        self.before_end: Callable[[], None] | None = None
        """Called before the end is reported."""
        self._was_canceled = False
        self._is_fork = False
        self._failures = Failures(loaded.demo, self.flow)
        self.fail: Callable[[BaseException], None] = self._failures.add
        self.stall = self._failures.stall
        self._outbox = RunOutbox(order.run, outbox=outbox, flow=self.flow, in_loop=self.action.is_async)
        self._delivery = OrderedDelivery(encoders=encoders, flow=self.flow, failed=self.fail)
        self._steps = Steps(delivery=self._delivery, outbox=self._outbox)
        self.run_context = WorkerRunContext(
            folder=order.folder,
            flow=self.flow,
            delivery=self._delivery,
            outbox=self._outbox,
            secrets=loaded.demo.secrets,
            outside=outside,
            prints=prints,
            call_at=outbox.channel.call_at,
        )
        if loaded.demo.progress == "tqdm":
            self.run_context.show_bars()
        self._store = RunStore(self._outbox, warn=self.run_context.warn, limits=loaded.limits)
        self._streams: list[StreamWriter] = []
        self._writer_context = self._make_writer_context(streamers, outbox.channel.call_at)
        self._conversation: Conversation | None = None
        self._take_no_yields()
        if not self.prepares_slowly:
            self._open()
        self.context.run(authoring.enter, self.run_context)
        self._prints = prints
        self._outside = outside
        self._leftovers = leftovers
        leftovers.begin(self.run_context)

    @property
    def prepares_slowly(self) -> bool:
        """Whether files must be read to decode the inputs, or functions of the developer's be called."""
        return bool(self.loaded.validators) or any(
            input_kind(field.kind).takes_file or input_kind(field.kind).files_key for field in self._fields
        )

    @property
    def is_alone(self) -> bool:
        """Whether no other run can be in the process at the same time."""
        return self.loaded.demo.limits.concurrency == 1 and self.loaded.demo.worker.shared is None

    def cancel(self) -> None:
        """Ask the generator to end, from any thread."""
        self._was_canceled = True
        self.flow.stop(drop=True)
        if self.interrupt is not None:
            self.interrupt()

    def prepare(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of the call, and set those of the process.

        Raises UnusableInputError, RefusedInputsError, and what validators raise.
        """
        if self.prepares_slowly:
            self._open()
        set_arguments(self.action.arguments)
        values = self._decode()
        validate(self.loaded.validators, values, session=self.order.session)
        return arguments(
            self.action.binding,
            values=values,
            constants=copy.deepcopy(dict(self.action.action.constants)),
            state=copy.deepcopy(self._yields.state),
            liked=self.order.liked,
            filled=Filled(
                history=self._conversation.copy_history() if self._conversation else [],
                progress=progress_report.progress,
                event=None if self.order.event is None else asdict(self.order.event),
                session=copy.deepcopy(self.order.session),
            ),
        )

    def complete(self) -> None:
        """Send what is known only after the generator has succeeded. Raises UnusableYieldError."""
        self.run_context.flush()
        self._yields.finish()

    def leave(self) -> None:
        """Belong to the process of which this one is a fork; called in the fork, where nobody else runs."""
        self.flow.leave()
        self._is_fork = True
        self.fail = self._end_fork
        self.handle_yield = self._take_in_fork

    def _take_in_fork(self, value: Any, *, is_last: bool = False) -> None:
        self._end_fork()

    def _end_fork(self, error: BaseException | None = None) -> None:
        end_fork(error, secrets=self.loaded.demo.secrets)

    def end_streams(self) -> None:
        """Queue the end of the streams of sound and video, which is reached when everything is encoded."""
        if self._is_fork:
            self._end_fork()
        for stream in self._streams:
            stream.end()

    def report_end(self) -> None:
        """Send, as the last message, how the run ended, and before it release all that the generator had.

        Raises nothing: a run whose end is not reported would occupy its slot for ever.
        """
        ended = self._safely_conclude()
        if self._was_canceled and self._failures.first is not None and not self._failures.is_interruption:
            self._outside.raised(self.order.run, self._failures.first.message)
        self._end_leftovers(succeeded=ended.ending.fault is None and not ended.ending.canceled)
        self._release()
        self._prints.close()
        if self.before_end is not None:
            with suppress(Exception):
                # Whatever it meets, the end of the run is reported.
                self.before_end()
        self._outbox.end(ended)

    def _end_leftovers(self, *, succeeded: bool) -> None:
        title = f"run {self.order.run} of {self.order.demo}"
        roots = [root for action in self.loaded.demo.actions for root in action.generator.roots]
        with suppress(Exception):
            # Whatever a system refuses here, the end of the run is reported.
            self._leftovers.end(self.run_context, title=title, roots=roots, succeeded=succeeded)

    def _release(self) -> None:
        """Keep none of the developer's values: the server may start the next run at once, on the same GPU.

        Nothing here waits for Python's collector of circles, which may come much later.
        """
        self._take_no_yields()
        self._streams = []
        self._conversation = None
        self.interrupt = None
        self.run_context.close()
        forget_variables(self.loaded)

    def _safely_conclude(self) -> Ended:
        """Return how the run ended; an exception meanwhile is a failure of the run as well."""
        try:
            self._yields.flush()
            self.run_context.flush()
            ended = self._conclude()
            # Packed here once, where a failure can still be reported; later the end would be lost.
            pack(ended)
        except BaseException as problem:  # noqa: BLE001 (the developer's values may raise anything)
            self.fail(problem)
            return self._ended()
        return ended

    def _conclude(self) -> Ended:
        state: Mapping[str, Any] | None = None
        if self._failures.first is None and not self._was_canceled and self.loaded.demo.state:
            state = keep_state(
                self._yields.state, warn=self._store.warn, most_bytes=self.flow.limits.own_state_bytes
            )
        return self._ended(state=state)

    def _ended(self, *, state: Mapping[str, Any] | None = None) -> Ended:
        failure = None if self._was_canceled else self._failures.first
        ending = Ending(
            canceled=self._was_canceled,
            fault=failure.fault if failure else None,
            message=failure.message if failure else "",
            detail=failure.detail if failure else None,
            inputs=failure.inputs if failure else {},
            state=state,
            stalled=self._failures.has_stalled,
        )
        return Ended(run=self.order.run, ending=ending)

    def _open(self) -> None:
        """Make the writers, and show what the visitor says.

        The files of a message are read meanwhile: that is done in the run's own thread, as decoding is.
        """
        self._conversation = self._read_conversation()
        self._yields = self._make_yields(self._writer_context)
        self.handle_yield = self._yields.take

    def _take_no_yields(self) -> None:
        self._yields = Yields({}, step=self._steps.together, state={}, bound_state=[], warn=self._store.warn)
        self.handle_yield = self._yields.take

    def _read_conversation(self) -> Conversation | None:
        chat = self.loaded.demo.chat
        if chat is None:
            return None
        written = next((each for each in self._fields if each.name == chat.message), None)
        content = None
        if written is not None and written.name in self.order.values:
            content = input_kind(written.kind).content(self.order.values[written.name])
        return read_conversation(chat, history=self.order.history, content=content)

    def _make_writer_context(
        self, stream_threads: Executor, call_at: Callable[[float, Callable[[], None]], None]
    ) -> WriterContext:
        return WriterContext(
            run=self.order.run,
            outbox=self._outbox,
            steps=self._steps,
            flow=self.flow,
            store=self._store,
            stream_threads=stream_threads,
            accepts=convert(self.order.accepts, tuple[Codec, ...]),
            call_at=call_at,
            failed=self.fail,
            warn=self.run_context.warn,
            mask=mask_of(self.loaded.demo.secrets),
            exact=self.order.exact,
        )

    def _make_yields(self, context: WriterContext) -> Yields:
        outputs = {output.name: output for output in self.loaded.demo.outputs}
        fields = {field.name: field for field in self.loaded.demo.inputs}
        conversation = self._conversation
        components: dict[str, Input | Output] = {**fields, **outputs}
        properties = Properties(
            {name: components[name] for name in self.action.binding.outputs},
            send=self._steps.send,
            mask=context.mask,
        )
        writers: dict[str, Writer] = {}
        for name in self.action.binding.outputs:
            if conversation is not None and name == conversation.output:
                writers[name] = make_chat_writer(outputs[name], context, conversation=conversation)
            elif name not in outputs:
                writers[name] = make_field_writer(name, context, properties=properties)
            else:
                writers[name] = make_writer(outputs[name], context)
        self._streams = [writer for writer in writers.values() if isinstance(writer, StreamWriter)]
        state = {**self.loaded.demo.state, **self.order.state}
        bound = [one.name for one in self.action.binding.arguments if one.source == "state"]
        return Yields(
            writers,
            step=self._steps.together,
            state=state,
            bound_state=bound,
            returns=self.action.action.returns,
            properties=properties,
            warn=self._store.warn,
        )

    def _decode(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in self._fields:
            given: Plain = self.order.values.get(field.name, field.default)
            try:
                values[field.name] = input_kind(field.kind).decode(given, field)
            except UnusableInputError as error:
                error.input = field.name
                raise
        return values

    @property
    def _fields(self) -> Sequence[Input]:
        return fields_of(self.action.binding.inputs, self.loaded.demo)
