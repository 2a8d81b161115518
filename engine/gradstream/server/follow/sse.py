"""Server-sent events: one run's feed, and the response that carries any feed.

    id: 7
    event: append
    data: {"type":"append","seq":7,"output":"text","text":"lo"}

    : alive                                  every 15 s

One write per wake: everything new is sent in one piece. The next batch is read once this one has been sent,
so a slow reader holds back only itself.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Response

from gradstream.events import codec
from gradstream.runs.contract import EntrySource
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.server.http.compression import Gzip, accepted_encodings
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.types import Chunks, HttpRequest

MEDIA_TYPE = "text/event-stream"
ALIVE = b": alive\n\n"
HEADERS = {
    "Cache-Control": "no-store",
    # A proxy that buffers the response would show nothing until the run has ended.
    "X-Accel-Buffering": "no",
    "Vary": "Accept-Encoding",
}
# Given in full, or litestar adds a charset, which the format does not have: it is always UTF-8.
STREAM_HEADERS = {**HEADERS, "Content-Type": MEDIA_TYPE}

Lines = Chunks


async def run_lines(reader: EntrySource, heartbeat: Heartbeat) -> Lines:
    """Yield a run's events as they come, until the run is over or the server shuts down."""
    with Follower(reader, heartbeat=heartbeat) as batches:
        async for entries in batches:
            if not entries:
                yield ALIVE
            for piece in codec.sse_pieces(entries):
                yield piece


class FeedStream(Piecewise):
    """A response that goes on as long as its lines do, compressed if the client accepts it."""

    def __init__(
        self, lines: Lines, *, status_code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(
            lines,
            status_code=status_code,
            media_type=MEDIA_TYPE,
            headers={**STREAM_HEADERS, **(headers or {})},
        )

    def to_asgi_response(self, app: Any, request: HttpRequest, **defaults: Any) -> Any:
        """Return the streaming response to this client."""
        is_compressed = "gzip" in accepted_encodings(request.headers.get("accept-encoding", ""))
        if is_compressed:
            self.headers["Content-Encoding"] = "gzip"
        answer = super().to_asgi_response(app, request, **defaults)
        answer.gzip = Gzip() if is_compressed else None
        return answer


def nothing_follows() -> Response[None]:
    """Return the response that makes an EventSource stop asking."""
    return Response(None, status_code=204, headers=HEADERS)
