"""Server-sent events: one run's feed, and the answer that carries any feed.

    id: 7
    event: append
    data: {"output":"text","text":"lo"}

    : alive                                  every 15 s

One write per wake: everything new goes out in one piece. The next is asked for when this one has left, so a
slow reader holds back only itself.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from litestar import Response
from litestar.response import Stream
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send

from gradstream.events import codec
from gradstream.events.bell import Bell
from gradstream.events.feed import Feed
from gradstream.runs.run import Run
from gradstream.server.front import IS_HEAD
from gradstream.server.pulse import Pulse

MEDIA_TYPE = "text/event-stream"
ALIVE = b": alive\n\n"
HEADERS = {
    "Cache-Control": "no-store",
    # A proxy that gathers the answer first would show nothing until the run has ended.
    "X-Accel-Buffering": "no",
}
# Named whole, or litestar adds a charset that the format does not have: it is always UTF-8.
STREAM_HEADERS = {**HEADERS, "Content-Type": MEDIA_TYPE}

Lines = AsyncGenerator[bytes, None]


async def run_lines(run: Run, feed: Feed, pulse: Pulse) -> Lines:
    """Yield a run's events as they come, until its end or the server's."""
    bell = Bell()
    undo = (run.readers.attach(), run.journal.subscribe(bell.ring), pulse.join(bell.ring))
    beats = pulse.beats
    try:
        while not (feed.is_over or (pulse.is_over and not feed.has_more)):
            if not feed.has_more and beats == pulse.beats:
                await bell.wait()
            chunk = b"".join(map(codec.sse, feed.take()))
            if beats != pulse.beats:
                beats = pulse.beats
                chunk += ALIVE
            if chunk:
                yield chunk
    finally:
        for each in undo:
            each()


class _FeedAnswer(ASGIStreamingResponse):
    """Closes what it streams from, however the streaming ends: a reader that is gone must not be counted."""

    __slots__ = ("lines",)

    def __init__(self, lines: Lines, *, headers: Mapping[str, str], status_code: int) -> None:
        super().__init__(
            iterator=lines, headers=dict(headers), media_type=MEDIA_TYPE, status_code=status_code
        )
        self.lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.is_head_response = IS_HEAD in scope
        async with aclosing(self.lines):
            await super().__call__(scope, receive, send)


class FeedStream(Stream):
    """An answer that goes on as long as its lines do."""

    def __init__(
        self, lines: Lines, *, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(
            lines,
            status_code=status_code,
            media_type=MEDIA_TYPE,
            headers={**STREAM_HEADERS, **(headers or {})},
        )

    def to_asgi_response(self, app: Any, request: Any, **defaults: Any) -> _FeedAnswer:
        """Return the streaming answer, with the headers that litestar gives to every one."""
        lines: Any = self.iterator
        headers = {**defaults.get("headers", {}), **self.headers}
        return _FeedAnswer(lines, headers=headers, status_code=self.status_code or 200)


def nothing_follows() -> Response[None]:
    """Return the answer that tells an EventSource to stop asking."""
    return Response(None, status_code=204, headers=HEADERS)
