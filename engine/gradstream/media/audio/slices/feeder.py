r"""Runs a decoder that reads a file in a thread of its own, and feeds it slices.

    feed(slice) --> SlicePipe --read--> decode(pipe) --blocks, a few at a time--> the caller
                        \--nothing left to read--> `feed` is over

FFmpeg's demuxers cannot be interrupted within a file: they read when they want to. The thread waits in
`read` until a slice comes, and the caller waits until the thread has read everything: whatever a slice
makes decodable is there when `feed` ends, and neither waits for the other at the same time.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator

from gradstream.media.audio.pcm import PcmBlock

MAX_WAITING_BLOCKS = 8
"""Blocks that wait for the caller; beyond, the thread waits."""


class SlicePipe:
    """What the thread reads from: a file that cannot be sought in. `read` waits for bytes."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.data = memoryview(b"")
        self.is_starving = False
        self.is_ended = False

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, at least one; none at the end."""
        with self.changed:
            while not self.data and not self.is_ended:
                self.is_starving = True
                self.changed.notify_all()
                self.changed.wait()
            read, self.data = bytes(self.data[:size]), self.data[size:]
            return read


Decode = Callable[[SlicePipe], Iterator[PcmBlock]]


class SliceFeeder:
    """One file and its thread, which starts with the first slice and ends with `close` at the latest."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._pipe = SlicePipe()
        self._changed = self._pipe.changed
        self._blocks: deque[PcmBlock] = deque()
        self._error: BaseException | None = None
        self._is_over = False
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def feed(self, data: bytes) -> Iterator[PcmBlock]:
        """Yield what a slice completes. Raises what `decode` raises; afterwards nothing is read any more."""
        if not data:
            return
        with self._changed:
            self._pipe.data = memoryview(data)
            self._pipe.is_starving = False
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="slices", daemon=True)
            self._thread.start()
        yield from self._received()

    def finish(self) -> Iterator[PcmBlock]:
        """Yield what the end of the file completes. Raises what `decode` raises."""
        with self._changed:
            self._pipe.is_ended = True
            self._pipe.is_starving = False
            self._changed.notify_all()
        if self._thread is not None:
            yield from self._received()

    def close(self) -> None:
        """End the thread, wherever it is; idempotent."""
        with self._changed:
            self._is_closed = self._pipe.is_ended = True
            self._pipe.data = memoryview(b"")
            self._blocks.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _received(self) -> Iterator[PcmBlock]:
        while (block := self._next()) is not None:
            yield block

    def _next(self) -> PcmBlock | None:
        """Wait for a block; None when there is none without further bytes."""
        with self._changed:
            while not self._blocks and not self._pipe.is_starving and not self._is_over:
                self._changed.wait()
            if self._blocks:
                self._changed.notify_all()
                return self._blocks.popleft()
            error, self._error = self._error, None
        if error is not None:
            raise error
        return None

    def _run(self) -> None:
        try:
            for block in self._decode(self._pipe):
                if not self._deliver(block):
                    return
        except BaseException as error:  # noqa: BLE001 (raised again in the caller's thread)
            self._error = error
        finally:
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _deliver(self, block: PcmBlock) -> bool:
        """Hand a block to the caller; return False if it does not want any more."""
        with self._changed:
            while len(self._blocks) >= MAX_WAITING_BLOCKS and not self._is_closed:
                self._changed.wait()
            self._blocks.append(block)
            self._changed.notify_all()
            return not self._is_closed
