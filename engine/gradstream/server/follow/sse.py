"""Server-sent events: one run's feed, and the answer that carries any feed.

    id: 7
    event: append
    data: {"output":"text","text":"lo"}

    : alive                                  every 15 s

One write per wake: everything new goes out in one piece. The next is asked for when this one has left, so a
slow reader holds back only itself.
"""

from collections.abc import Mapping

from litestar import Response

from gradstream.events import codec
from gradstream.events.auto_reset_event import Bell
from gradstream.events.feed import Feed
from gradstream.runs.run import Run
from gradstream.server.follow.heartbeat import Pulse
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.types import Chunks

MEDIA_TYPE = "text/event-stream"
ALIVE = b": alive\n\n"
HEADERS = {
    "Cache-Control": "no-store",
    # A proxy that gathers the answer first would show nothing until the run has ended.
    "X-Accel-Buffering": "no",
}
# Named whole, or litestar adds a charset that the format does not have: it is always UTF-8.
STREAM_HEADERS = {**HEADERS, "Content-Type": MEDIA_TYPE}

Lines = Chunks


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


class FeedStream(Piecewise):
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


def nothing_follows() -> Response[None]:
    """Return the answer that tells an EventSource to stop asking."""
    return Response(None, status_code=204, headers=HEADERS)
