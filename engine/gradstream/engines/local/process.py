"""One worker process, as the server sees it: start it, send requests, learn of its end.

    WorkerProcess.start -> socket pair + process -> Hello
    load, run, cancel --requests--> worker --updates--> loads that wait, WorkerRuns
    channel closed and process ended -> every load that waits, every run, `when_gone`

All of it happens on the server's event loop.
"""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable, Collection
from contextlib import ExitStack
from enum import StrEnum
from typing import Any

from gradstream.engines.contract import RunOutput
from gradstream.engines.local.channel import ServerChannel
from gradstream.engines.local.exit_words import describe_exit
from gradstream.engines.local.launcher import Launcher, Spawned
from gradstream.engines.local.memory_use import exceeds
from gradstream.engines.local.print_log import PrintLog
from gradstream.engines.local.printed import PrintReader
from gradstream.engines.local.silence import Silence
from gradstream.engines.local.worker_runs import WorkerListener, WorkerRuns
from gradstream.errors import WorkerLostError, WorkerStartError
from gradstream.format.types import Demo
from gradstream.ipc.framing import pack, pack_parts
from gradstream.ipc.protocol import (
    GIVEN_UP_S,
    PING_S,
    PROTOCOL_VERSION,
    SILENT_S,
    AnyRequest,
    AnyUpdate,
    Blob,
    Ended,
    Events,
    ExitRequest,
    Hello,
    Loaded,
    LoadRequest,
    PingRequest,
    Pong,
    Printed,
    RunOrder,
    StreamPart,
    Taken,
    WorkerLog,
)
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.log_fields import about

log = logging.getLogger("gradstream.worker")

START_S = 30.0
"""A runtime without the developer's code loads in a tenth of a second; a machine may be busy."""


class Unfit(StrEnum):
    """Why a process should get no more runs, as the reason why another one is started."""

    SILENT = "the last worker did not answer"
    CLUTTERED = "threads of ended runs did not end in the last worker"
    EXHAUSTED = "the last worker had used up its memory"


LINGER_S = 0.5
"""How long frames that a process left behind are waited for after its end, in seconds."""

CLOSED_S = 3.0
"""A process that has closed its channel is killed after so long: it can do nothing more."""


