"""Where printed text comes from: the code of a demo, in one of its runs or in its import.

    RoutedStream --write--> PrintSource of the present run or import --budget--> PrintedPiece --> socket

No locks: a finalizer may print at any point of any thread, also in the middle of a write.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from msgspec import Struct

from gradstream import authoring
from gradstream.ipc.prints import (
    MAX_PIECE_BYTES,
    PrintBudget,
    PrintedPiece,
    PrintStream,
    describe_left_out,
    encode_piece,
)
from gradstream.limits import WORKER_LIMITS, WorkerLimits

STREAMS: tuple[PrintStream, ...] = ("stdout", "stderr")

CUT = "…".encode()
"""Ends a line of which the rest is left out. What may be the beginning of a secret before it is masked."""


_import: ContextVar["PrintSource | None"] = ContextVar("gradstream_printing_import", default=None)


class _Line(Struct):
    """The present line of one stream: whether it has begun, and whether its rest is left out."""

    has_begun: bool = False
    is_left_out: bool = False


class PrintSource:
    """One run's, or the import's of one demo. `send` may raise OSError; no method does."""

    def __init__(
        self,
        send: Callable[[bytes], object],
        *,
        demo: str,
        run: str | None = None,
        limits: WorkerLimits = WORKER_LIMITS,
    ) -> None:
        self._limits = limits
        self._send_datagram = send
        self._demo = demo
        self._run = run
        self._budget = PrintBudget(limits)
        self._present = {"stdout": _Line(), "stderr": _Line()}
        self._left_out = 0

    def write(self, stream: PrintStream, data: bytes) -> None:
        """Send what is printed, or count the lines that are left out."""
        admitted = bytearray()
        for part in _parts(data):
            self._admit(part, self._present[stream], admitted)
        self._send(stream, admitted)

    @contextlib.contextmanager
    def importing(self) -> Iterator[None]:
        """Be the source of what is printed outside of runs, in the present context, until this is left."""
        token = _import.set(self)
        try:
            yield
        finally:
            _import.reset(token)

    def close(self) -> None:
        """End lines that have no end, and report what was left out; later prints are sent as before."""
        for stream in STREAMS:
            line = self._present[stream]
            if line.has_begun or line.is_left_out:
                self.write(stream, b"\n")
        self._send("stderr", self._notice())

    def _admit(self, part: bytes, line: _Line, admitted: bytearray) -> None:
        ends = part.endswith(b"\n")
        if not line.is_left_out and self._admits(part, line):
            if not line.has_begun:
                admitted += self._notice()
            admitted += part
            line.has_begun = not ends
            return
        if line.has_begun and not line.is_left_out:
            admitted += CUT
        line.is_left_out = not ends
        if ends:
            self._left_out += 1
            admitted += b"\n" if line.has_begun else b""
            line.has_begun = False

    def _admits(self, part: bytes, line: _Line) -> bool:
        is_just_end = line.has_begun and part == b"\n"
        return is_just_end or self._budget.admits(len(part), begins_line=not line.has_begun)

    def _notice(self) -> bytes:
        left_out, self._left_out = self._left_out, 0
        return f"{describe_left_out(left_out, self._limits)}\n".encode() if left_out else b""

    def _send(self, stream: PrintStream, data: bytes | bytearray) -> None:
        for start in range(0, len(data), MAX_PIECE_BYTES):
            piece = PrintedPiece(stream, self._demo, self._run, bytes(data[start : start + MAX_PIECE_BYTES]))
            # Without the server nobody reads any more, and the process is about to end.
            with contextlib.suppress(OSError):
                self._send_datagram(encode_piece(piece))


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the lines, their ends included, none longer than a piece."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start, start + MAX_PIECE_BYTES) + 1 or start + MAX_PIECE_BYTES
        yield data[start:end]
        start = end


def current() -> PrintSource | None:
    """Return the source of what is printed in the present context: its run, or the import going on in it."""
    run = authoring.current()
    return _import.get() if run is None else getattr(run, "prints", None)
