"""The server's end of the socket pair: frames to updates, and a peer that breaks the protocol."""

import asyncio
import socket

from gradstream.engines.local.channel import ServerChannel
from gradstream.ipc.framing import pack
from gradstream.ipc.protocol import AnyUpdate, PingRequest, Pong


class Peer:
    """A channel, the worker's end of its socket, and what the channel reports."""

    def __init__(self) -> None:
        ours, self.sock = socket.socketpair()
        self.sock.settimeout(0)
        self.server_end = ours
        self.updates: asyncio.Queue[AnyUpdate] = asyncio.Queue()
        self.invalid = asyncio.Event()
        self.closed = asyncio.Event()
        self.channel = ServerChannel(received=self._receive, invalid=self.invalid.set, closed=self.closed.set)

    def _receive(self, update: AnyUpdate, _size: int) -> None:
        self.updates.put_nowait(update)
        if isinstance(update, Pong) and update.token == 0:
            raise ValueError("zero")

    async def send(self, data: bytes) -> None:
        """Send bytes as a worker."""
        await asyncio.get_running_loop().sock_sendall(self.sock, data)

    async def close(self) -> None:
        """Close the worker's end, and wait until the channel has noticed."""
        self.sock.close()
        await self.closed.wait()


async def test_frames_pass_both_ways() -> None:
    """A frame that arrives in pieces is one update, and a written frame reaches the worker."""
    peer = Peer()
    await peer.channel.open(peer.server_end)
    frame = pack(Pong(token=7))
    await peer.send(frame[:3])
    await peer.send(frame[3:])
    assert await peer.updates.get() == Pong(token=7)
    request = pack(PingRequest(token=1))
    peer.channel.write(request)
    assert await asyncio.get_running_loop().sock_recv(peer.sock, 2**10) == request
    await peer.close()
    assert not peer.channel.is_open
    peer.channel.write(request)


async def test_an_update_that_cannot_be_handled_ends_nothing() -> None:
    """The next update is received all the same, and the peer is not blamed."""
    peer = Peer()
    await peer.channel.open(peer.server_end)
    await peer.send(pack(Pong(token=0)) + pack(Pong(token=1)))
    assert [await peer.updates.get(), await peer.updates.get()] == [Pong(token=0), Pong(token=1)]
    assert not peer.invalid.is_set()
    await peer.close()


async def test_a_peer_that_breaks_the_protocol_is_reported() -> None:
    """Bytes that are not a frame call `invalid`."""
    peer = Peer()
    await peer.channel.open(peer.server_end)
    await peer.send(b"\xff" * 8)
    await peer.invalid.wait()
    await peer.close()
