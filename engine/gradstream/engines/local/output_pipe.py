"""A pipe that a worker has as its standard output or standard error, read in the event loop.

Compiled code and other processes may write to it as fast as they can. Policy: they wait; after each read the
next one is due when `BYTES_PER_S` allow it. Before what a worker has sent is handled, the pipe is read out of
turn, which counts as well: at most `AHEAD_S` in advance.
"""

import asyncio
import os
from collections.abc import Callable

READ_BYTES = 2**16
"""As much as a pipe holds."""

BYTES_PER_S = 2**20
"""More than anyone reads, and a small part of the server's time."""

AHEAD_S = 1.0
"""Of a burst that long, each line keeps its place among the yields."""

SMALL_BYTES = 2**12
"""After a read of less, the next one is not delayed."""


class OutputPipe:
    """`received` is called with what was read. `theirs` is the descriptor for the process."""

    def __init__(self, received: Callable[[bytes], None]) -> None:
        self._received = received
        self._loop = asyncio.get_running_loop()
        self._ours, self.theirs = os.pipe()
        os.set_blocking(self._ours, False)
        self._due = 0.0
        """When all that was read would have been read at `BYTES_PER_S`."""
        self._delay: asyncio.TimerHandle | None = None
        self._is_open = True

    def start(self) -> None:
        """Start to read, and close the descriptor that the process has inherited."""
        os.close(self.theirs)
        self._resume()

    def read(self) -> int:
        """Read what is there, at most as much as a pipe holds; return how many bytes there were."""
        if not self._is_open:
            return 0
        try:
            data = os.read(self._ours, READ_BYTES)
        except BlockingIOError:
            return 0
        if data:
            self._due = max(self._due, self._loop.time()) + len(data) / BYTES_PER_S
            self._received(data)
        else:
            self.close()
        return len(data)

    def read_soon(self) -> None:
        """Read what is there, unless so much was read that its turn is far ahead."""
        if self._due < self._loop.time() + AHEAD_S:
            self.read()

    def close(self) -> None:
        """Stop to read; anyone who still writes gets an error. Idempotent."""
        if self._is_open:
            self._is_open = False
            self._loop.remove_reader(self._ours)
            os.close(self._ours)
            if self._delay is not None:
                self._delay.cancel()

    def _read_when_ready(self) -> None:
        size = self.read()
        if size >= SMALL_BYTES and self._is_open:
            self._loop.remove_reader(self._ours)
            self._delay = self._loop.call_at(self._due, self._resume)

    def _resume(self) -> None:
        self._loop.add_reader(self._ours, self._read_when_ready)
