"""`sys.stdout` and `sys.stderr` of a worker: each write goes to the run, or the import, that it comes from.

print in a run or an import --> its PrintSource
any other --> the descriptor, where the output of compiled code and of other processes goes too
"""

import contextlib
import io
import os
import sys
from typing import Any

from gradstream.ipc.prints import PrintStream
from gradstream.worker.printing.source import current


class RoutedStream(io.BufferedIOBase):
    """The bytes below a text stream. It cannot be closed: one run would silence all others."""

    def __init__(self, stream: PrintStream, descriptor: int) -> None:
        super().__init__()
        self.name = f"<{stream}>"
        self.mode = "wb"
        self._stream = stream
        self._descriptor = descriptor

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor, for other processes and compiled code to write to."""
        return self._descriptor

    def close(self) -> None:
        """Stay open."""

    def write(self, data: Any, /) -> int:
        """Pass on all bytes."""
        given = bytes(data)
        source = current()
        if source is None:
            _write_all(self._descriptor, given)
        else:
            source.write(self._stream, given)
        return len(given)


def route_prints() -> None:
    """Replace `sys.stdout` and `sys.stderr`; text that cannot be encoded is escaped."""
    sys.stdout = _text_stream("stdout", sys.stdout.fileno())
    sys.stderr = _text_stream("stderr", sys.stderr.fileno())


def _text_stream(stream: PrintStream, descriptor: int) -> io.TextIOWrapper:
    routed = RoutedStream(stream, descriptor)
    return io.TextIOWrapper(routed, encoding="utf-8", errors="backslashreplace", write_through=True)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    # The descriptor may be closed, by the developer's code or because the server is gone.
    with contextlib.suppress(OSError):
        while rest:
            rest = rest[os.write(descriptor, rest) :]
