"""The server's end of one worker process: start it, speak with it, know when it is gone.

    WorkerProcess.start -> socket pair + process -> Hello
    load, run, cancel --requests--> worker --updates--> the run's RunOutput and WorkerListener
    gone: channel closed and process ended -> every WorkerListener, every load, `when_gone`

All of it happens on the server's event loop.
"""

import asyncio
import itertools
import logging
import socket
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Protocol

from msgspec import Struct

from gradstream.engines.contract import RunOutput
from gradstream.engines.local.spawn import Spawned, describe_exit, spawn
from gradstream.errors import ProtocolError, WorkerLost, WorkerStartError
from gradstream.format.types import Demo
from gradstream.ipc.framing import Splitter, pack, unpack_update
from gradstream.ipc.protocol import (
    INITIAL_CREDIT_BYTES,
    PROTOCOL_VERSION,
    AnyRequest,
    AnyUpdate,
    Blob,
    CancelRequest,
    CreditRequest,
    Ended,
    Ending,
    Events,
    ExitRequest,
    Hello,
    Loaded,
    LoadRequest,
    PingRequest,
    Pong,
    RunOrder,
    StreamPart,
    WorkerLog,
)

log = logging.getLogger("gradstream.worker")

START_S = 30.0
"""A runtime without the developer's code loads in a tenth of a second; a machine may be busy."""

PING_S = 2.0
"""Between two questions whether a worker still answers."""

CREDIT_BYTES = INITIAL_CREDIT_BYTES // 4
"""What was taken in is granted again in such portions."""

LINGER_S = 0.5
"""Time in which what a process sent before its end must have come; then the channel is closed."""


class WorkerListener(Protocol):
    """Learns of the end of one run in a worker. Exactly one of the two is called, once, last."""

    def ended(self, ending: Ending) -> None:
        """Note that the generator has ended."""

    def lost(self, reason: str) -> None:
        """Note that the process is gone; the reason completes a sentence that starts with "the process"."""


class _Running(Struct):
    """A run in the worker, and the bytes for which it was not granted new credit yet."""

    output: RunOutput
    listener: WorkerListener
    taken: int = 0
    is_broken: bool = False
    """Whether an update was lost because the listener raised."""


