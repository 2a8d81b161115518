"""A response in chunks, whose source is always closed at its end.

chunks --one at a time, the next one when this one has been sent--> client
client disconnected, server shut down, all sent --> the source is closed, and releases what it holds
"""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any, cast

from litestar.response import Stream
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send

from gradstream.server.http.answer_headers import DIRECT_SEND
from gradstream.server.http.compression import IN_THREAD_BYTES, Gzip
from gradstream.server.http.head_requests import IS_HEAD
from gradstream.server.types import Chunks


class _PiecewiseAnswer(ASGIStreamingResponse):
    """Closes its source: a reader that disconnected must not be counted."""

    __slots__ = ("chunks", "direct_send", "gzip")

    def __init__(self, chunks: Chunks, *, headers: Mapping[str, str], media_type: str, status: int) -> None:
        super().__init__(iterator=chunks, headers=dict(headers), media_type=media_type, status_code=status)
        self.chunks = chunks
        self.direct_send: Send | None = None
        self.gzip: Gzip | None = None
        """What compresses the chunks, for a client that accepts it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.is_head_response = IS_HEAD in scope
        self.direct_send = cast("Send | None", scope.get(DIRECT_SEND))
        async with aclosing(self.chunks):
            await super().__call__(scope, receive, send)

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Send the chunks, past the layers that have seen the head, until the client disconnects.

        By asyncio alone: the framework's own way keeps the error that ends a stream, with all that was being
        sent, until Python next searches for garbage.
        """
        # A task of its own: each of its wakes would pass through all layers above.
        streaming = asyncio.create_task(self._stream(self.direct_send or send))
        has_left = False

        def leave(_watching: asyncio.Task[None]) -> None:
            nonlocal has_left
            has_left = streaming.cancel()

        watching = asyncio.create_task(_disconnected(receive))
        watching.add_done_callback(leave)
        try:
            await streaming
        except asyncio.CancelledError:
            # Another canceled this task, and is to know of it.
            if not has_left or cast("asyncio.Task[None]", asyncio.current_task()).cancelling():
                raise
        finally:
            watching.cancel()

    async def _stream(self, send: Send) -> None:
        """Send the chunks; every yield of every run comes through here."""
        gzip = self.gzip
        async for chunk in self.chunks:
            if gzip is None:
                body = chunk
            elif len(chunk) <= IN_THREAD_BYTES:
                body = gzip.add(chunk)
            else:
                body = await asyncio.to_thread(gzip.add, chunk)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        end = b"" if gzip is None else gzip.end()
        await send({"type": "http.response.body", "body": end, "more_body": False})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Piecewise(Stream):
    """A response that lasts as long as its chunks do."""

    def __init__(
        self, chunks: Chunks, *, media_type: str, headers: Mapping[str, str], status_code: int = 200
    ) -> None:
        super().__init__(chunks, status_code=status_code, media_type=media_type, headers=dict(headers))

    def to_asgi_response(self, app: Any, request: Any, **defaults: Any) -> _PiecewiseAnswer:
        """Return the streaming response, with the headers that litestar adds to all responses."""
        chunks: Any = self.iterator
        headers = {**defaults.get("headers", {}), **self.headers}
        media_type, status = str(self.media_type), self.status_code or 200
        return _PiecewiseAnswer(chunks, headers=headers, media_type=media_type, status=status)
