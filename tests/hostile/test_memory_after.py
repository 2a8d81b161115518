"""200 MB of hostile headers, bodies, inputs and slow readers leave a server about as large as it was."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import psutil

from tests.acceptance.wire_catalog import FILES
from tests.acceptance.wire_client import Client, client_of
from tests.acceptance.worker_lab import true_soon
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

MOST_GROWTH = 48 * 2**20

HOST = b" HTTP/1.1\r\nHost: localhost\r\n"
PIECE = bytes(900_000)

HEADERS = b"GET /" + HOST + b"X: "
UPLOAD = (
    b"POST /api/uploads" + HOST + b"Content-Type: multipart/form-data; boundary=b\r\n"
    b"Content-Length: 19000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="
)
ATTACKS: dict[str, tuple[int, list[bytes]]] = {
    "headers": (60, [HEADERS, b"y" * 500_000]),
    "unfinished headers": (100, [HEADERS + b"y" * 60_000]),
    "unfinished bodies": (
        10,
        [b"POST /api/demos/letters/runs" + HOST + b"Content-Length: 9000000\r\n\r\n", *[PIECE] * 6],
    ),
    "unfinished files": (5, [UPLOAD + b'"file"; filename="a"\r\n\r\n', *[PIECE] * 8]),
    "unfinished fields": (5, [UPLOAD + b'"other"\r\n\r\n', *[PIECE] * 8]),
    "trailers": (
        5,
        [
            b"POST /api/demos/letters/runs" + HOST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ",
            *[PIECE] * 8,
        ],
    ),
    "requests behind a feed": (
        20,
        [b"GET /api/feed?catalog=99" + HOST + b"\r\n", (b"GET /" + HOST + b"\r\n") * 5000],
    ),
}
"""How many connections send these parts, and then nothing."""


def _send(address: tuple[str, int], attack: tuple[int, list[bytes]]) -> int:
    """Make an attack, let its connections end, and return how many bytes were sent."""
    number, parts = attack
    sent = 0
    with ExitStack() as opened:
        for _ in range(number):
            line = opened.enter_context(socket.create_connection(address))
            line.settimeout(PATIENCE_S)
            # A server that refuses what comes closes the connection while it is written to.
            with suppress(OSError):
                for part in parts:
                    line.sendall(part)
                    sent += len(part)
    return sent


async def _inputs(client: Client) -> int:
    """Run with large inputs, one run after the other; return their size."""
    text = "x" * 9_000_000
    for _ in range(6):
        await client.post("/api/demos/letters/runs", json={"inputs": {"text": text, "gate": text}})
    return 6 * len(text)


def _slow_readers(address: tuple[str, int], run: str) -> Iterator[socket.socket]:
    for _ in range(100):
        line = socket.create_connection(address)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(f"GET /api/runs/{run}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        yield line


def _size(server: Server) -> int:
    size: int = psutil.Process(server.process.pid).memory_info().rss
    return size


async def test_hostile_bytes_leave_the_server_as_it_was(serve: Serve) -> None:
    """What it has grown by, once all of them have gone, is less than 48 MiB."""
    server = serve(FILES)
    parts = urlsplit(server.url)
    address = (parts.hostname or "", parts.port or 0)
    async with client_of(server) as client:
        await client.get("/demos/letters")
        run = await client.start("letters", text="a" * 2000)
        await client.events(run)
        before = _size(server)
        sent = 0
        for attack in ATTACKS.values():
            sent += await asyncio.to_thread(_send, address, attack)
        sent += await _inputs(client)
        with ExitStack() as opened:
            for line in _slow_readers(address, run):
                opened.enter_context(line)
            assert (await client.get("/health/live")).status_code == 200
        await true_soon(lambda: _size(server) - before < MOST_GROWTH)
        assert (await client.get("/health/ready")).status_code == 200
    assert sent > 150_000_000
