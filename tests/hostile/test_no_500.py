"""No body, path, query, header or frame of a visitor is answered by 500, or writes a traceback to the log."""

import asyncio
import itertools
import logging
import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from litestar.routes import HTTPRoute

from gradstream.events.types import Append
from gradstream.server.app import create_litestar
from tests.patience import PATIENCE_S
from tests.unit.played_engine import make_demo, make_singer
from tests.unit.server.site import Site, serving

ODD = (
    "%00",
    "x%00.js",
    "%00.md",
    "%ff",
    "%c0%ae%c0%ae",
    "%ed%a0%80",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..%5c..%5c",
    "....//",
    "%2e%2e/",
    "%0d%0aX-A:%20b",
    "%0a",
    "%F0%9F%98%80",
    "%25",
    "%",
    "%zz",
    "a" * 300,
    "a/" * 200,
    "a" * 5000,
    "~",
    ".",
    "..",
    "*",
    "a:b",
    "'\"<>",
    "-1",
    "NaN",
    "inf",
    "1e400",
    "9" * 30,
    "9" * 5000,
    "%D9%A3",
    "9999999999.m4s",
    "000000000.m4s",
    "download.wav",
    "download.exe",
    "index.html",
    "a.md",
    "",
)
FEED = "/api/feed"
QUERIES = {
    FEED: ("runs", "catalog", "wait", ""),
    "/api/demos/{demo}": ("open",),
    "/api/demos/{demo}/thumbnail": ("v",),
    "/api/demos/{demo}/pictures/{version}": ("name",),
    "/api/pictures/{version}": ("name",),
    "/api/runs/{run}/events": ("after",),
    "/api/runs/{run}/outputs/{output}/stream.mp4": ("from",),
}
HEADERS = (
    "Range",
    "If-Range",
    "If-None-Match",
    "Last-Event-ID",
    "Accept",
    "Accept-Encoding",
    "X-Gradstream-Session",
    "Origin",
    "Host",
    "Cookie",
    "Content-Type",
    "Content-Encoding",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Forwarded-Prefix",
    "Forwarded",
)
VALUES = (
    b"",
    b"\xff\xfe",
    b"\xc3\xa9",
    b"a" * 5000,
    b"http://[",
    b"http://a:b",
    b"[::1",
    b":",
    b",",
    b"null",
    b"bytes=9-1",
    b"bytes=-0",
    b"bytes=" + b"9" * 300 + b"-",
    b"bytes=0-0,1-1",
    b"ID:1,ID:" + b"9" * 300,
    b"catalog:-1",
    b"gzip;q=\xff",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"application/json; charset=nonsense",
)
BODIES = (
    b"",
    b"\xff",
    b'{"inputs":{"x":"\xff"}}',
    b'{"inputs":{"x":"\\ud800"}}',
    b"\xff\xfe{\x00}\x00",
    b"[" * 10_000,
    b'{"inputs":' * 10_000,
    b'{"inputs":{"n":1' + b"0" * 400 + b"}}",
    b'{"inputs":{"n":1e400}}',
    b'{"inputs":{"n":NaN}}',
    b'{"inputs":{"n":18446744073709551616}}',
    b'{"inputs":{"n":-9223372036854775809}}',
    b'{"inputs":null}',
    b'{"inputs":{},"inputs":{}}',
    b'{"accept":[1]}',
    b'{"action":"\\u0000","supersedes":"\\u0000"}',
    b"null",
    b"--b\r\n\r\n",
)

EACH = 13

Request = tuple[str, str, list[tuple[str, bytes]], bytes]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Return a server with a run that has a blob and a stream; of it the log says nothing."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "page" / "assets").mkdir(parents=True)
    (folder / "page" / "index.html").write_text("<!--gradstream:head--><!--gradstream:data-->")
    demos = {"echo": make_demo(), "sing": make_singer()}
    async with serving(folder, demos=demos, page=folder / "page") as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def run(site: Site) -> str:
    """Return a finished run."""
    run = await site.start("sing")
    site.slot.sink.blob("d", "text/\N{SNOWMAN}", b"data")
    site.slot.open_stream()
    site.slot.add_segment(b"segment")
    site.slot.tell(Append(output="text", text="a"))
    site.slot.end()
    return run


def _requests(routes: list[tuple[str, str]], run: str) -> Iterator[Request]:
    """Yield requests that differ in one place from ones that are in order."""
    known = {"demo": "sing", "run": run, "output": "sound", "name": "0.m4s", "digest": "d", "path": "x.js"}
    for number, (method, path) in enumerate(routes):
        names = re.findall(r"{(\w+)}", path)
        values = {name: known.get(name, "README.md") for name in names}
        usual = path.format(**values)
        for name, odd in itertools.product(names, ODD):
            yield method, path.format(**{**values, name: odd}), [], b""
        if method == "GET":
            for query, odd in itertools.product(QUERIES.get(path, ("x",)), ODD):
                # `wait`, so that a feed ends.
                yield method, f"{usual}?wait=0&{query}={odd}", [], b""
        if path == FEED:
            usual = f"{usual}?wait=0&catalog=0"
        # Each pair at a few routes: headers are read in the same places for most of them.
        pairs = list(itertools.product(HEADERS, VALUES))
        for header, value in pairs[number % EACH :: EACH]:
            yield method, usual, [(header, value)], b""
        if method == "POST":
            for body, kind in itertools.product(
                BODIES, (b"application/json", b"multipart/form-data; boundary=b")
            ):
                yield method, usual, [("Content-Type", kind)], body


async def _status(site: Site, request: Request) -> int:
    method, path, headers, body = request
    lines = [f"{method} {path} HTTP/1.1\r\nConnection: close\r\n".encode()]
    if not any(name == "Host" for name, _ in headers):
        lines.append(f"Host: 127.0.0.1:{site.port}\r\n".encode())
    lines += [name.encode() + b": " + value + b"\r\n" for name, value in headers]
    if method == "POST":
        lines.append(b"Content-Length: %d\r\n" % len(body))
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        writer.write(b"".join([*lines, b"\r\n", body]))
        line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
    finally:
        writer.close()
    return int(line.split()[1])


@pytest.mark.asyncio(loop_scope="module")
async def test_requests(site: Site, run: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is odd about a request, the answer is that the visitor's mistake is the visitor's."""
    routes = [
        (method, route.path_format)
        for route in create_litestar(site.services).routes
        if isinstance(route, HTTPRoute)
        for method in sorted(route.methods - {"OPTIONS"})
    ]
    asked = list(_requests([*routes, ("GET", "/{path}"), ("HEAD", "/assets/{path}")], run))
    found = [(await _status(site, one), one) for one in asked]
    assert [
        (status, one[0], one[1][:100], one[2], one[3][:40]) for status, one in found if status >= 500
    ] == []
    assert [record.getMessage()[:200] for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert len(found) > 1500
