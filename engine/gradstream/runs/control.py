"""What controls one run while it goes on: its stage, slot, timers and readers. Fulfils `RunSink`.

    engine --starting, running, records, blob, part, ended--> RunControl --events, files--> StoredRun
    visitor, timer, shutdown --stop, fail--> RunControl --cancel--> slot

A run is over with its terminal event; its slot is free only when the engine has called `ended`. After that
nothing refers to the control any more, itself included: it and its inputs are freed at once, not when Python
next searches for garbage, and only the stored run is kept.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from gradstream.engines.contract import Engine, ImportedCode, Slot, Stored
from gradstream.errors import Fault
from gradstream.events import codec
from gradstream.events.types import (
    Canceled,
    CanceledBy,
    Event,
    Failed,
    Log,
    Queued,
    Record,
    Running,
    Starting,
    StreamBegun,
    Succeeded,
)
from gradstream.format.types import Demo, OnDisconnect
from gradstream.ipc.prints import PrintStream
from gradstream.ipc.protocol import Ending, RunOrder, StreamPart
from gradstream.limits import Limits
from gradstream.runs.blobs import TooManyBlobsError, find_digests
from gradstream.runs.disk import InOrder
from gradstream.runs.lifecycle import ENDS, Stage, advance
from gradstream.runs.readers import Readers, waits
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import BrokenStreamError

log = logging.getLogger(__name__)

INTERNAL_ERROR = "Internal error; the server's log has more"


class RunControl:
    """Made by `RunService`, which passes what to call at the terminal event and when the slot is free.

    `unable` is why the run cannot start: its folder could not be made.
    """

    def __init__(
        self,
        run: StoredRun,
        order: RunOrder,
        *,
        limits: Limits,
        on_disconnect: OnDisconnect | None,
        unable: Exception | None,
        steps: InOrder,
        on_over: Callable[["RunControl"], None],
        on_freed: Callable[["RunControl", Ending], None],
    ) -> None:
        self.run = run
        self.order = order
        self.readers = Readers(
            *waits(run.record.demo, on_disconnect),
            first_reader_s=limits.first_reader_s,
            most_silent=limits.silent_readers,
            left=lambda: self.stop("left"),
        )
        self._max_bytes = limits.run_bytes
        self._unable = unable
        self._steps = steps
        self._on_over = on_over
        self._on_freed = on_freed
        self._stage = Stage.NEW
        self._slot: Slot | None = None
        self._running_since: float | None = None
        self._timeout: asyncio.TimerHandle | None = None
        self._has_ended = False

    @property
    def id(self) -> str:
        """The key to this run."""
        return self.run.id

    @property
    def demo(self) -> Demo:
        """The demo as it was when the run was created."""
        return self.run.record.demo

    @property
    def is_over(self) -> bool:
        """Whether the terminal event is in the journal."""
        return self._stage in ENDS

    @property
    def imported(self) -> ImportedCode | None:
        """What the run's worker has imported so far; None while it has none."""
        return None if self._slot is None else self._slot.imported

    @property
    def has_succeeded(self) -> bool:
        """Whether the generator came to its own end."""
        return self._stage is Stage.SUCCEEDED

    def start(self, engine: Engine) -> None:
        """Start in a free slot; a run that cannot start fails and frees the slot."""
        if self._unable is not None:
            self._note_unable(self._unable)
            return
        try:
            self._slot = engine.start(self.demo, self.order, self)
        except Exception as error:  # noqa: BLE001 (whatever it is: the slot is given back)
            self._note_unable(error)
        else:
            if self.is_over:
                # It ended while the engine started it, when there was no slot to cancel yet.
                self._release(self.demo.limits.grace_s)
            if self._has_ended:
                self._slot = None

    def _note_unable(self, error: Exception) -> None:
        log.error("the run could not start", exc_info=error, extra=self.run.record.log_fields)
        reason = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
        self.ended(Ending(fault="server", message=f"The run could not start{reason}"))

    def queued(self, position: int, eta_s: float | None) -> None:
        """Report a new position in the queue."""
        with self._contained():
            self._report(Queued(position=position, eta_s=eta_s))

    def stop(self, by: CanceledBy) -> None:
        """Cancel the run at once and ask its generator to end; does nothing when the run is over."""
        if not self.is_over:
            self._end(Canceled(duration_s=self._duration_s(), by=by))
            self._release(self._superseded_grace_s() if by == "superseded" else self.demo.limits.grace_s)

    def fail(self, fault: Fault, message: str) -> None:
        """End the run by a failure found in this process, and ask its generator to end."""
        if not self.is_over:
            log.warning("failed (%s): %s", fault, message, extra=self.run.record.log_fields)
            self._end(Failed(duration_s=self._duration_s(), fault=fault, message=message))
            self._release(self.demo.limits.grace_s)

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Note that a worker must be started first."""
        if not self.is_over:
            with self._contained():
                self._report(Starting(reason=reason, usual_s=usual_s))

    def running(self) -> None:
        """Note that the worker has the order, and start the time limit."""
        if self.is_over:
            return
        self._running_since = time.monotonic()
        limit_s = self.demo.limits.timeout_s
        if limit_s is not None:
            message = f"The run took longer than the {limit_s:g} s that this demo allows"
            loop = asyncio.get_running_loop()
            self._timeout = loop.call_later(limit_s, lambda: self.fail("limit", message))
        with self._contained():
            self._report(Running())

    def records(self, records: Sequence[Record]) -> None:
        """Append events of the generator to the journal; those after the end are dropped."""
        self._steps.add(self._append, records)

    def printed(self, stream: PrintStream, text: str) -> bool:
        """Append a printed line to the journal of a run that the developer started; return whether it is."""
        if self.is_over or not self.run.record.caller.may_see_tracebacks:
            return False
        self._steps.add(self._print, stream, text)
        return True

    def blob(self, digest: str, mime: str, data: bytes) -> Stored:
        """Store a big value."""
        if self.is_over:
            return None
        add = partial(self.run.blobs.add, digest, mime, data)
        return self._steps.add_writing(partial(self._store, add, "value", len(data)))

    def part(self, part: StreamPart) -> Stored:
        """Store a part of a stream."""
        if self.is_over:
            return None
        add = partial(self.run.streams.add, part)
        return self._steps.add_writing(partial(self._store, add, "stream", len(part.data)))

    def ended(self, ending: Ending) -> None:
        """Note that the generator has ended, and free the slot, whatever raises meanwhile."""
        self._steps.add(self._note_end, ending)

    def _append(self, records: Sequence[Record]) -> None:
        # Every yield of every run comes through here.
        stage, journal = self._stage, self.run.journal
        if stage in ENDS:
            return
        try:
            for record in records:
                if record.type == "stream" and not self._start_stream(record):
                    return
                stage = advance(stage, record.type)
            self._stage = stage
            journal.append(records)
            if journal.kept > self._max_bytes and journal.is_larger(self._max_bytes):
                self.fail("limit", "The outputs show more than the server keeps of one run")
            elif self.run.blobs.size and self.run.blobs.is_over_bound:
                self._drop_blobs()
        except Exception as error:  # noqa: BLE001 (as `_contained`, which costs more than all of this)
            self._fail_internally(error)

    def _print(self, stream: PrintStream, text: str) -> None:
        if not self.is_over:
            with self._contained():
                self._report(Log(level=stream, text=text))

    async def _store(self, add: Callable[[], Awaitable[None]], what: str, size: int) -> None:
        if self.is_over:
            return
        with self._contained():
            try:
                await add()
            except BrokenStreamError as error:
                self.fail("server", f"{error}.")
            except OSError as error:
                log.exception(
                    "%d bytes of a %s could not be stored", size, what, extra=self.run.record.log_fields
                )
                self.fail("server", f"A {what} could not be stored: {error.strerror}")

    def _note_end(self, ending: Ending) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        with self._contained():
            if not self.is_over:
                self._end(self._terminal_event(ending))
        with self._contained():
            self._on_freed(self, ending)
        # It refers to this run.
        self._slot = None

    def _start_stream(self, record: Record) -> bool:
        """Make the stream readable that a record announces; return False when the run fails by it."""
        if isinstance(event := codec.event(record), StreamBegun):
            try:
                self.run.streams.start(event.output, mime=event.mime, timescale=event.timescale)
            except BrokenStreamError as error:
                self.fail("server", f"{error}.")
                return False
        return True

    def _terminal_event(self, ending: Ending) -> Succeeded | Failed | Canceled:
        duration_s = self._duration_s()
        if ending.fault is not None:
            return Failed(
                duration_s=duration_s,
                fault=ending.fault,
                message=ending.message,
                detail=ending.detail,
                inputs=ending.inputs,
            )
        if ending.canceled:
            return Canceled(duration_s=duration_s, by="server")
        return Succeeded(duration_s=duration_s)

    def _report(self, event: Event) -> None:
        tag: str = event.__struct_config__.tag  # type: ignore[assignment]
        self._stage = advance(self._stage, tag)
        self.run.journal.add(event)

    def _end(self, event: Succeeded | Failed | Canceled) -> None:
        # Each step happens, in the reverse of this order, whatever another raises.
        with ExitStack() as steps:
            steps.callback(self._on_over, self)
            if self._timeout is not None:
                steps.callback(self._timeout.cancel)
            steps.callback(self.readers.close)
            self._report(event)

    @contextmanager
    def _contained(self) -> Iterator[None]:
        """Fail the run at an unexpected exception, which must not reach the engine or other runs."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 (whatever it is: it is logged, and ends this run alone)
            self._fail_internally(error)

    def _fail_internally(self, error: Exception) -> None:
        log.error("internal error", exc_info=error, extra=self.run.record.log_fields)
        try:
            self.fail("server", INTERNAL_ERROR)
        except Exception:
            # The run is over all the same: `_end` took every step.
            log.exception("the failure could not be reported", extra=self.run.record.log_fields)

    def _release(self, grace_s: float) -> None:
        if self._slot is not None:
            self._slot.cancel(grace_s=grace_s)

    def _superseded_grace_s(self) -> float:
        """Return how long a superseded generator may take: what is left of its time, if that is limited."""
        limit_s = self.demo.limits.timeout_s
        return math.inf if limit_s is None else max(0.0, limit_s - self._duration_s())

    def _drop_blobs(self) -> None:
        self.run.journal.find_soon(find_digests, partial(self._drop_unshown, self.run.blobs.newest))

    def _drop_unshown(self, newest: str | None, shown: set[str], since: Iterable[bytes]) -> None:
        """Drop big values that no output shows, of those that were there before the newest."""
        with self._contained():
            try:
                self.run.blobs.drop_unshown(shown | find_digests(since), before=newest)
            except TooManyBlobsError:
                self.fail("limit", "The outputs show more than the server keeps of one run")

    def _duration_s(self) -> float:
        """Return how long the generator has been running; 0 when it never was."""
        return 0.0 if self._running_since is None else round(time.monotonic() - self._running_since, 3)
