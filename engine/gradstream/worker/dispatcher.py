"""Dispatches requests from the channel to loaded demos and runs.

    channel thread: ping (Channel), credit, cancel, runs of ordinary functions -> threads
    loop, in the main thread: load (imports), runs of async functions

Imports stay in the main thread because many libraries require it. During an import, async runs of other demos
in the same worker wait; demos for which that is too long must not share a worker.
"""

import asyncio
import contextvars
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, assert_never

from gradstream import __version__, authoring
from gradstream.components.registry import input_kind, output_kind
from gradstream.errors import ThreadStartError
from gradstream.format.types import Demo
from gradstream.ipc.protocol import (
    PROTOCOL_VERSION,
    STALLED_S,
    AnyRequest,
    CancelRequest,
    CreditRequest,
    Ended,
    Ending,
    ExitRequest,
    Hello,
    LoadRequest,
    PingRequest,
    Pong,
    RunOrder,
    Taken,
    WorkerLog,
)
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.worker.execution.async_run import drive, interruptible, run_in_loop
from gradstream.worker.execution.execution import Execution
from gradstream.worker.execution.forks import ForkWatch, end_fork
from gradstream.worker.execution.helper_processes import follow_processes
from gradstream.worker.execution.helper_threads import follow_threads
from gradstream.worker.execution.leftovers import Leftovers
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.execution.sync_run import iterate_in_thread, run_in_thread
from gradstream.worker.execution.watchdog import Watchdog
from gradstream.worker.loading.faults import explain
from gradstream.worker.loading.importer import LoadedDemo, load
from gradstream.worker.loading.late_imports import LateImports, LateRun
from gradstream.worker.loading.memory import MemoryBound
from gradstream.worker.loading.module_files import SourceFiles
from gradstream.worker.loading.module_settings import ModuleSettings
from gradstream.worker.loading.shared_modules import SharedModules
from gradstream.worker.loading.working_directory import LoopFolders, own_thread
from gradstream.worker.printing.own_pipes import OwnPipes
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.progress.tqdm_bars import watch_bars
from gradstream.worker.sending.channel import Channel
from gradstream.worker.sending.outbox import Outbox
from gradstream.worker.threads import Threads

ENCODER_THREADS = 2
"""Encoding releases the interpreter lock, so two threads use two cores."""

STREAM_THREADS = 8
"""Streams of sound and video take turns chunk by chunk; an hour-long chunk occupies one thread, not all."""

DRAIN_S = 2.0
"""Time to send what is left before the process ends."""


