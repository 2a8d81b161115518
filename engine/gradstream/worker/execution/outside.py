"""Receives what the developer's code logs where no run can receive it, and writes it to the server's log.

an import, a thread started by one, a thread after its run's end --> stderr --> the server's log
"""

import os
import threading
from contextlib import suppress

from gradstream.authoring import LogLevel


class OutsideLog:
    """Implements `authoring.Outside`. Writing to stderr waits while the server has not read what is there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_told_progress = False

    def progress(self) -> None:
        """Write, once, that there is no run to show progress."""
        with self._lock:
            has_told, self._has_told_progress = self._has_told_progress, True
        if not has_told:
            self._write("`progress` was called outside a run, and is not shown")

    def log(self, text: str, *, level: LogLevel) -> None:
        """Write a line that belongs to no run."""
        self._write(f"`log` outside a run ({level}): {text}")

    def late(self, text: str, *, level: str) -> None:
        """Write a line that came after the end of its run."""
        self._write(f"`log` after the end of its run ({level}): {text}")

    def _write(self, line: str) -> None:
        thread = threading.current_thread().name
        text = f"gradstream: thread {thread}: {line}\n"
        with suppress(OSError):
            # The process's: `sys.stderr` may be the run's or the developer's own. It may be closed.
            os.write(2, text.encode(errors="backslashreplace"))
