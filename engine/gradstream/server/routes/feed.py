"""`GET /api/feed`: the feed for a tab without WebSocket."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import ClientException

from gradstream.runs.caller import Caller
from gradstream.runs.contract import Runs
from gradstream.server.follow.multiplexed_feed import (
    LONGEST_WAIT_S,
    Places,
    feed_lines,
    parse_cursor,
    parse_places,
    polled_lines,
)
from gradstream.server.follow.sse import MEDIA_TYPE, FeedStream, nothing_follows
from gradstream.server.follow.subscriptions import Subscriptions
from gradstream.server.http.openapi import Answer, Operation, Parameter
from gradstream.server.services import Injected
from gradstream.server.types import HttpRequest


@get(
    "/api/feed",
    opt={
        "operation": Operation(
            summary="Read several runs and the catalog",
            about="Each event's `data` is a `Message`, or what changed in the catalog (`catalog`), or that a "
            "run is unknown (`gone`). An event's `id` is the position from which to resume after it.",
            parameters=(
                Parameter("runs", "ID:after, separated by commas."),
                Parameter("catalog", "The catalog's version that the client has; changes since are sent."),
                Parameter("wait", "Seconds: respond at once or within this time, then end."),
                Parameter("Last-Event-ID", "Where to resume; overrides the query.", place="header"),
            ),
            answers={
                200: Answer("The feed."),
                204: Answer("All runs are over and nothing follows those numbers."),
                400: Answer.problem("The query is invalid, or names nothing to follow."),
            },
            streams=MEDIA_TYPE,
        )
    },
)
async def read_feed(request: HttpRequest, services: Injected) -> Response[Any]:
    """Return the feed of several runs and the catalog."""
    query = request.query_params
    cursor = request.headers.get("last-event-id")
    places = parse_cursor(cursor) if cursor else parse_places(query.get("runs", ""), query.get("catalog", ""))
    if not places.runs and places.catalog is None:
        raise ClientException("The query needs runs or catalog")
    wait_s = _wait_s(query.get("wait"))
    caller = services.callers.of(request)
    runs, heartbeat = services.runs, services.heartbeat
    if await _nothing_follows(runs, places, caller):
        return nothing_follows()
    subscriptions = Subscriptions(runs=runs, changes=services.changes, caller=caller, stays_open=False)
    if wait_s is None:
        return FeedStream(feed_lines(subscriptions, places, heartbeat))
    return FeedStream(polled_lines(subscriptions, places, heartbeat, wait_s=wait_s))


def _wait_s(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        wait_s = float(text)
    except ValueError:
        wait_s = -1.0
    if not 0 <= wait_s <= LONGEST_WAIT_S:
        raise ClientException(f"wait takes 0 to {LONGEST_WAIT_S:g} seconds")
    return wait_s


async def _nothing_follows(runs: Runs, places: Places, caller: Caller) -> bool:
    if places.catalog is not None:
        return False
    for run, after in places.runs.items():
        found = await runs.find(run, caller)
        latest = await found.latest() if found else None
        if latest is None or not latest.is_over or after < latest.seq:
            return False
    return True