class Dispatcher:
    """Owns the worker's channel, threads, demos and runs. Created and run in the main thread's loop."""

    def __init__(self, sock: socket.socket, printed: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._folders = LoopFolders()
        self._channel = Channel(
            sock,
            handle=self._handle,
            answer=self._answer,
            lost=die,
            has_output=OwnPipes().hold_something,
        )
        self._outbox = Outbox(self._channel, self._loop)
        self._outside = OutsideLog(self._channel.send, secrets=self._all_secrets)
        self._settings = ModuleSettings()
        self._shared = SharedModules()
        self._sources = SourceFiles()
        self._threads = Threads(WORKER_LIMITS.functions, "gradstream-run", initialize=own_thread)
        self._encoders = Threads(ENCODER_THREADS, "gradstream-encoder", may_wait=True)
        self._streamers = Threads(STREAM_THREADS, "gradstream-stream", may_wait=True)
        self._printed = printed
        self._limits = WORKER_LIMITS
        self._demos: dict[str, LoadedDemo] = {}
        self._runs: dict[str, Execution] = {}
        self._loading: list[str] = []
        self._watchdog = Watchdog(
            runs=lambda: tuple(self._runs.values()),
            worked_s=lambda: self._encoders.worked_s() + self._streamers.worked_s(),
            stalled=self._end_stalled,
        )
        self._memory = MemoryBound()
        self._leftovers = Leftovers(is_busy=self._is_busy, log=self._warn)
        self._tasks: set[asyncio.Task[None]] = set()
        self._forks: ForkWatch | None = None
        self._exit_requested = False
        self._exit = asyncio.Event()
        self._reported: set[str] = set()
        self._modules = 0

    async def run(self) -> None:
        """Serve requests until the server requests the exit and no run is left."""
        authoring.set_outside(self._outside)
        follow_threads(self._leftovers.note_call)
        follow_processes(self._leftovers.note_process)
        self._forks = ForkWatch(lambda: tuple(self._runs.values()))
        self._folders.follow(self._loop)
        late = LateImports(
            sources=self._sources,
            report=lambda file: self._report_late({file, os.path.realpath(file)}),
            run_of=self._late_run,
        )
        sys.meta_path.insert(0, late)
        self._channel.start()
        python = sys.version.split()[0]
        self._channel.send(
            Hello(protocol=PROTOCOL_VERSION, version=__version__, python=python, pid=os.getpid())
        )
        await self._exit.wait()
        self._channel.drain(DRAIN_S)

    def _handle(self, request: AnyRequest) -> None:
        match request:
            case LoadRequest():
                self._loading.append(request.demo.address)
                self._loop.call_soon_threadsafe(self._load, request)
            case RunOrder():
                self._start(request)
            case CreditRequest():
                if run := self._runs.get(request.run):
                    run.flow.grant(request.size)
            case CancelRequest():
                if run := self._runs.get(request.run):
                    run.cancel()
            case ExitRequest():
                self._exit_requested = True
                self._exit_when_idle()
            case PingRequest():
                # Answered by the channel.
                return
            case _:
                assert_never(request)

    def _all_secrets(self) -> set[str]:
        return {secret for loaded in tuple(self._demos.values()) for secret in loaded.demo.secrets}

    def _answer(self, ping: PingRequest) -> Pong:
        """Return what the worker owes; what it has ended before is written before."""
        runs, loads = tuple(self._runs), tuple(self._loading)
        self._outbox.settle()
        self._watchdog.tick()
        return Pong(
            token=ping.token,
            runs=runs,
            loads=loads,
            left=self._leftovers.overdue(),
            is_exhausted=self._memory.is_exhausted,
        )

    def _is_busy(self, run: authoring.RunContext) -> bool:
        return any(other.run_context is not run for other in tuple(self._runs.values()))

    def _late_run(self, context: authoring.RunContext) -> LateRun | None:
        for run in tuple(self._runs.values()):
            if run.run_context is context:
                return LateRun(
                    demo=run.order.demo,
                    imported_ns=run.loaded.imported_ns,
                    began_ns=run.began_ns,
                    warn=run.run_context.warn,
                )
        return None

    def _warn(self, text: str) -> None:
        self._channel.send(WorkerLog(level="warning", text=text))

    def _end_stalled(self, run: Execution) -> None:
        what = f"run {run.order.run} of {run.order.demo} stood still for {STALLED_S:g} s and is ended"
        why = f"{run.flow.describe()}; {threading.active_count()} threads"
        self._channel.send(WorkerLog(level="error", text=f"{what}: {why}"))
        run.stall()

    def _secrets(self, address: str) -> tuple[str, ...]:
        loaded = self._demos.get(address)
        return loaded.demo.secrets if loaded is not None else ()

    def _print(self, piece: bytes) -> None:
        self._printed.send(piece)
        # Only now: a write that comes first must not announce a piece that is not there yet.
        self._channel.note_printed()

    def _load(self, request: LoadRequest) -> None:
        try:
            self._load_and_report(request)
        finally:
            # What is not reported by now is lost, and the server learns that from the next pong.
            self._loading.remove(request.demo.address)

    def _load_and_report(self, request: LoadRequest) -> None:
        self._channel.send(Taken(demo=request.demo.address))
        self._folders.leave()
        self._memory.set(request.demo.worker.memory_bytes)
        self._set_limits(request.limits)
        source = PrintSource(self._print, demo=request.demo.address, limits=request.limits)
        loaded, report = load(
            request.demo,
            before_import=watch_bars,
            settings=self._settings,
            shared=self._shared,
            sources=self._sources,
            prints=source,
            limits=request.limits,
        )
        if self._forks is not None and self._forks.is_fork:
            end_fork(None, secrets=request.demo.secrets)
        source.close()
        self._leftovers.keep_present()
        if loaded is not None:
            self._demos[request.demo.address] = loaded
        with suppress(ThreadStartError):
            # Only the first run would be faster.
            self._encoders.submit(_prepare, request.demo)
        self._reported.update(report.files)
        self._modules = len(sys.modules)
        self._channel.send(report)

    def _set_limits(self, limits: WorkerLimits) -> None:
        """Hold these limits; a process always gets the same ones."""
        if limits != self._limits:
            self._limits = limits
            self._threads.most = limits.functions
            self._outside.set_limits(limits)

    def _start(self, request: RunOrder) -> None:
        """Start a run; called in the channel's thread, so that a busy loop does not delay runs in threads."""
        try:
            loaded = self._demos[request.demo]
            run = Execution(
                request,
                loaded=loaded,
                outbox=self._outbox,
                encoders=self._encoders,
                streamers=self._streamers,
                outside=self._outside,
                prints=PrintSource(self._print, demo=request.demo, run=request.run, limits=loaded.limits),
                leftovers=self._leftovers,
            )
            run.before_end = self._report_imports
        except Exception as error:  # noqa: BLE001 (reported to the server; one run that cannot start must not end all others)
            self._channel.send(_start_failure(request, error, self._secrets(request.demo)))
            return
        self._runs[request.run] = run
        self._channel.send(Taken(run=request.run))
        if run.action.is_async:
            self._loop.call_soon_threadsafe(self._start_task, run)
        else:
            self._start_thread(run)

    def _start_thread(self, run: Execution) -> None:
        try:
            work = self._threads.submit(run.context.run, self._run_in_thread, run)
        except ThreadStartError as error:
            run.fail(error)
            run.report_end()
            self._forget(run)
        else:
            run.interrupt = partial(self._drop_waiting, run, work)

    def _drop_waiting(self, run: Execution, work: Future[None]) -> None:
        """End a canceled run that still waits for a thread: all threads may be busy for a long time."""
        if work.cancel():
            run.report_end()
            self._forget(run)

    def _run_in_thread(self, run: Execution) -> None:
        try:
            run_in_thread(run, run_awaitable=self._run_awaitable)
        finally:
            self._forget(run)

    def _start_task(self, run: Execution) -> None:
        task = self._loop.create_task(self._run_in_loop(run), context=run.context)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_in_loop(self, run: Execution) -> None:
        try:
            await run_in_loop(
                run,
                outbox=self._outbox,
                folders=self._folders,
                iterate_in_thread=self._iterate_in_thread,
            )
        finally:
            self._forget(run)

    def _run_awaitable(self, result: Any, run: Execution) -> None:
        """Drive in the loop what a function in a thread returned, and block the thread until it has ended."""

        async def work() -> None:
            try:
                with interruptible(run):
                    await drive(run, result, outbox=self._outbox, iterate_in_thread=self._iterate_in_thread)
            except BaseException as error:  # noqa: BLE001 (recorded here: a future's would live on in both threads)
                run.fail(error)

        asyncio.run_coroutine_threadsafe(work(), self._loop).result()

    def _iterate_in_thread(self, run: Execution, iterator: Iterator[Any]) -> asyncio.Future[None]:
        context = contextvars.copy_context()
        return self._loop.run_in_executor(
            self._threads, partial(context.run, iterate_in_thread, run, iterator)
        )

    def _forget(self, run: Execution) -> None:
        self._runs.pop(run.order.run, None)
        self._exit_when_idle()

    def _report_imports(self) -> None:
        """Report what `LateImports` could not see, such as a module that a library has made from a file."""
        if len(sys.modules) == self._modules:
            return
        self._modules = len(sys.modules)
        self._report_late(self._sources.imported())

    def _report_late(self, files: set[str]) -> None:
        new = files - self._reported
        if new:
            self._reported |= new
            self._channel.send(WorkerLog(level="debug", text="imported late", files=tuple(sorted(new))))

    def _exit_when_idle(self) -> None:
        if self._exit_requested and not self._runs:
            self._loop.call_soon_threadsafe(self._exit.set)


def _prepare(demo: Demo) -> None:
    """Import what the demo's kinds need before its first run does."""
    for field in demo.inputs:
        input_kind(field.kind).prepare()
    for output in demo.outputs:
        output_kind(output.kind).prepare()


def die() -> None:
    """Kill this process and all that the developer's code has started: the server is gone."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _start_failure(request: RunOrder, error: Exception, secrets: tuple[str, ...]) -> Ended:
    failure = explain(error, secrets=secrets)
    message = "The run could not be started"
    return Ended(run=request.run, ending=Ending(fault="server", message=message, detail=failure.detail))
