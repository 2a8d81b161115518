"""What comes in slowly, is too large, or never ends is given up, and its connection is closed."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from gradstream.limits import Limits
from tests.patience import PATIENCE_S
from tests.unit.server.site import Site, serving

SOON = Limits(header_s=0.05, body_s=0.05, write_s=0.05)
LATE = Limits(header_bytes=2000, bodies_bytes=200_000, uploading_bytes=200_000, frames=2, frames_at_once=20)
HEAD = b"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"


@pytest.fixture
async def soon(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a server that waits for nobody."""
    async with serving(tmp_path, limits=SOON) as site:
        yield site


@pytest.fixture
async def late(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a server with small bounds for sizes."""
    async with serving(tmp_path, limits=LATE) as site:
        yield site


async def _answer(site: Site, *sent: bytes) -> bytes:
    """Send bytes and return everything that comes until the server closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        for data in sent:
            writer.write(data)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), PATIENCE_S)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "sent", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"GET /" + b"a" * 1000]
)
async def test_a_head_that_does_not_end(soon: Site, sent: bytes) -> None:
    """It is answered by 408."""
    assert (await _answer(soon, sent)).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


async def test_a_second_head_that_does_not_end(soon: Site) -> None:
    """On a connection that is kept open, each head has its time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", soon.port)
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert await reader.readuntil(b"}") != b""
    writer.write(b"GET / HT")
    assert (await asyncio.wait_for(reader.read(), PATIENCE_S)).startswith(b"HTTP/1.1 408 ")
    writer.close()


async def test_a_connection_on_which_nothing_comes(soon: Site) -> None:
    """It is closed without an answer, as browsers open some in advance."""
    assert await _answer(soon) == b""


@pytest.mark.parametrize("sent", [HEAD, HEAD + b"{", HEAD + b"x" * 50_000])
async def test_a_body_that_does_not_end(soon: Site, caplog: pytest.LogCaptureFixture, sent: bytes) -> None:
    """It is answered by 408, and the log has no traceback."""
    assert (await _answer(soon, sent)).startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_an_upload_that_does_not_end(soon: Site) -> None:
    """It is answered by 408 too."""
    head = HEAD.replace(b"demos/echo/runs", b"uploads").replace(
        b"\r\n\r\n", b"\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    assert (await _answer(soon, head, b"--b\r\n")).startswith(b"HTTP/1.1 408 ")


async def test_an_answer_that_nobody_takes(soon: Site) -> None:
    """The connection is cut once the client has taken nothing for the time."""
    await soon.start()
    run = soon.slot.order.run
    soon.slot.sink.blob("d", "text/plain", b"x" * 20_000_000)
    reader, writer = await asyncio.open_connection("127.0.0.1", soon.port, limit=1000)
    writer.write(f"GET /api/runs/{run}/blobs/d HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(_read_after_a_cut(soon, reader), PATIENCE_S)
    writer.close()


async def _read_after_a_cut(site: Site, reader: asyncio.StreamReader) -> None:
    """Read nothing until the server has cut the connection, and then what was sent before."""
    live = "/health/live"
    while len(site.connections) > 1:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert (await site.client.get(live)).status_code == 200
    await reader.readexactly(20_000_000)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 3000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 3000 + b"\r\n\r\n",
        b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X%d: y\r\n" % number for number in range(500)),
    ],
)
async def test_a_large_head(late: Site, sent: bytes) -> None:
    """It is answered by 431, whether it ends or not."""
    assert (await _answer(late, sent)).startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")


TRICKLE = b"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "parts",
    [
        [b"2\r\n{}\r\n0\r\n", *[b"X: " + b"y" * 1000 + b"\r\n"] * 1000],
        [b"2\r\n{}\r\n0\r\nX: ", *[b"y" * 1000] * 1000],
        [b"2;", *[b"y" * 1000] * 1000],
    ],
    ids=["trailers", "a trailer without end", "a chunk extension"],
)
async def test_what_is_neither_head_nor_body(late: Site, parts: list[bytes]) -> None:
    """It is bounded as a head is, and is not gathered until it ends."""
    _, writer = await asyncio.open_connection("127.0.0.1", late.port)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(_send_without_end(writer, parts), PATIENCE_S)
    writer.close()


async def _send_without_end(writer: asyncio.StreamWriter, parts: list[bytes]) -> None:
    for part in itertools.chain([TRICKLE], parts, itertools.repeat(parts[-1])):
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0)


HELLO = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
FEED = b"GET /api/feed?catalog=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
UPGRADE = (
    b"GET /api/socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
)


async def test_requests_sent_before_the_first_is_answered(late: Site) -> None:
    """A few are answered in order."""
    reader, writer = await asyncio.open_connection("127.0.0.1", late.port)
    writer.write(HELLO * 10)
    for _ in range(10):
        assert (await asyncio.wait_for(reader.readuntil(b"}"), PATIENCE_S)).startswith(b"HTTP/1.1 200 ")
    writer.close()


@pytest.mark.parametrize(
    "then",
    [HELLO, HELLO * 1000, UPGRADE + b"\r\n", b"no request\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"y" * 3000],
    ids=["one", "many", "a WebSocket", "no request", "a large head"],
)
async def test_requests_behind_a_feed(late: Site, then: bytes) -> None:
    """The feed is not written into, and ends with the connection."""
    before = len(asyncio.all_tasks())
    reader, writer = await asyncio.open_connection("127.0.0.1", late.port)
    writer.write(FEED)
    await reader.readuntil(b"\r\n\r\n")
    writer.write(then)
    if then == HELLO:
        while len(late.connections) == 0:  # noqa: ASYNC110
            await asyncio.sleep(0)
        for one in list(late.connections):
            one.transport.abort()
    with contextlib.suppress(ConnectionError):
        assert b"HTTP/1.1" not in await asyncio.wait_for(reader.read(), PATIENCE_S)
    writer.close()
    async with asyncio.timeout(PATIENCE_S):
        while len(asyncio.all_tasks()) > before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("odd", "status"),
    [
        (b"Cookie: " + b"a" * 9000, 431),
        (b"\r\n".join(b"X%d: y" % number for number in range(200)), 431),
        (b"Content-Length: 5", 400),
    ],
    ids=["a long line", "many headers", "a body"],
)
async def test_a_handshake_that_cannot_be_read(tmp_path: Path, odd: bytes, status: int) -> None:
    """It is answered, and its connection closed."""
    async with serving(tmp_path) as site:
        answer = await _answer(site, UPGRADE + odd + b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 %d " % status)


async def test_many_bodies_that_are_not_complete(late: Site) -> None:
    """Beyond the bound, the sender that is silent longest gets 503, and those that go on are served."""
    silent = [asyncio.create_task(_answer(late, HEAD, b"x" * 60_000)) for _ in range(8)]
    done, _ = await asyncio.wait(silent, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_S)
    assert all(one.result().startswith(b"HTTP/1.1 503 ") for one in done)
    assert (await late.client.post("/api/demos/echo/runs", json={"inputs": {}})).status_code == 201
    for one in silent:
        one.cancel()
    await asyncio.wait(silent)


async def test_many_files_that_are_not_complete(late: Site) -> None:
    """The same holds for files, which have a bound of their own."""
    head = HEAD.replace(b"demos/echo/runs", b"uploads").replace(
        b"\r\n\r\n", b"\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    silent = [asyncio.create_task(_answer(late, head, part + b"x" * 60_000)) for _ in range(8)]
    done, _ = await asyncio.wait(silent, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_S)
    assert done
    assert all(one.result().startswith(b"HTTP/1.1 503 ") for one in done)
    assert (await late.client.post("/api/uploads", files={"file": b"small"})).status_code == 201
    for one in silent:
        one.cancel()
    await asyncio.wait(silent)


@pytest.mark.parametrize("kind", ["ping", "text"])
async def test_more_frames_than_a_page_sends(late: Site, kind: str) -> None:
    """The connection is closed with 1008, whatever the frames are."""
    async with late.connect() as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await _send_frames(socket, kind)
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "too many frames")


async def _send_frames(socket: ClientConnection, kind: str) -> None:
    for _ in range(40):
        await (socket.ping() if kind == "ping" else socket.send('{"catalog": 0}'))
    while True:
        await asyncio.wait_for(socket.recv(), PATIENCE_S)


async def test_a_text_frame_that_is_no_text(late: Site, caplog: pytest.LogCaptureFixture) -> None:
    """The connection is closed with 1007, and the log has no traceback."""
    async with late.connect() as socket:
        await socket.send(b"\xff", text=True)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), PATIENCE_S)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1007
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
