"""What Python code in a worker prints, on its way to the server: datagrams over a socket pair of its own.

    print, logging, warnings --worker/printing--> PrintedPiece: one datagram --> engines/local/printed.py

A socket pair beside the channel, because a piece must be with the system before `print` returns: the process
may crash next, or be in the middle of a write to the channel when a finalizer prints. The next write to the
channel begins with `Printed`, at which the reader empties this socket: so a line comes before what is yielded
after it. A reader that looked here before each frame would pay for that with every yield.
"""

import time
from collections.abc import Callable
from typing import Literal

from msgspec import Struct, msgpack

from gradstream.limits import WORKER_LIMITS, WorkerLimits

PrintStream = Literal["stdout", "stderr"]

MAX_PIECE_BYTES = 2**14
"""Of text in one datagram: socket buffers hold several."""

LINES_S = 5
BYTES_S = 8
"""What one run may print in a burst: as much as in so many seconds in the long term."""


PAUSE_S = 1.0
"""After a line was left out, the following ones are too for so long: one report for all of them."""


class PrintedPiece(Struct, frozen=True, array_like=True):
    """Bytes printed by the code of a demo; `run` is None during its import."""

    stream: PrintStream
    demo: str
    run: str | None
    data: bytes


class PrintBudget:
    """Limits the lines and bytes that one source prints; policy: what is beyond is left out and counted."""

    def __init__(
        self, limits: WorkerLimits = WORKER_LIMITS, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lines_per_s, self._bytes_per_s = limits.printed_lines, limits.printed_bytes
        self._most_lines = float(max(1, limits.printed_lines * LINES_S))
        self._most_bytes = float(limits.printed_bytes * BYTES_S)
        self._clock = clock
        self._at = clock()
        self._lines = self._most_lines
        self._bytes = self._most_bytes
        self._resumes_at = 0.0

    def admits(self, size: int, *, begins_line: bool) -> bool:
        """Return whether so many bytes may pass, and count them if so."""
        now = self._clock()
        passed_s, self._at = now - self._at, now
        self._lines = min(self._most_lines, self._lines + passed_s * self._lines_per_s)
        self._bytes = min(self._most_bytes, self._bytes + passed_s * self._bytes_per_s)
        if now < self._resumes_at:
            return False
        if self._bytes < size or self._lines < begins_line:
            self._resumes_at = now + PAUSE_S
            return False
        self._bytes -= size
        self._lines -= begins_line
        return True


def describe_left_out(lines: int, limits: WorkerLimits = WORKER_LIMITS) -> str:
    """Return the line that takes the place of those left out."""
    noun = "line" if lines == 1 else "lines"
    most = f"{limits.printed_lines:,} lines or {limits.printed_bytes / 1024:,g} KiB a second"
    return f"[{lines:,} {noun} left out: printed faster than {most}]"


def encode_piece(piece: PrintedPiece) -> bytes:
    """Return a piece as a datagram."""
    return msgpack.encode(piece)


def decode_piece(data: bytes) -> PrintedPiece:
    """Return the piece in a datagram. Raises msgspec.MsgspecError for any other data."""
    return msgpack.decode(data, type=PrintedPiece)
