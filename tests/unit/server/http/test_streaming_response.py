"""A response in chunks: its source is closed at the end, and its chunks take the short way to the server."""

import asyncio
import gc
import weakref
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from gradstream.server.http.answer_headers import with_answer_headers
from gradstream.server.http.streaming_response import Piecewise


class Source:
    """Three chunks, and whether what yields them was closed."""

    def __init__(self) -> None:
        self.is_closed = False

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield them."""
        try:
            for number in range(3):
                yield b"%d" % number
        finally:
            self.is_closed = True


async def test_only_the_head_of_an_answer_passes_the_layers() -> None:
    """Layers change heads; a feed's writes, tens of thousands a second, cost one call of the server."""
    source, sent, passed = Source(), list[dict[str, Any]](), list[str]()
    complete = asyncio.Event()

    async def layer(scope: Any, receive: Any, send: Any) -> None:
        async def passing(message: Any) -> None:
            passed.append(message["type"])
            await send(message)

        answer = Piecewise(source.chunks(), media_type="text/plain", headers={})
        await answer.to_asgi_response(None, None)(scope, receive, passing)

    async def receive() -> dict[str, str]:
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message["more_body"]:
            complete.set()

    app = with_answer_headers(layer, origins=frozenset())
    await app({"type": "http", "method": "GET", "headers": []}, receive, send)
    assert passed == ["http.response.start"]
    assert (b"x-content-type-options", b"nosniff") in sent[0]["headers"]
    assert [message["body"] for message in sent[1:]] == [b"0", b"1", b"2", b""]
    assert source.is_closed


class Held(bytearray):
    """A chunk that can be watched."""


async def _answer(source: AsyncGenerator[Any, None], receive: Any, send: Any) -> None:
    scope: Any = {"type": "http"}
    answer = Piecewise(source, media_type="text/plain", headers={})
    await answer.to_asgi_response(None, None)(scope, receive, send)


async def test_a_client_that_leaves_takes_all_with_it() -> None:
    """What was being sent is freed at once, not when Python next searches for garbage."""
    freed, leaves = asyncio.Event(), asyncio.Event()
    is_closed = False

    async def chunks() -> AsyncGenerator[Any, None]:
        nonlocal is_closed
        try:
            chunk = Held(b"x")
            weakref.finalize(chunk, freed.set)
            yield chunk
        finally:
            is_closed = True

    async def receive() -> dict[str, str]:
        await leaves.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            leaves.set()
            await asyncio.Event().wait()

    gc.disable()
    try:
        await asyncio.create_task(_answer(chunks(), receive, send))
        assert is_closed
        assert freed.is_set()
    finally:
        gc.enable()


async def test_a_server_that_ends_is_told_apart_from_a_client_that_leaves() -> None:
    """Who cancels the answer learns that it is canceled; the source is closed all the same."""
    source, sends = Source(), asyncio.Event()

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            sends.set()
            await asyncio.Event().wait()

    answering = asyncio.create_task(_answer(source.chunks(), receive, send))
    await sends.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert source.is_closed


async def test_a_client_that_leaves_at_the_last_chunk_cancels_nothing() -> None:
    """What comes after the answer goes on."""
    source, complete = Source(), asyncio.Event()

    async def receive() -> dict[str, str]:
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body" and not message["more_body"]:
            complete.set()
            await asyncio.sleep(0)

    await _answer(source.chunks(), receive, send)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert source.is_closed
