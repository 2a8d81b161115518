"""What one hostile visitor costs all others: how long they wait, and how much memory is left behind.

a thread sends bodies of 10 MB  <->  /health/live, asked all the while: the longest answer
200 MB of headers, bodies, inputs and to readers that hardly read --all closed--> resident memory
a worker in C code that holds the interpreter lock, its child --kill -9 of the server--> none is left
"""

import asyncio
import contextlib
import math
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import psutil

from bench.exchange import HOST, fetch, request
from bench.process import Server, free_port, serve
from bench.tools.gradstream import Gradstream
from bench.types import Figures, Row, Tool

MIB = 2**20
SETTLE_S = 5

FILES = {
    "gradstream.yaml": "gradstream: 1\ntitle: Hostile\nlimits:\n  finished_runs: 1\n",
    "demos/echo.yaml": (
        "gradstream: 1\ngenerator: victims.echo\ninputs:\n  text: text\n  several:\n    type: dropdown\n"
        "    choices: [a, b]\n    multiple: true\noutputs:\n  text: text\n"
    ),
    "demos/long.yaml": (
        "gradstream: 1\ngenerator: victims.long\non_disconnect: keep\noutputs:\n  text:\n    type: text\n"
        "    updates: append\n"
    ),
    "demos/held.yaml": "gradstream: 1\ngenerator: victims.held\noutputs:\n  pid: number\n",
    "demos/victims.py": (
        "import re, subprocess, sys, time\n\n"
        "def held():\n    child = [sys.executable, '-c', 'import time; time.sleep(600)']\n"
        "    yield subprocess.Popen(child, start_new_session=True).pid\n"
        "    re.match(r'(a+)+$', 'a' * 64 + 'b')\n\n"
        "def echo(text, several):\n    yield str(len(text))\n\n"
        "def long():\n    for _ in range(320):\n        yield 'x' * 65536\n        time.sleep(0.01)\n"
    ),
}


class Hostile:
    """The peer is not attacked, and has no figures here."""

    rows = (
        Row(key="held", title="bodies of 10 MB: the longest that others wait", unit="ms", limit=50),
        Row(key="left", title="200 MB of hostile input: memory that is left behind", unit="MiB", limit=48),
        Row(key="gone", title="kill -9 of the server: until no process of it is left", unit="ms", limit=1000),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Attack a server, first by what it has to decode, then by what it has to keep."""
        if tool.name != Gradstream.name:
            return {row.key: math.nan for row in self.rows}
        with tempfile.TemporaryDirectory(prefix="gradstream-bench-") as name:
            folder = Path(name)
            for path, text in FILES.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
            port = free_port()
            async with serve(tool.command("", port=port, folder=folder), port=port, page="/") as server:
                await _post(port, {"text": "warm"})
                await asyncio.sleep(SETTLE_S)
                held = await _longest_wait(port)
                before = _memory(server)
                await _fill(port)
                await asyncio.sleep(SETTLE_S)
                left = (_memory(server) - before) / MIB
                return {"held": held, "left": left, "gone": await _last_to_go(port, server)}


def _bodies() -> Iterator[bytes]:
    """Yield bodies of up to 10 MB that are dear to decode, to check or to refuse."""
    text = b"x" * 9_900_000
    for inputs in (
        b'"text":"%s"' % text,
        b'"%s":1' % text,
        b'"several":["%s"]' % text,
        b'"several":[%s]' % b",".join(b'"k%d"' % number for number in range(800_000)),
        b'"several":[%s]' % b",".join([b"[]"] * 3_000_000),
        b",".join(b'"k%d":1' % number for number in range(700_000)),
        b",".join(b'"k%d":1' % number for number in range(90_000)),
        b'"text":%s' % (b"9" * 9_900_000),
        b'"text":"%s"' % (b"\\\\" * 4_900_000),
        b'"text":%s' % (b"[" * 9_900_000),
    ):
        yield b'{"inputs":{%s}}' % inputs


def _post_request(body: bytes) -> bytes:
    head = b"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\n"
    head += b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


def _send(port: int, sent: bytes) -> None:
    # A server may refuse a body, and close, before it has all of it.
    with socket.create_connection((HOST, port)) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(sent)
        while connection.recv(MIB):
            pass


async def _longest_wait(port: int) -> float:
    """Return how long a request took at most, in milliseconds, while each body was sent."""
    longest_s = 0.0
    reader, writer = await asyncio.open_connection(HOST, port)
    # Made before: to copy 10 MB would hold this process, which is to see how long the server makes it wait.
    for sent in [_post_request(body) for body in _bodies()]:
        sending = asyncio.get_running_loop().run_in_executor(None, _send, port, sent)
        while not sending.done():
            began = time.perf_counter()
            writer.write(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"}")
            longest_s = max(longest_s, time.perf_counter() - began)
            await asyncio.sleep(0.002)
        await sending
    writer.close()
    return longest_s * 1000


async def _fill(port: int) -> None:
    """Send headers, bodies and inputs, 50 MB each, hardly read an output of 20 MB 60 times, and leave."""
    endless = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * (50 * MIB)
    half = (
        b"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"
        + b"x" * MIB
    )
    held = [await _hold(port, data) for data in (endless, *[half] * 50)]
    for _ in range(10):
        await _post(port, {"text": "x" * 5_000_000})
    run = await _post(port, None, demo="long")
    feed = f"GET /api/runs/{run}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    held += [await _hold(port, feed) for _ in range(30)]
    await _finished(port, run)
    held += [await _hold(port, feed) for _ in range(30)]
    await asyncio.sleep(SETTLE_S)
    for connection in held:
        connection.close()
    # One finished run is kept: the output that was read is forgotten.
    await _post(port, {"text": "x"})


async def _hold(port: int, data: bytes) -> socket.socket:
    """Open a connection, send what the server takes, and read nothing."""
    connection = socket.create_connection((HOST, port))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)  # noqa: FBT003 (the standard library's)
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(2):
            await asyncio.get_running_loop().sock_sendall(connection, data)
    return connection


async def _post(port: int, inputs: Mapping[str, str] | None, *, demo: str = "echo") -> str:
    body = {"inputs": inputs or {}}
    answer = await fetch(port, request("POST", f"/api/demos/{demo}/runs", body=body))
    if answer.status != 201:
        raise ValueError(f"the run was refused: {answer.status}")
    run: str = msgspec.json.decode(answer.body)["run"]
    return run


async def _finished(port: int, run: str) -> None:
    while True:
        answer = await fetch(port, request("GET", f"/api/runs/{run}"))
        if msgspec.json.decode(answer.body)["status"] not in ("queued", "starting", "running"):
            return
        await asyncio.sleep(0.5)


async def _last_to_go(port: int, server: Server) -> float:
    """Kill the server while a worker computes in C code; return when all had ended, in milliseconds."""
    await _first_output(port, await _post(port, None, demo="held"))
    below = server.process.children(recursive=True)
    began = time.perf_counter()
    server.process.kill()
    while True:
        below = [one for one in below if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        if not below:
            return (time.perf_counter() - began) * 1000
        await asyncio.sleep(0.002)


async def _first_output(port: int, run: str) -> None:
    while True:
        answer = await fetch(port, request("GET", f"/api/runs/{run}"))
        if msgspec.json.decode(answer.body)["outputs"]:
            return
        await asyncio.sleep(0.1)


def _memory(server: Server) -> int:
    """Return the resident memory of the server's own process."""
    resident: int = server.process.memory_info().rss
    return resident
