"""Receives what the developer's code logs where no run can receive it, and writes it to the server's log.

an import, a thread started by one, a thread after its run's end --WorkerLog--> the server's log
a process forked from a run                                      --stderr-----> the server's log
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from gradstream.authoring import LogLevel
from gradstream.ipc.prints import PrintBudget, describe_left_out
from gradstream.ipc.protocol import WorkerLog
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.redaction.mask import hide


class OutsideLog:
    """Implements `authoring.Outside`. Lines beyond the budget of prints are left out and counted.

    `send` sends to the server, and `secrets` returns the values that are masked.
    """

    def __init__(self, send: Callable[[WorkerLog], None], *, secrets: Callable[[], set[str]]) -> None:
        self._send = send
        self._secrets = secrets
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._limits = WORKER_LIMITS
        self._budget = PrintBudget()
        self._left_out = 0
        self._has_noted_progress = False

    def set_limits(self, limits: WorkerLimits) -> None:
        """Hold these limits from now on."""
        with self._lock:
            self._limits, self._budget = limits, PrintBudget(limits)

    def progress(self) -> None:
        """Write, once, that there is no run to show progress."""
        has_noted, self._has_noted_progress = self._has_noted_progress, True
        if not has_noted:
            self._write("`progress` was called outside a run, and is not shown", level="info")

    def log(self, text: str, *, level: LogLevel) -> None:
        """Write a line that belongs to no run."""
        self._write(f"`log` outside a run: {text}", level=level)

    def late(self, text: str, *, level: str) -> None:
        """Write a line that came after the end of its run."""
        self._write(f"`log` after the end of its run: {text}", level=level)

    def raised(self, run: str, text: str) -> None:
        """Write what a run's code has raised while it was being stopped: the run has its end already."""
        self._write(f"run {run} raised while it was being stopped: {text}", level="warning")

    def _write(self, text: str, *, level: str) -> None:
        line = hide(f"thread {threading.current_thread().name}: {text}", self._secrets())[
            : self._limits.line_bytes
        ]
        if os.getpid() != self._process:
            # The channel and its locks are the worker's. Whatever has forked may have closed the descriptor.
            with suppress(OSError):
                os.write(2, f"{line}\n".encode(errors="backslashreplace"))
            return
        with self._lock:
            if not self._budget.admits(len(line), begins_line=True):
                self._left_out += 1
                return
            left_out, self._left_out = self._left_out, 0
        if left_out:
            self._send(WorkerLog(level="warning", text=describe_left_out(left_out, self._limits)))
        self._send(WorkerLog(level=level, text=line.encode(errors="replace").decode()))
