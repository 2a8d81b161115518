"""The server's end of the socket pair: bytes to updates, frames to bytes.

socket --ServerChannel--> `received` for each update; `invalid` for a broken peer, `closed`
"""

import asyncio
import logging
import socket
from collections.abc import Callable

from gradstream.errors import ProtocolError
from gradstream.ipc.framing import Splitter, unpack_update
from gradstream.ipc.protocol import AnyUpdate

log = logging.getLogger("gradstream.worker")


class ServerChannel(asyncio.Protocol):
    """One worker's. `received` gets each update and its size in bytes.

    `invalid` is called when the peer violates the protocol, `closed` when the socket is closed.
    """

    def __init__(
        self,
        *,
        received: Callable[[AnyUpdate, int], None],
        invalid: Callable[[], None],
        closed: Callable[[], None],
    ) -> None:
        self._received = received
        self._invalid = invalid
        self._closed = closed
        self._splitter = Splitter()
        self._transport: asyncio.Transport | None = None

    async def open(self, sock: socket.socket) -> None:
        """Start to read and write on a connected socket, which is closed with the channel."""
        transport, _ = await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=sock)
        self._transport = transport

    @property
    def is_open(self) -> bool:
        """Whether frames can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    def write(self, *parts: bytes) -> None:
        """Send a whole frame; without a connection, do nothing: the end of the process is reported anyway."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.writelines(parts)

    def abort(self) -> None:
        """Close the channel without waiting for what is not written yet."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Decode the frames that are complete; called by asyncio."""
        try:
            for payload in self._splitter.feed(data):
                self._handle(payload)
        except ProtocolError:
            log.exception("a worker violated the protocol and is killed")
            self._invalid()

    def connection_lost(self, exc: Exception | None) -> None:
        """Report the end; called by asyncio."""
        self._closed()

    def _handle(self, payload: bytes | memoryview) -> None:
        update = unpack_update(payload)
        try:
            self._received(update, len(payload))
        except Exception:
            # One update that cannot be handled must not end the channel for all runs.
            log.exception("an update from a worker could not be handled")
