"""Ends what a run has started and left behind: its processes always, its threads unless it has succeeded.

    subprocess, os.fork, asyncio, multiprocessing --note_process--> belongs to the run that starts it
    Thread.start, ThreadPoolExecutor.submit       --HelperCall----> the same (helper_threads.py)
    end of the run --> its processes are killed, RunEndedError is raised in its threads --> the server's log

What a module starts while it is imported belongs to no run, and lasts as long as the worker. Compiled code
may start a process without Python: such a process ends as soon as no run is left that it may belong to. A
thread is ended only where the demo's own files have started it: a library may keep others for later runs.

A thread in compiled code, or one that waits for a lock, receives the exception only when it is back. One that
is still there after `LEFT_S` is reported with each pong, and the server replaces the worker.
"""

import contextlib
import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from gradstream import authoring
from gradstream.process_tree import (
    IS_KNOWN,
    Process,
    children_of,
    end_children,
    has_children,
    kill,
    read_processes,
)
from gradstream.worker.loading.module_files import is_developers, is_installed

T = TypeVar("T")

LEFT_S = 5.0
"""After so long, a thread that should have ended is reported."""

KILL_S = 0.5
"""How long the end of a run is held back for processes that were killed."""

HELPERS_OF_PYTHON = {
    "multiprocessing.resource_tracker": ("_resource_tracker", "_pid"),
    "multiprocessing.forkserver": ("_forkserver", "_forkserver_pid"),
}
"""Processes that Python starts once and keeps: module -> object and attribute with the process id."""

_STANDARD = os.path.dirname(threading.__file__)  # noqa: PTH120 (compared with the names of code)


class RunEndedError(SystemExit):
    """Raised in a thread that a run has left behind. Threads end with it in silence."""


class HelperCall:
    """A call in a thread on behalf of a run. `starter` is the file whose code asked for it.

    With `through_python` it is the file that asked the standard library for it: what a pool was given. A
    thread that the standard library starts by itself belongs to a pool, which may serve other runs.
    """

    def __init__(self, name: str, *, through_python: bool = False) -> None:
        self.name = name
        self.starter = _starter(through_python=through_python)
        self.is_over = False
        self._lock = threading.Lock()
        self._ident: int | None = None
        self._is_ended = False

    def run(self, call: Callable[[], T]) -> T:
        """Call, in the thread. Raises RunEndedError, and whatever the call raises."""
        try:
            with self._lock:
                if self._is_ended:
                    raise RunEndedError
                self._ident = threading.get_ident()
            try:
                return call()
            finally:
                if self._leave():
                    _take_what_was_raised()
        finally:
            self.is_over = True

    def _leave(self) -> bool:
        """Note that nothing is to be raised in the thread any more; return whether something was."""
        with self._lock:
            self._ident = None
            return self._is_ended

    def end(self) -> None:
        """Raise RunEndedError in the thread, at its next step in Python, unless the call is over."""
        with self._lock:
            self._is_ended = True
            if self._ident is not None:
                _raise_in(self._ident)


def _raise_in(thread: int) -> None:
    """Raise RunEndedError in a thread, at its next step in Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(RunEndedError))


def _take_what_was_raised() -> None:
    """Let what was raised in this thread arrive here, in place of anywhere else later.

    It is raised once more, in case it has arrived already. Taken back by the same function, it would leave
    CPython 3.11 asking for it at each step of each thread, and a thread that is profiled would stand still.
    """
    with contextlib.suppress(RunEndedError):
        _raise_in(threading.get_ident())
        while True:
            pass


class Leftovers:
    """One worker's. `is_busy` returns whether another run than this one is in it; `log` writes a line."""

    def __init__(
        self, *, is_busy: Callable[[authoring.RunContext], bool], log: Callable[[str], None]
    ) -> None:
        self._is_busy = is_busy
        self._log = log
        self._owners: dict[int, authoring.RunContext | None] = {}
        """Who has started a process; None for what is not a run. A process that nobody noted is missing."""
        self._calls: dict[authoring.RunContext, list[HelperCall]] = {}
        self._left: list[tuple[float, HelperCall]] = []

    def begin(self, run: authoring.RunContext) -> None:
        """Note that a run begins."""
        self._calls[run] = []

    def note_process(self, pid: int) -> None:
        """Note a process that the present context has started; what an ended run starts is nobody's."""
        run = authoring.current()
        if run is None or run in self._calls:
            self._owners[pid] = run

    def note_call(self, run: authoring.RunContext, call: HelperCall) -> None:
        """Note a call in a thread on behalf of a run, if that has not ended."""
        if run in self._calls:
            self._calls[run] = [*(one for one in self._calls[run] if not one.is_over), call]

    def keep_present(self) -> None:
        """Let the processes that are there belong to no run: a module was just imported."""
        if has_children():
            for process in children_of(os.getpid(), read_processes().values()):
                self._owners.setdefault(process.pid, None)

    def end(self, run: authoring.RunContext, *, title: str, roots: Sequence[str], succeeded: bool) -> None:
        """End what a run has left behind, which is over; `title` names the run in the log."""
        left = self._end_processes(run)
        calls = self._calls.pop(run, [])
        if not succeeded:
            for call in calls:
                if not call.is_over and is_developers(call.starter, roots):
                    call.end()
                    self._left.append((time.monotonic(), call))
                    left.append(f"thread {call.name}")
        if left:
            what = ", ".join(left)
            self._log(f"{title} has left behind what ends with it, unless a module starts it: {what}")

    def overdue(self) -> tuple[str, ...]:
        """Return the names of threads that have not ended within `LEFT_S`."""
        self._left = [(since, call) for since, call in self._left if not call.is_over]
        return tuple(call.name for since, call in self._left if time.monotonic() - since > LEFT_S)

    def _end_processes(self, run: authoring.RunContext) -> list[str]:
        if not has_children():
            self._owners.clear()
            return []
        if not IS_KNOWN:
            return self._end_noted(run)
        spared = _helpers_of_python()
        is_busy = self._is_busy(run)

        def is_left(process: Process) -> bool:
            if process.pid in spared:
                return False
            if process.pid not in self._owners:
                return not is_busy
            return self._owners[process.pid] is run

        killed = end_children(is_left, timeout_s=KILL_S, reap=self._reap)
        return [f"process {process.pid} ({process.name})" for process in killed]

    def _end_noted(self, run: authoring.RunContext) -> list[str]:
        """Kill the processes that a run has started itself, where the system does not say which there are."""
        noted = [pid for pid, owner in self._owners.items() if owner is run]
        for pid in noted:
            kill(pid)
            self._reap(pid)
        return [f"process {pid}" for pid in noted]

    def _reap(self, pid: int) -> None:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
            self._owners.pop(pid, None)


def _starter(*, through_python: bool) -> str:
    """Return the file whose code is starting a call: the first outside of here, or outside of Python too."""
    frame = sys._getframe(1)  # noqa: SLF001 (`inspect` takes a hundred times as long)
    own = Path(__file__).parent.as_posix()
    while frame.f_back is not None:
        frame = frame.f_back
        file = frame.f_code.co_filename
        is_standard = file.startswith((_STANDARD, "<frozen")) and not is_installed(file)
        if not file.startswith(own) and not (is_standard and through_python):
            return file
    return ""


def _helpers_of_python() -> set[int]:
    found: set[Any] = set()
    for module, (name, attribute) in HELPERS_OF_PYTHON.items():
        owner = getattr(sys.modules.get(module), name, None)
        found.add(getattr(owner, attribute, None))
    return found - {None}
