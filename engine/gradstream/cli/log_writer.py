"""Writes the log's lines by a thread, so that a reader who stops reading stops nothing else.

    write(line) --queue, bounded--> thread --os.write--> file descriptor
         +--queue full--> counted; the number is written as soon as there is room

Standard error may be a pipe that nobody reads, or a terminal that is held by Ctrl-S. Then the thread waits,
and the process ends without it.
"""

import os
import threading
from collections.abc import Callable
from queue import SimpleQueue

MAX_LINES = 10_000
"""Lines that wait to be written; together with MAX_BYTES a bound of what an unread log occupies."""

MAX_BYTES = 8 * 2**20
"""Bytes that wait to be written. A single longer line is written if nothing else waits."""

CLOSE_S = 1.0
"""At the end of the process, what is left has this long to be written."""


class LogWriter:
    """Writes to a file descriptor. `write` never waits, and may be called again while it is running."""

    def __init__(self, descriptor: int, *, max_lines: int = MAX_LINES, max_bytes: int = MAX_BYTES) -> None:
        self._descriptor = descriptor
        self._max_lines = max_lines
        self._max_bytes = max_bytes
        # A SimpleQueue, because its `put` may be interrupted by a `put`: a finalizer may log at any point.
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._accepted = 0
        self._written = 0
        self._lost = 0
        self._reported = 0
        self._describe_loss: Callable[[int], str] = str
        self._thread = threading.Thread(target=self._run, name="gradstream-log", daemon=True)

    def start(self, *, describe_loss: Callable[[int], str]) -> None:
        """Start to write; `describe_loss` returns the line that reports how many lines were left out."""
        self._describe_loss = describe_loss
        self._thread.start()

    def write(self, line: str) -> None:
        """Write a line, or count it if too many are waiting."""
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        waiting = self._accepted - self._written
        if waiting and (waiting + len(data) > self._max_bytes or self._lines.qsize() >= self._max_lines):
            self._lost += 1
            return
        self._accepted += len(data)
        self._lines.put(data)

    def close(self) -> None:
        """Write what is left, within `CLOSE_S`."""
        self._lines.put(None)
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            self._write(line)
            self._written += len(line)
            if self._lines.empty():
                self._report_loss()
        self._report_loss()

    def _report_loss(self) -> None:
        lost = self._lost - self._reported
        if lost:
            self._write(self._describe_loss(lost).encode() + b"\n")
            self._reported += lost

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            # Nobody can read it any more. What follows is tried again: a terminal may come back.
            return
