"""The feed for a tab without WebSocket, `GET /api/feed`, and its end: `POST /api/leave`."""

import re
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import ClientException
from msgspec import DecodeError, Meta, Struct, ValidationError, json

from gradstream.runs.caller import Caller
from gradstream.runs.contract import Runs
from gradstream.server.follow.multiplexed_feed import (
    Places,
    feed_lines,
    parse_cursor,
    parse_places,
    polled_lines,
)
from gradstream.server.follow.sse import MEDIA_TYPE, FeedStream, nothing_follows
from gradstream.server.follow.subscriptions import Subscriptions
from gradstream.server.http.openapi import Answer, Operation, Parameter
from gradstream.server.http.reader import NAME, READER, reader_of
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
                READER,
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
    most = services.limits.followed_runs
    places = (
        parse_cursor(cursor, most=most)
        if cursor
        else parse_places(query.get("runs", ""), query.get("catalog", ""), most=most)
    )
    if not places.runs and places.catalog is None:
        raise ClientException("The query needs runs or catalog")
    wait_s = _wait_s(query.get("wait"), services.limits.feed_wait_s)
    caller = services.callers.of(request)
    runs, heartbeat = services.runs, services.heartbeat
    if await _nothing_follows(runs, places, caller):
        return nothing_follows()
    subscriptions = Subscriptions(
        runs=runs,
        changes=services.changes,
        caller=caller,
        admission=services.admission,
        stays_open=False,
        reader=reader_of(request),
        most=most,
    )
    if wait_s is None:
        return FeedStream(feed_lines(subscriptions, places, heartbeat))
    return FeedStream(polled_lines(subscriptions, places, heartbeat, wait_s=wait_s))


SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
"""Python's own `float` takes underscores and other scripts' digits as well."""


class Leaving(Struct, forbid_unknown_fields=True):
    """A reader's own name, and the runs that it leaves."""

    reader: Annotated[str, Meta(pattern=NAME)]
    runs: list[str]


_leaving = json.Decoder(Leaving)


@post(
    "/api/leave",
    status_code=200,
    opt={
        "operation": Operation(
            summary="Leave runs",
            about="A page that is closed sends this as a beacon, because the end of a feed says nothing of "
            "why. Runs that it does not read, or that are over, are passed over.",
            body=Leaving,
            answers={
                204: Answer("It counts no longer as a reader of these runs."),
                400: Answer.problem("The body is invalid."),
                403: Answer.problem("Another site's page."),
            },
        )
    },
)
async def leave_runs(request: HttpRequest, services: Injected) -> Response[Any]:
    """Note that a reader has left some runs."""
    try:
        leaving = _leaving.decode(await request.body())
    except (ValidationError, DecodeError, UnicodeDecodeError) as error:
        raise ClientException(str(error)) from error
    if len(leaving.runs) > services.limits.followed_runs:
        raise ClientException(f"One connection carries at most {services.limits.followed_runs} runs")
    caller = services.callers.of(request)
    for run in leaving.runs:
        found = await services.runs.find(run, caller)
        if found is not None:
            found.note_reader(leaving.reader, "left")
    return Response(None, status_code=204)


def _wait_s(text: str | None, longest_s: float) -> float | None:
    if text is None:
        return None
    wait_s = float(text) if SECONDS.fullmatch(text) else -1.0
    if not 0 <= wait_s <= longest_s:
        raise ClientException(f"wait takes 0 to {longest_s:g} seconds")
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
