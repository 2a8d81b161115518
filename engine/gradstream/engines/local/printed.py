"""Reads what a worker prints: Python's prints by run, and the two descriptors of everything else.

    socket pair --PrintedPiece--> the run or the import that printed
    OutputPipe: compiled code, other processes --> no run: the owner finds out which one it can be
    bytes --LineAssembler--> PrintedLine --> `printed`

Reading never blocks.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable
from functools import partial

from msgspec import MsgspecError, Struct

from gradstream.engines.local.output_pipe import OutputPipe
from gradstream.engines.local.printed_text import LineAssembler
from gradstream.ipc.prints import PrintBudget, PrintStream, decode_piece, describe_left_out
from gradstream.limits import WORKER_LIMITS, WorkerLimits

PIECE_BYTES = 2**17
"""Longer than any datagram."""

MOST_PIECES = 1_000
"""Read at a time: more than the buffers of the system hold, so that all that was there is read."""

UNFINISHED_S = 2.0
"""A line without an end, such as a question or a slow progress bar, is passed on after so long."""


class PrintedLine(Struct, frozen=True):
    """A line, with secrets masked. Without `demo` it was not Python code that printed it."""

    stream: PrintStream
    demo: str | None
    run: str | None
    text: str


_Origin = tuple[PrintStream, str | None, str | None]
_STDOUT: _Origin = ("stdout", None, None)
_STDERR: _Origin = ("stderr", None, None)


class PrintReader:
    """One worker's. `secrets` are masked; `printed` is called with each line, in the event loop."""

    def __init__(
        self, printed: Callable[[PrintedLine], None], *, limits: WorkerLimits = WORKER_LIMITS
    ) -> None:
        self._limits = limits
        self.secrets: set[str] = set()
        self._printed = printed
        self._loop = asyncio.get_running_loop()
        self._assemblers: dict[_Origin, LineAssembler] = {}
        self._budget = PrintBudget(limits)
        self._left_out = 0
        self._timer: asyncio.TimerHandle | None = None
        self._ours, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._ours.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        self._stdout = OutputPipe(partial(self._add, _STDOUT))
        self._stderr = OutputPipe(partial(self._add, _STDERR))

    @property
    def descriptors(self) -> tuple[int, int, int]:
        """The process's ends: standard output, standard error, the socket."""
        return self._stdout.theirs, self._stderr.theirs, self._theirs.fileno()

    def start(self) -> None:
        """Start to read; the process has inherited its ends, or could not be started."""
        self._theirs.close()
        self._stdout.start()
        self._stderr.start()
        self._loop.add_reader(self._ours, self.read_pieces)

    def read_pieces(self) -> None:
        """Read what Python code has printed so far: now, or before what was sent later is handled."""
        for _ in range(MOST_PIECES):
            try:
                piece = decode_piece(self._ours.recv(PIECE_BYTES))
            except MsgspecError:
                # The developer's code can write anything to any descriptor.
                continue
            except OSError:
                # Nothing is there: usually BlockingIOError.
                return
            self._add((piece.stream, piece.demo, piece.run), piece.data)

    def read_waiting(self) -> None:
        """Read all that was printed so far, before what was sent after it is handled."""
        self.read_pieces()
        self._stdout.read_soon()
        self._stderr.read_soon()

    def read_pipes(self) -> None:
        """Pass on what was written to the descriptors so far: a run is about to end."""
        self._stdout.read()
        self._stderr.read()
        for origin in (_STDOUT, _STDERR):
            if origin in self._assemblers:
                self._pass_on(origin, self._assemblers.pop(origin).flush())
        self._report_left_out("stderr")

    def close(self) -> None:
        """Pass on what is left, after the end of the process, and close everything. Idempotent."""
        self.read_pieces()
        self.read_pipes()
        self._flush(before=self._loop.time())
        if self._timer is not None:
            self._timer.cancel()
        if self._ours.fileno() >= 0:
            self._loop.remove_reader(self._ours)
            self._ours.close()
        self._stdout.close()
        self._stderr.close()

    def _add(self, origin: _Origin, data: bytes) -> None:
        assembler = self._assemblers.setdefault(
            origin, LineAssembler(self.secrets, longest=self._limits.line_bytes)
        )
        assembler.touched_at = self._loop.time()
        self._pass_on(origin, assembler.add(data))
        if assembler.is_empty:
            del self._assemblers[origin]
        self._flush_later()

    def _flush_later(self) -> None:
        if self._timer is None and (self._assemblers or self._left_out):
            self._timer = self._loop.call_later(UNFINISHED_S, self._flush_idle)

    def _flush_idle(self) -> None:
        self._timer = None
        self._flush(before=self._loop.time() - UNFINISHED_S)
        self._flush_later()

    def _flush(self, *, before: float) -> None:
        """Pass on unfinished lines to which nothing was added since then."""
        idle = [origin for origin, one in self._assemblers.items() if one.touched_at <= before]
        for origin in idle:
            self._pass_on(origin, self._assemblers.pop(origin).flush())
        self._report_left_out("stderr")

    def _pass_on(self, origin: _Origin, texts: Iterable[str]) -> None:
        stream, demo, run = origin
        for text in texts:
            # What Python code prints was counted in the worker.
            if demo is not None or self._budget.admits(len(text), begins_line=True):
                if demo is None:
                    self._report_left_out(stream)
                self._printed(PrintedLine(stream, demo, run, text))
            else:
                self._left_out += 1

    def _report_left_out(self, stream: PrintStream) -> None:
        left_out, self._left_out = self._left_out, 0
        if left_out:
            self._printed(PrintedLine(stream, None, None, describe_left_out(left_out, self._limits)))
