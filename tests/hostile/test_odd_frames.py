"""No frame of a WebSocket makes the server fail: the connection is closed with the reason's number."""

import asyncio
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from gradstream.limits import Limits
from tests.conftest import Server
from tests.patience import PATIENCE_S


async def test_a_message_that_is_too_large(wire: Server) -> None:
    """In one frame or in many, it is closed with 1009."""
    for message in (
        "x" * (Limits().socket_message_bytes + 1),
        ["x" * 1000] * (Limits().socket_message_bytes // 1000 + 1),
    ):
        async with connect(f"ws{wire.url.removeprefix('http')}/api/socket", compression=None) as socket:
            with suppress(ConnectionClosed):
                await socket.send(message)
            await asyncio.wait_for(socket.wait_closed(), PATIENCE_S)
            assert socket.close_code == 1009


async def test_a_small_message_that_becomes_too_large(wire: Server) -> None:
    """A compressed one is given up where its bound is, before the rest is decompressed."""
    message = "x" * 100 * Limits().socket_message_bytes
    async with connect(f"ws{wire.url.removeprefix('http')}/api/socket") as socket:
        assert socket.protocol.extensions
        with suppress(ConnectionClosed):
            await socket.send(message)
        await asyncio.wait_for(socket.wait_closed(), PATIENCE_S)
        assert socket.close_code == 1009
