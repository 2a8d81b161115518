"""The worker's end of the socket pair, with its own thread: pings are answered while generators run.

    any thread --write--> socket, at once; what does not fit --> channel thread --> socket
    socket --> channel thread --> ping: `answer` makes the pong; other requests --> `handle`
    any thread --call_at--> channel thread, at that time

After something was printed, the next write begins with `Printed` (ipc/prints.py); `has_output` says whether
something was written beside Python's own streams.

A write never blocks: what the socket does not accept is kept. The credit of the runs limits how much that is
(protocol.py).
"""

import heapq
import itertools
import logging
import mmap
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable

from gradstream.errors import ProtocolError
from gradstream.ipc.framing import Splitter, pack, unpack_request
from gradstream.ipc.protocol import AnyRequest, AnyUpdate, PingRequest, Pong, Printed

log = logging.getLogger(__name__)

_PRINTED = pack(Printed())

READ_BYTES = 2**18
"""Requests are small; a run with much history fits into one read."""


class Channel:
    """`handle` is called with each request, `answer` with each ping and `lost` at the end.

    All three are called in the channel's thread.
    """

    def __init__(
        self,
        sock: socket.socket,
        *,
        handle: Callable[[AnyRequest], None],
        answer: Callable[[PingRequest], Pong],
        lost: Callable[[], None],
        has_output: Callable[[], bool],
    ) -> None:
        self._sock = sock
        self._handle = handle
        self._answer = answer
        self._lost = lost
        self._has_output = has_output
        self._has_printed = mmap.mmap(-1, 1)
        self._lock = threading.Lock()
        self._unwritten: deque[memoryview] = deque()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._wake_in, self._wake_out = socket.socketpair()
        self._sockets = (sock, self._wake_in, self._wake_out)
        for one in self._sockets:
            one.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        self._thread = threading.Thread(target=self._run, name="gradstream-channel", daemon=True)

    def start(self) -> None:
        """Start to read."""
        self._thread.start()

    def send(self, message: AnyUpdate) -> None:
        """Send one message."""
        self.write(pack(message))

    def note_printed(self) -> None:
        """Let the next write begin with `Printed`, after a piece was sent.

        Takes no lock, as a print takes none, and works in a forked process, which shares the byte.
        """
        self._has_printed[0] = True

    def write(self, data: bytes | bytearray) -> None:
        """Send whole frames."""
        with self._lock:
            if self._has_printed[0] or self._has_output():
                self._has_printed[0] = False
                data = _PRINTED + data
            if self._unwritten:
                self._unwritten.append(memoryview(data))
                return
            rest = self._write_some(memoryview(data))
            if not rest:
                return
            self._unwritten.append(rest)
        self._wake()

    def call_at(self, when: float, call: Callable[[], None]) -> None:
        """Call `call` in the channel's thread at a time of `time.monotonic`."""
        with self._lock:
            is_next = not self._timers or when < self._timers[0][0]
            heapq.heappush(self._timers, (when, next(self._numbers), call))
        if is_next:
            self._wake()

    def drain(self, timeout_s: float) -> None:
        """Write everything that is left; called last, before the process ends."""
        with self._lock:
            self._sock.settimeout(timeout_s)
            try:
                while self._unwritten:
                    self._sock.sendall(self._unwritten.popleft())
            except OSError:
                # The server is gone or no longer reads: nothing can be delivered.
                self._unwritten.clear()

    def _write_some(self, data: memoryview) -> memoryview:
        """Write what the socket accepts, and return the rest."""
        try:
            while data:
                data = data[self._sock.send(data) :]
        except BlockingIOError:
            return data
        except OSError:
            # The server is gone; the reading side notices it too and ends the process.
            return memoryview(b"")
        return data

    def _wake(self) -> None:
        try:
            self._wake_out.send(b"!")
        except OSError:
            # The buffer is full, so the thread will wake up anyway; or the thread has ended.
            return

    def _run(self) -> None:
        try:
            self._serve()
        except ProtocolError:
            log.exception("the server violated the protocol")
        finally:
            with self._lock:
                for one in self._sockets:
                    one.close()
            self._lost()

    def _serve(self) -> None:
        splitter = Splitter()
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_in, selectors.EVENT_READ)
            key = selector.register(self._sock, selectors.EVENT_READ)
            while True:
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._unwritten else 0)
                if key.events != wanted:
                    key = selector.modify(self._sock, wanted)
                for ready, mask in selector.select(self._run_timers()):
                    if ready.fileobj is self._wake_in:
                        self._wake_in.recv(READ_BYTES)
                    elif not self._serve_socket(mask, splitter):
                        return

    def _serve_socket(self, mask: int, splitter: Splitter) -> bool:
        """Write and read what is possible; return False if the other end is gone."""
        if mask & selectors.EVENT_WRITE:
            self._write_waiting()
        if not mask & selectors.EVENT_READ:
            return True
        try:
            data = self._sock.recv(READ_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            return False
        for payload in splitter.feed(data):
            request = unpack_request(payload)
            if isinstance(request, PingRequest):
                self.send(self._answer(request))
            else:
                self._handle(request)
        return bool(data)

    def _write_waiting(self) -> None:
        with self._lock:
            while self._unwritten:
                rest = self._write_some(self._unwritten[0])
                if rest:
                    self._unwritten[0] = rest
                    return
                self._unwritten.popleft()

    def _run_timers(self) -> float | None:
        """Run the timers that are due, and return the seconds until the next one."""
        while True:
            with self._lock:
                if not self._timers:
                    return None
                wait_s = self._timers[0][0] - time.monotonic()
                if wait_s > 0:
                    return wait_s
                call = heapq.heappop(self._timers)[2]
            call()
