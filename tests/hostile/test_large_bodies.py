"""No request of 10 MB holds the server: what a body costs is divided into short steps.

The event loop goes on between two callbacks, and while a thread is in Python; a call in C that keeps the
interpreter lock in a thread holds it as well. So both are measured, in processor time, which other work on
the machine does not lengthen.
"""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from gradstream.format.types import Demo, Input
from gradstream.limits import Limits
from tests.unit.played_engine import make_demo
from tests.unit.server.site import serving

LONGEST_S = 0.05

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


BODIES = {
    "a text": _inputs(text="x" * MILLIONS),
    "a text of two bytes each": _inputs(text="é" * (MILLIONS // 2)),
    "a text of escapes": b'{"inputs":{"text":"' + b"\\u4e00" * (MILLIONS // 6) + b'"}}',
    "a text of backslashes": b'{"inputs":{"text":"' + b"\\\\" * (MILLIONS // 2) + b'"}}',
    "a text of quotes": b'{"inputs":{"text":"' + b'\\"' * (MILLIONS // 2) + b'"}}',
    "a text of lines": _inputs(text="\n" * (MILLIONS // 2)),
    "a text for a number": _inputs(count="9" * MILLIONS),
    "a text for a choice": _inputs(one="x" * MILLIONS),
    "a text in data": _inputs(data={"a": ["x" * MILLIONS]}),
    "a name in data": _inputs(data={"x" * MILLIONS: 1}),
    "many names in data": _inputs(data={f"{'x' * 450}{number}": 1 for number in range(19_000)}),
    "many numbers in data": _inputs(data=[[number, number] for number in range(6_000)]),
    "an unknown input": _inputs(**{"x" * MILLIONS: 1}),
    "many unknown inputs": _inputs(**{f"{'x' * 450}{number}": 1 for number in range(19_000)}),
    "an action": json.encode({"action": "x" * MILLIONS}),
    "codecs": json.encode({"accept": ["x" * 450] * 19_000}),
    "digits": b'{"inputs":{"count":' + b"9" * MILLIONS + b"}}",
    "numbers without commas": b'{"inputs":{"data":[' + b"1 " * (MILLIONS // 2) + b"]}}",
    "numbers of 999 digits": b"[" + (b"9" * 999 + b" ") * (MILLIONS // 1000) + b"]",
    "commas": b"[" + b"," * MILLIONS + b"]",
    "quotes": b'"' * MILLIONS,
    "an open text": b'"' + b"x" * MILLIONS,
    "spaces": b" " * MILLIONS + b"{}",
    "opening brackets": b"[" * MILLIONS,
    "closing brackets": b"]" * MILLIONS,
    "colons": b":" * MILLIONS,
    "backslashes": b"\\" * MILLIONS,
    "bytes that are no text": b"\xff" * MILLIONS,
    "zeros": bytes(MILLIONS),
}


class Longest:
    """The longest time, in seconds of the processor, for which something has kept the interpreter lock."""

    def __init__(self) -> None:
        self.seconds, self.what = 0.0, ""
        self._began = threading.local()

    def note(self, seconds: float, what: str) -> None:
        """Note a time."""
        if seconds > self.seconds:
            self.seconds, self.what = seconds, what

    def profile(self, _frame: FrameType, event: str, call: Any) -> None:
        """Note the calls in C of a thread: a profile function."""
        if event == "c_call":
            self._began.at = time.thread_time()
        elif event == "c_return" and hasattr(self._began, "at"):
            self.note(time.thread_time() - self._began.at, getattr(call, "__qualname__", "?"))
            del self._began.at


@contextmanager
def measured(patch: pytest.MonkeyPatch) -> Iterator[Longest]:
    """Measure callbacks of this thread's event loop, and calls in C of threads that are started meanwhile."""
    longest, run = Longest(), asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        longest.note(time.thread_time() - began, repr(handle))

    patch.setattr(asyncio.Handle, "_run", timed)
    threading.setprofile(longest.profile)
    try:
        yield longest
    finally:
        threading.setprofile(None)
        patch.undo()


@pytest.mark.parametrize("case", BODIES)
async def test_no_body_holds_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """Receiving, decoding, checking and answering: no step takes 50 ms of the processor."""
    assert sys.getswitchinterval() < LONGEST_S
    limits = Limits(body_bytes=10 * 2**20)
    async with serving(tmp_path, limits=limits, demos={"echo": _demo()}) as site:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        body = BODIES[case]
        head = f"POST /api/demos/echo/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode())
        with measured(monkeypatch) as longest:
            for start in range(0, len(body), 2**16):
                writer.write(body[start : start + 2**16])
                await writer.drain()
            line = await reader.readline()
        writer.close()
    assert int(line.split()[1]) in {201, 400, 422}
    assert longest.seconds < LONGEST_S, longest.what