class WorkerProcess:
    """One worker. `answered_at` is the loop's time of the last pong; `gone` describes how it ended."""

    def __init__(self, *, label: str, limits: WorkerLimits) -> None:
        self._limits = limits
        self.gone: str | None = None
        self.exit_code: int | None = None
        self.late_files: set[str] = set()
        self._kill_reason: str | None = None
        self._loop = asyncio.get_running_loop()
        self.answered_at = self._loop.time()
        self._hello: asyncio.Future[Hello] = self._loop.create_future()
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._loads: dict[str, deque[asyncio.Future[Loaded]]] = {}
        self._runs = WorkerRuns(send=self._send)
        self._print_log = PrintLog(label=label, runs=self._runs, limits=limits)
        self._prints = PrintReader(self._print_log.add, limits=limits)
        self._when_gone: list[Callable[[], None]] = []
        self._silence = Silence()
        self._memory_bytes: int | None = None
        self._unfit: Unfit | None = None
        self._when_unfit: Callable[[Unfit], None] | None = None
        self._when_late: Callable[[], None] | None = None
        self._channel = ServerChannel(
            received=self._receive,
            invalid=self._kill_invalid,
            closed=self._channel_closed,
        )
        self._spawned: Spawned | None = None
        self._ping_timer: asyncio.TimerHandle | None = None
        self._pings = 0
        self._answered = 0
        self._importing = ""
        """The address of the demo whose import the process has begun."""
        self._load_pings: dict[str, int] = {}
        """The pings that were sent before the last load of a demo."""

    @classmethod
    async def start(
        cls, *, label: str, launcher: Launcher, limits: WorkerLimits = WORKER_LIMITS
    ) -> "WorkerProcess":
        """Return a worker that has loaded the runtime. Raises WorkerStartError.

        Nothing of a developer is in a worker that ends before that, so another one is tried, once.
        """
        try:
            try:
                return await cls._start_one(label, launcher, limits)
            except (WorkerLostError, TimeoutError) as lost:
                log.warning("%s: a process %s before it was ready, and another one starts", label, lost)
                return await cls._start_one(label, launcher, limits)
        except (OSError, WorkerLostError) as error:
            raise WorkerStartError(f"a worker could not be started: {error}") from error

    @classmethod
    async def _start_one(cls, label: str, launcher: Launcher, limits: WorkerLimits) -> "WorkerProcess":
        worker = cls(label=label, limits=limits)
        try:
            await worker._open(launcher)
            hello = await asyncio.wait_for(worker._hello, START_S)
        except TimeoutError:
            await worker.abandon()
            raise TimeoutError(f"did not answer for {START_S:g} s") from None
        except BaseException:
            await worker.abandon()
            raise
        if hello.protocol != PROTOCOL_VERSION:
            await worker.abandon()
            raise WorkerStartError(
                f"a worker uses protocol version {hello.protocol}, expected version {PROTOCOL_VERSION}"
            )
        worker._ping()
        return worker

    @property
    def pid(self) -> int:
        """The process id."""
        return 0 if self._spawned is None else self._spawned.pid

    def set_label(self, label: str) -> None:
        """Set what the log calls the worker where no demo is known."""
        self._print_log.label = label

    def when_gone(self, call: Callable[[], None]) -> None:
        """Call `call` once when the process has ended; at once if it has."""
        if self.gone is None:
            self._when_gone.append(call)
        else:
            call()

    def when_late(self, call: Callable[[], None]) -> None:
        """Call when there are more `late_files`."""
        self._when_late = call

    def when_unfit(self, call: Callable[[Unfit], None]) -> None:
        """Call `call`, once, when the process should get no more runs; at once if that is known."""
        self._when_unfit = call
        if self._unfit is not None:
            call(self._unfit)

    async def load(self, demo: Demo) -> Loaded:
        """Import a demo. Raises WorkerLostError."""
        if self.gone is not None:
            raise self._loss(demo.address)
        # Packed before anything is noted: a request that cannot be sent must leave nothing behind.
        frame = pack(LoadRequest(demo=demo, limits=self._limits))
        loaded: asyncio.Future[Loaded] = self._loop.create_future()
        self._loads.setdefault(demo.address, deque()).append(loaded)
        self._load_pings[demo.address] = self._pings
        self._prints.secrets.update(demo.secrets)
        if demo.worker.memory_bytes is not None:
            self._memory_bytes = max(self._memory_bytes or 0, demo.worker.memory_bytes)
        self._print_log.note_demo(demo.address)
        self._channel.write(frame)
        return await loaded

    def run(self, order: RunOrder, *, output: RunOutput, listener: WorkerListener) -> None:
        """Start a run of a loaded demo; nothing has started when this raises."""
        if self.gone is not None:
            listener.lost(self.gone, was_taken=False)
            return
        # Its inputs may have 10 MB, which are not copied once more.
        self._channel.write(*pack_parts(order))
        # Only now, for a run that could not be sent has ended by then. What it sends is read in a later turn.
        self._runs.add(order.run, demo=order.demo, output=output, listener=listener)
        self._print_log.show_import(order)

    def cancel(self, run: str) -> None:
        """Ask a run's generator to end."""
        self._runs.cancel(run)

    def ask_exit(self) -> None:
        """Let the process end when no run is left in it."""
        self._send(ExitRequest())

    def kill(self, reason: str = "was ended") -> None:
        """Kill the process and what it has started; `reason` is reported instead of the signal."""
        if self._spawned is not None and self.exit_code is None:
            self._kill_reason = self._kill_reason or reason
            self._spawned.kill()

    async def abandon(self) -> None:
        """Kill the process and wait until it has ended."""
        if self._spawned is None:
            self._prints.close()
        else:
            self.kill()
            await self.wait_gone()

    async def wait_gone(self) -> None:
        """Wait until the process has ended."""
        await asyncio.shield(self._gone)

    async def _open(self, launcher: Launcher) -> None:
        ours, theirs = socket.socketpair()
        try:
            stdout, stderr, prints = self._prints.descriptors
            self._spawned = await launcher.start((theirs.fileno(), prints, stdout, stderr))
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
            self._prints.start()
        self._spawned.when_exited(self._exited)
        await self._channel.open(ours)

    def _send(self, request: AnyRequest) -> None:
        self._channel.write(pack(request))

    def _ping(self) -> None:
        self._silence.note(self.pid, is_answered=self._answered == self._pings)
        if self._silence.for_s >= GIVEN_UP_S:
            self.kill("stopped answering and was ended")
        elif self._silence.for_s >= SILENT_S:
            self._note_unfit(Unfit.SILENT)
        self._check_memory()
        self._pings += 1
        self._runs.pings = self._pings
        self._send(PingRequest(token=self._pings))
        self._ping_timer = self._loop.call_later(PING_S, self._ping)

    def _receive(self, update: AnyUpdate, size: int) -> None:
        match update:
            case Events() | Blob() | StreamPart():
                self._runs.deliver(update, size)
            case Printed():
                self._prints.read_waiting()
            case Ended():
                self._prints.read_pipes()
                self._runs.deliver(update, size)
            case Taken():
                self._runs.note_taken(update.run)
                self._importing = update.demo or self._importing
            case Loaded():
                self._importing = ""
                loaded = self._loads[update.demo].popleft()
                if not loaded.done():
                    loaded.set_result(update)
            case Hello():
                self._hello.set_result(update)
            case Pong():
                self._receive_pong(update)
            case WorkerLog():
                self._note_late(update.files)
                level = logging.getLevelName(update.level.upper())
                log.log(level, "%s: %s", self._print_log.label, update.text)

    def _note_late(self, files: Collection[str]) -> None:
        if not self.late_files.issuperset(files):
            self.late_files.update(files)
            if self._when_late is not None:
                self._when_late()

    def _receive_pong(self, pong: Pong) -> None:
        self.answered_at, self._answered = self._loop.time(), pong.token
        if pong.left:
            log.warning("%s: threads do not end: %s", self._print_log.label, ", ".join(pong.left))
            self._note_unfit(Unfit.CLUTTERED)
        if pong.is_exhausted and not pong.runs:
            self._note_unfit(Unfit.EXHAUSTED)
        self._runs.compare(pong)
        self._compare_loads(pong)

    def _check_memory(self) -> None:
        """End a process that takes more than its demos may; where it can, it fails by itself before."""
        if self._memory_bytes is None:
            return
        reason = exceeds(self.pid, self._memory_bytes)
        if reason is not None:
            self.kill(reason)

    def _note_unfit(self, unfit: Unfit) -> None:
        if self._unfit is None:
            self._unfit = unfit
            if self._when_unfit is not None:
                self._when_unfit(unfit)

    def _compare_loads(self, pong: Pong) -> None:
        """End a process that owes the report of an import, and does not know of it any more."""
        for address, waiting in self._loads.items():
            if waiting and address not in pong.loads and self._load_pings[address] < pong.token:
                log.error("the report of an import was lost", extra=about(demo=address))
                self.kill("lost the report of an import and was ended")

    def _kill_invalid(self) -> None:
        self.kill("did not keep to the protocol and was ended")

    def _exited(self, code: int) -> None:
        self.exit_code = code
        self._prints.close()
        if self._channel.is_open:
            # What it sent is in the socket already. The channel is closed by a timer because a process that
            # the worker has forked may hold the other end open.
            self._loop.call_later(LINGER_S, self._channel.abort)
        else:
            self._report_gone()

    def _channel_closed(self) -> None:
        if self.exit_code is None:
            # Usually it is just ending, and its own exit code says more than that it was killed.
            self._loop.call_later(CLOSED_S, self.kill)
        else:
            self._report_gone()

    def _report_gone(self) -> None:
        """Notify everyone, once: the channel is closed and the process has ended."""
        if self.gone is not None:
            return
        ended = None if self._spawned is None else self._spawned.reason
        self.gone = self._kill_reason or ended or describe_exit(self.exit_code or 0)
        if self._ping_timer is not None:
            self._ping_timer.cancel()
        self._fail_waiting()
        # An ExitStack calls all of them, last in first out, whatever one of them raises.
        with ExitStack() as steps:
            steps.callback(self._gone.set_result, None)
            for call in reversed(self._when_gone):
                steps.callback(call)
            for call in reversed(self._runs.clear(self.gone)):
                steps.callback(call)

    def _fail_waiting(self) -> None:
        waiting: list[tuple[str, asyncio.Future[Any]]] = [("", self._hello)]
        waiting += [(address, load) for address, loads in self._loads.items() for load in loads]
        for address, future in waiting:
            if not future.done():
                future.set_exception(self._loss(address))
                # Marks it as retrieved: the task that waited may have been canceled.
                future.exception()

    def _loss(self, address: str) -> WorkerLostError:
        """Return the error of the import of this demo, or of the handshake, after the end."""
        was_taken = address == self._importing
        return WorkerLostError(self.gone or "", exit_code=self.exit_code, was_taken=was_taken)
