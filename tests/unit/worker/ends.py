"""Both ends of a channel in one process: the worker's real one, and a reader in the server's place."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from gradstream.ipc.framing import Splitter, pack, unpack_update
from gradstream.ipc.protocol import AnyRequest, AnyUpdate, PingRequest, Pong
from gradstream.worker.sending.channel import Channel
from tests.patience import PATIENCE_S


class Ends:
    """The channel under test, and what it handed over; `theirs` is the server's socket."""

    def __init__(self) -> None:
        ours, self.theirs = socket.socketpair()
        self.theirs.settimeout(PATIENCE_S)
        self.handled: list[AnyRequest] = []
        self.lost = threading.Event()
        self.output = threading.Event()
        self.channel = Channel(
            ours,
            handle=self.handled.append,
            answer=_answer,
            lost=self.lost.set,
            has_output=self.output.is_set,
        )
        self._splitter = Splitter()
        self._read: list[AnyUpdate] = []

    def request(self, request: AnyRequest) -> None:
        """Send as the server does."""
        self.theirs.sendall(pack(request))

    def next(self) -> AnyUpdate:
        """Return the worker's next message."""
        while not self._read:
            self._read += [unpack_update(payload) for payload in self._splitter.feed(self.theirs.recv(2**16))]
        return self._read.pop(0)

    def take(self, count: int) -> list[AnyUpdate]:
        """Return so many messages."""
        return [self.next() for _ in range(count)]


def _answer(ping: PingRequest) -> Pong:
    return Pong(token=ping.token)


@contextmanager
def open_ends() -> Iterator[Ends]:
    """Return both ends; at the end the worker's has noticed that the server is gone."""
    ends = Ends()
    ends.channel.start()
    try:
        yield ends
    finally:
        ends.theirs.close()
        assert ends.lost.wait(PATIENCE_S)
