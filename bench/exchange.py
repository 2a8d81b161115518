"""One HTTP exchange over a connection of its own, recorded as it arrives and decoded afterwards.

    request -> socket -> [(monotonic ns, bytes), …] -> decode -> status, headers, body pieces -> SSE events

Recording costs next to nothing while the clock runs, so that the client does not measure itself. The same
code reads both tools.
"""

import asyncio
import json
import time
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import cast

import msgspec

HOST = "127.0.0.1"

FEED = "gzip"
"""What a feed may be compressed with, as browsers and most programs ask for it."""

READ_AT_ONCE = "identity"
"""The same for a feed in which something is looked for while it arrives."""


class Piece(msgspec.Struct, frozen=True):
    """A part of a body, and when its last byte had arrived."""

    at_ns: int
    data: bytes


class Answer(msgspec.Struct, frozen=True):
    """A decoded answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    pieces: list[Piece]

    @property
    def body(self) -> bytes:
        """The body as one."""
        return b"".join(piece.data for piece in self.pieces)


class Exchange(asyncio.Protocol):
    """Sends one request when connected and records what comes back until the server closes."""

    def __init__(self, request: bytes, listener: Callable[[bytes], None] | None = None) -> None:
        self._request = request
        self._listener = listener
        self._transport: asyncio.WriteTransport | None = None
        self.arrivals: list[tuple[int, bytes]] = []
        self.sent_ns = 0
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the request."""
        # uvloop's transports have the methods of asyncio's, not its classes.
        self._transport = cast("asyncio.WriteTransport", transport)
        self.sent_ns = time.monotonic_ns()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Record what came, and when."""
        self.arrivals.append((time.monotonic_ns(), data))
        if self._listener is not None:
            self._listener(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Notify the waiting reader that the connection has ended."""
        if not self.ended.done():
            self.ended.set_result(None)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    @property
    def wire_bytes(self) -> int:
        """The bytes of request and answer, headers and framing included."""
        return len(self._request) + sum(len(data) for _, data in self.arrivals)


def request(
    method: str, path: str, *, body: object = None, accept: str = "*/*", encoding: str = "identity"
) -> bytes:
    """Write a request that asks the server to close when it has answered."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Accept: {accept}", "Connection: close"]
    lines.append(f"Accept-Encoding: {encoding}")
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


async def open_exchange(
    port: int, content: bytes, listener: Callable[[bytes], None] | None = None
) -> Exchange:
    """Connect and send; the answer is recorded while the caller does other things."""
    loop = asyncio.get_running_loop()
    _, exchange = await loop.create_connection(lambda: Exchange(content, listener), HOST, port)
    return exchange


async def fetch(port: int, content: bytes, *, timeout_s: float = 30) -> Answer:
    """Send a request and wait for the whole answer."""
    exchange = await open_exchange(port, content)
    async with asyncio.timeout(timeout_s):
        await exchange.ended
    return decode(exchange)


def decode(exchange: Exchange) -> Answer:
    """Take an answer apart; one that was cut off ends with its last whole piece."""
    raw = b"".join(data for _, data in exchange.arrivals)
    ends: list[int] = []
    for _, data in exchange.arrivals:
        ends.append((ends[-1] if ends else 0) + len(data))
    head, found, _ = raw.partition(b"\r\n\r\n")
    if not found:
        raise ConnectionError(f"no answer: {raw[:200]!r}")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    chunked = headers.get("transfer-encoding") == "chunked"
    spans = _chunks(raw, len(head) + 4) if chunked else iter([(len(head) + 4, len(raw))])
    pieces = [
        Piece(exchange.arrivals[bisect_left(ends, end)][0], raw[start:end])
        for start, end in spans
        if end > start
    ]
    if headers.get("content-encoding") == "gzip":
        pieces = list(_unpacked(pieces))
    return Answer(int(first.split()[1]), headers, pieces)


def _unpacked(pieces: list[Piece]) -> Iterator[Piece]:
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield Piece(piece.at_ns, decompressor.decompress(piece.data))


def _chunks(raw: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each whole chunk's content (RFC 9112, 7.1)."""
    while (line_end := raw.find(b"\r\n", offset)) >= 0:
        size = int(raw[offset:line_end].partition(b";")[0], 16)
        start = line_end + 2
        if not size or start + size > len(raw):
            return
        yield start, start + size
        offset = start + size + 2


def server_sent_events(answer: Answer) -> Iterator[tuple[int, str, bytes]]:
    """Yield each event's time, type and data (one `data` line an event, which is what both tools send)."""
    rest = b""
    for piece in answer.pieces:
        *events, rest = (rest + piece.data).replace(b"\r\n", b"\n").split(b"\n\n")
        for event in events:
            kind, data = "message", b""
            for line in event.split(b"\n"):
                if line.startswith(b"event:"):
                    kind = line[6:].strip().decode()
                elif line.startswith(b"data:"):
                    data = line[5:].strip()
            if data:
                yield piece.at_ns, kind, data
