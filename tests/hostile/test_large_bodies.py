"""No request of 10 MB holds the server: what a body costs is divided into short steps.

The event loop goes on between two callbacks, and while a thread is in Python; a call in C that keeps the
interpreter lock in a thread holds it as well. So a body is read in a thread, and no call gets much of it.
`python -m bench hostile` measures how long others wait.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from gradstream.format.types import Demo, Input
from gradstream.limits import Limits
from gradstream.server.http import json_body
from tests.unit.played_engine import make_demo
from tests.unit.server.site import serving

MILLIONS = 9_000_000


def _demo() -> Demo:
    names = {"text": "text", "count": "number", "data": "json", "one": "radio"}
    fields = tuple(
        Input(
            name=name,
            kind=kind,
            label=name,
            options={"choices": [{"value": "a", "label": "A"}]} if kind == "radio" else {},
        )
        for name, kind in names.items()
    )
    demo = make_demo(inputs=fields)
    return replace(demo, actions=(replace(demo.actions[0], inputs=tuple(field.name for field in fields)),))


def _inputs(**values: Any) -> bytes:
    return json.encode({"inputs": values})


BODIES: dict[str, Callable[[], bytes]] = {
    "a text": lambda: _inputs(text="x" * MILLIONS),
    "a text of two bytes each": lambda: _inputs(text="é" * (MILLIONS // 2)),
    "a text of escapes": lambda: b'{"inputs":{"text":"' + b"\\u4e00" * (MILLIONS // 6) + b'"}}',
    "a text of backslashes": lambda: b'{"inputs":{"text":"' + b"\\\\" * (MILLIONS // 2) + b'"}}',
    "a text of quotes": lambda: b'{"inputs":{"text":"' + b'\\"' * (MILLIONS // 2) + b'"}}',
    "a text of lines": lambda: _inputs(text="\n" * (MILLIONS // 2)),
    "a text for a number": lambda: _inputs(count="9" * MILLIONS),
    "a text for a choice": lambda: _inputs(one="x" * MILLIONS),
    "a text in data": lambda: _inputs(data={"a": ["x" * MILLIONS]}),
    "a name in data": lambda: _inputs(data={"x" * MILLIONS: 1}),
    "many names in data": lambda: _inputs(data={f"{'x' * 450}{number}": 1 for number in range(19_000)}),
    "many numbers in data": lambda: _inputs(data=[[number, number] for number in range(6_000)]),
    "an unknown input": lambda: _inputs(**{"x" * MILLIONS: 1}),
    "many unknown inputs": lambda: _inputs(**{f"{'x' * 450}{number}": 1 for number in range(19_000)}),
    "an action": lambda: json.encode({"action": "x" * MILLIONS}),
    "codecs": lambda: json.encode({"accept": ["x" * 450] * 19_000}),
    "digits": lambda: b'{"inputs":{"count":' + b"9" * MILLIONS + b"}}",
    "numbers without commas": lambda: b'{"inputs":{"data":[' + b"1 " * (MILLIONS // 2) + b"]}}",
    "numbers of 999 digits": lambda: b"[" + (b"9" * 999 + b" ") * (MILLIONS // 1000) + b"]",
    "commas": lambda: b"[" + b"," * MILLIONS + b"]",
    "quotes": lambda: b'"' * MILLIONS,
    "an open text": lambda: b'"' + b"x" * MILLIONS,
    "spaces": lambda: b" " * MILLIONS + b"{}",
    "opening brackets": lambda: b"[" * MILLIONS,
    "closing brackets": lambda: b"]" * MILLIONS,
    "colons": lambda: b":" * MILLIONS,
    "backslashes": lambda: b"\\" * MILLIONS,
    "bytes that are no text": lambda: b"\xff" * MILLIONS,
    "zeros": lambda: bytes(MILLIONS),
}
"""Each is made when it is sent: every process of tests reads this file."""


class Watch:
    """What threads do with bytes while a body is read, but for its decoder."""

    def __init__(self) -> None:
        self.longest, self.what = 0, ""

    def profile(self, _frame: FrameType, event: str, call: Any) -> None:
        """Note how many bytes a method in C is called on: a profile function."""
        given = getattr(call, "__self__", None) if event == "c_call" else None
        if isinstance(given, bytes) and len(given) > self.longest:
            self.longest, self.what = len(given), call.__qualname__


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the threads that are started meanwhile."""
    watch = Watch()
    threading.setprofile(watch.profile)
    try:
        yield watch
    finally:
        threading.setprofile(None)


async def post(port: int, body: bytes) -> int:
    """Send a body as it would come, and return the answer's status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode())
    for start in range(0, len(body), 2**16):
        writer.write(body[start : start + 2**16])
        await writer.drain()
    line = await reader.readline()
    writer.close()
    return int(line.split()[1])


@pytest.mark.parametrize("case", BODIES)
async def test_no_body_holds_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """It is read outside of the event loop's thread, and in slices by all but the decoder."""
    readers = list[int]()
    decoded = json_body._decoded

    def noted(data: bytes, type_: Any, limits: Limits) -> Any:
        readers.append(threading.get_ident())
        return decoded(data, type_, limits)

    monkeypatch.setattr(json_body, "_decoded", noted)
    limits = Limits(body_bytes=10 * 2**20)
    async with serving(tmp_path, limits=limits, demos={"echo": _demo()}) as site:
        with watched() as watch:
            assert await post(site.port, BODIES[case]()) in {201, 400, 422}
    assert threading.get_ident() not in readers
    assert len(readers) == 1
    # The end of a number in the slice before is read again.
    assert 0 < watch.longest <= json_body.SLICE_BYTES + limits.body_digits, watch.what
