"""A response in chunks: its source is closed at the end, and its chunks take the short way to the server."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

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
