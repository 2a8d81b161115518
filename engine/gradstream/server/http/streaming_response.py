"""An answer that comes piece by piece: its source is closed, however the answering ends.

chunks --one at a time, the next when this one has left--> client
client gone, server ended, all sent --> the source is closed, and what it holds is let go
"""

from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

from litestar.response import Stream
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send

from gradstream.server.http.head_requests import IS_HEAD
from gradstream.server.types import Chunks


class _PiecewiseAnswer(ASGIStreamingResponse):
    """Closes what it streams from: a reader that is gone must not be counted."""

    __slots__ = ("chunks",)

    def __init__(self, chunks: Chunks, *, headers: Mapping[str, str], media_type: str, status: int) -> None:
        super().__init__(iterator=chunks, headers=dict(headers), media_type=media_type, status_code=status)
        self.chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.is_head_response = IS_HEAD in scope
        async with aclosing(self.chunks):
            await super().__call__(scope, receive, send)


class Piecewise(Stream):
    """An answer that goes on as long as its chunks do."""

    def __init__(
        self, chunks: Chunks, *, media_type: str, headers: Mapping[str, str], status_code: int = 200
    ) -> None:
        super().__init__(chunks, status_code=status_code, media_type=media_type, headers=dict(headers))

    def to_asgi_response(self, app: Any, request: Any, **defaults: Any) -> _PiecewiseAnswer:
        """Return the streaming answer, with the headers that litestar gives to every one."""
        chunks: Any = self.iterator
        headers = {**defaults.get("headers", {}), **self.headers}
        media_type, status = str(self.media_type), self.status_code or 200
        return _PiecewiseAnswer(chunks, headers=headers, media_type=media_type, status=status)