class WorkerProcess:
    """One worker. `answered_at` is the loop's time of the last sign of life; `gone` says how it ended."""

    def __init__(self, *, label: str) -> None:
        self.gone: str | None = None
        self.exit_code: int | None = None
        self.late_files: set[str] = set()
        self._reason: str | None = None
        self._label = label
        self._loop = asyncio.get_running_loop()
        self.answered_at = self._loop.time()
        self._hello: asyncio.Future[Hello] = self._loop.create_future()
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._loads: dict[str, deque[asyncio.Future[Loaded]]] = {}
        self._runs: dict[str, _Running] = {}
        self._when_gone: list[Callable[[], None]] = []
        self._channel: asyncio.Transport | None = None
        self._spawned: Spawned | None = None
        self._ping_timer: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, *, label: str) -> "WorkerProcess":
        """Return a worker that has loaded the runtime. Raises WorkerStartError."""
        worker = cls(label=label)
        try:
            await worker._open()
            hello = await asyncio.wait_for(worker._hello, START_S)
        except (OSError, WorkerLost, TimeoutError) as error:
            await worker.abandon()
            raise WorkerStartError(f"a worker could not be started: {str(error) or 'no answer'}") from error
        except asyncio.CancelledError:
            await worker.abandon()
            raise
        if hello.protocol != PROTOCOL_VERSION:
            await worker.abandon()
            raise WorkerStartError(f"a worker speaks protocol {hello.protocol}, and not {PROTOCOL_VERSION}")
        worker._ping()
        return worker

    @property
    def pid(self) -> int:
        """The process id."""
        return 0 if self._spawned is None else self._spawned.pid

    @property
    def runs(self) -> int:
        """How many runs are in it."""
        return len(self._runs)

    def name(self, label: str) -> None:
        """Set what goes before each line that the process prints."""
        self._label = label
        if self._spawned is not None:
            self._spawned.label = label

    def when_gone(self, call: Callable[[], None]) -> None:
        """Call something once, when the process is gone."""
        if self.gone is None:
            self._when_gone.append(call)
        else:
            call()

    async def load(self, demo: Demo) -> Loaded:
        """Import a demo. Raises WorkerLost."""
        if self.gone is not None:
            raise WorkerLost(self.gone, exit_code=self.exit_code)
        # Packed before anything is noted: a request that cannot be sent must leave nothing behind.
        frame = pack(LoadRequest(demo=demo))
        told: asyncio.Future[Loaded] = self._loop.create_future()
        self._loads.setdefault(demo.address, deque()).append(told)
        if self._spawned is not None:
            self._spawned.secrets.update(demo.secrets)
        self._write(frame)
        return await told

    def run(self, order: RunOrder, *, output: RunOutput, listener: WorkerListener) -> None:
        """Start a run of a demo that was loaded; nothing has started when this raises."""
        if self.gone is not None:
            listener.lost(self.gone)
            return
        frame = pack(order)
        self._runs[order.run] = _Running(output, listener)
        self._write(frame)

    def cancel(self, run: str) -> None:
        """Ask a run's generator to end."""
        if run in self._runs:
            self._send(CancelRequest(run=run))

    def ask_exit(self) -> None:
        """Let the process end when no run is left in it."""
        self._send(ExitRequest())

    def kill(self, reason: str = "was ended") -> None:
        """End the process, and what it has started, at once; `reason` is told instead of the signal."""
        if self._spawned is not None and self.exit_code is None:
            self._reason = self._reason or reason
            self._spawned.kill()

    async def abandon(self) -> None:
        """End the process at once, and wait until it is gone."""
        if self._spawned is not None:
            self.kill()
            await self.wait_gone()

    async def wait_gone(self) -> None:
        """Wait until the process is gone."""
        await asyncio.shield(self._gone)

    async def _open(self) -> None:
        ours, theirs = socket.socketpair()
        try:
            self._spawned = await spawn(theirs.fileno(), label=self._label, exited=self._exited)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        channel, _ = await self._loop.create_unix_connection(lambda: _Channel(self), sock=ours)
        self._channel = channel

    def _send(self, request: AnyRequest) -> None:
        self._write(pack(request))

    def _write(self, frame: bytes) -> None:
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(frame)

    def _ping(self) -> None:
        self._send(PingRequest(token=0))
        self._ping_timer = self._loop.call_later(PING_S, self._ping)

    def take(self, update: AnyUpdate, size: int) -> None:
        """Hand an update to whom it concerns; called by the channel."""
        match update:
            case Events() | Blob() | StreamPart() | Ended():
                self._take_from_run(update, size)
            case Loaded():
                told = self._loads[update.demo].popleft()
                if not told.done():
                    told.set_result(update)
            case Hello():
                self._hello.set_result(update)
            case Pong():
                self.answered_at = self._loop.time()
            case WorkerLog():
                self.late_files.update(update.files)
                log.log(logging.getLevelName(update.level.upper()), "[%s] %s", self._label, update.text)

    def _take_from_run(self, update: Events | Blob | StreamPart | Ended, size: int) -> None:
        running = self._runs.get(update.run)
        if running is None:
            return
        try:
            self._deliver(update, running)
        except Exception:
            # One run's listener must not end the channel for all others.
            log.exception("run %s: an update could not be delivered", update.run)
            self._end_broken(update, running)
        self._grant(update.run, running, size)

    def _deliver(self, update: Events | Blob | StreamPart | Ended, running: _Running) -> None:
        match update:
            case Events():
                running.output.records(update.records)
            case Blob():
                running.output.blob(update.digest, update.mime, update.data)
            case StreamPart():
                running.output.part(update)
            case Ended():
                del self._runs[update.run]
                running.listener.ended(_BROKEN if running.is_broken else update.ending)

    def _end_broken(self, update: Events | Blob | StreamPart | Ended, running: _Running) -> None:
        """End a run that has lost an update: it must not look like a success."""
        if isinstance(update, Ended):
            running.listener.ended(_BROKEN)
        else:
            running.is_broken = True
            self.cancel(update.run)

    def _grant(self, run: str, running: _Running, size: int) -> None:
        running.taken += size
        if running.taken >= CREDIT_BYTES:
            self._send(CreditRequest(run=run, size=running.taken))
            running.taken = 0

    def _exited(self, code: int) -> None:
        self.exit_code = code
        if self._channel is None or self._channel.is_closing():
            self._finish()
        else:
            # What it sent is there already; a process that it has forked may still hold the channel.
            self._loop.call_later(LINGER_S, self._channel.abort)

    def channel_lost(self) -> None:
        """Note that the channel is closed; called by the channel."""
        if self.exit_code is None:
            self._loop.call_later(LINGER_S, self.kill)
        else:
            self._finish()

    def _finish(self) -> None:
        """Tell everyone, once: the channel is closed and the process has ended."""
        if self.gone is not None:
            return
        self.gone = self._reason or describe_exit(self.exit_code or 0)
        if self._ping_timer is not None:
            self._ping_timer.cancel()
        lost = WorkerLost(self.gone, exit_code=self.exit_code)
        loads = itertools.chain.from_iterable(self._loads.values())
        waiting: list[asyncio.Future[Any]] = [self._hello, *loads]
        for future in waiting:
            if not future.done():
                future.set_exception(lost)
                # Whoever has waited for it may be gone as well.
                future.exception()
        runs, self._runs = self._runs, {}
        # Each is told, whatever another raises.
        with ExitStack() as steps:
            steps.callback(self._gone.set_result, None)
            for call in reversed(self._when_gone):
                steps.callback(call)
            for running in reversed(runs.values()):
                steps.callback(running.listener.lost, self.gone)


_BROKEN = Ending(fault="server", message="Internal error; the server's log has more")
"""The end of a run that has lost an update."""


class _Channel(asyncio.Protocol):
    """The socket: bytes to updates."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker
        self._splitter = Splitter()

    def data_received(self, data: bytes) -> None:
        """Hand over what is whole; called by asyncio."""
        try:
            for payload in self._splitter.feed(data):
                self._take(payload)
        except ProtocolError:
            log.exception("a worker does not keep to the protocol and is ended")
            self._worker.kill("did not keep to the protocol and was ended")

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end; called by asyncio."""
        self._worker.channel_lost()

    def _take(self, payload: bytes | memoryview) -> None:
        update = unpack_update(payload)
        try:
            self._worker.take(update, len(payload))
        except Exception:
            # One broken update must not end the channel for all runs.
            log.exception("an update of a worker could not be handled")
