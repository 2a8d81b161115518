"""The multiplexed feed: several runs and the catalog in one response, for tabs without WebSocket.

GET /api/feed?runs=ID:after,ID:after&catalog=N            server-sent events
GET /api/feed?…&wait=20                                   what is new within 20 s, in one response

id: ID:7,ID:3,catalog:12       the position in all of them, so that Last-Event-ID alone resumes
event: append
data: {"run":"ID","seq":7,"type":"append",…}
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence

from litestar.exceptions import ClientException
from msgspec import Struct

from gradstream.events import codec
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.server.follow.sse import ALIVE, Lines
from gradstream.server.follow.subscriptions import CATALOG, GONE, FeedMessage, Subscriptions

POLL_GAP_S = 5.0
"""The next poll is expected within this time, in which its runs still count a reader."""

_PLACE = re.compile(r"([0-9A-Za-z_-]{1,64}):([0-9]{1,18})")

_NUMBER = re.compile(r"[0-9]{1,18}")


class Places(Struct, frozen=True):
    """Positions: the last number seen of each run, and of the catalog (None: not followed)."""

    runs: dict[str, int]
    catalog: int | None


def parse_places(runs: str, catalog: str, *, most: int) -> Places:
    """Parse the query's two parameters, of at most so many runs; raises ClientException."""
    return _bounded(Places(dict(_pairs(runs)), number_of(catalog, "catalog") if catalog else None), most)


def number_of(text: str, name: str) -> int:
    """Parse a number that counts from 0; raises ClientException."""
    if _NUMBER.fullmatch(text) is None:
        raise ClientException(f"{name} takes a number")
    return int(text)


def parse_cursor(cursor: str, *, most: int) -> Places:
    """Parse an event's id, of at most so many runs; raises ClientException."""
    seen = dict(_pairs(cursor))
    version = seen.pop(CATALOG, None)
    return _bounded(Places(seen, version), most)


def _bounded(places: Places, most: int) -> Places:
    if len(places.runs) > most:
        raise ClientException(f"One feed carries at most {most} runs")
    return places


def _pairs(text: str) -> Iterable[tuple[str, int]]:
    for item in filter(None, text.split(",")):
        found = _PLACE.fullmatch(item)
        if found is None:
            raise ClientException(f"{item!r} is not of the form ID:number")
        yield found[1], int(found[2])


async def feed_lines(subscriptions: Subscriptions, places: Places, heartbeat: Heartbeat) -> Lines:
    """Yield what is new as it comes, until nothing more can come or the server shuts down."""
    cursor = Cursor(places)
    with Follower(subscriptions, heartbeat=heartbeat) as batches:
        await _subscribe(subscriptions, places)
        async for messages in batches:
            if not messages:
                yield ALIVE
            for piece in codec.pieces(cursor.lines(messages)):
                yield piece


async def polled_lines(
    subscriptions: Subscriptions, places: Places, heartbeat: Heartbeat, *, wait_s: float
) -> Lines:
    """Yield what is new in one piece, at once or within a time; if there is nothing, a comment."""
    with Follower(subscriptions, heartbeat=heartbeat) as batches:
        try:
            await _subscribe(subscriptions, places)
            messages = await _first_messages(batches, wait_s=wait_s)
            if not messages and subscriptions.is_pending:
                # A snapshot is being made: a client that asks again and again would never get it.
                messages = await _next_messages(batches)
            if not messages:
                yield ALIVE
            for piece in codec.pieces(Cursor(places).lines(messages)):
                yield piece
        finally:
            subscriptions.expect_reader(for_s=POLL_GAP_S)


async def _subscribe(subscriptions: Subscriptions, places: Places) -> None:
    for run, after in places.runs.items():
        await subscriptions.subscribe(run, after=after)
    if places.catalog is not None:
        subscriptions.subscribe_to_catalog(places.catalog)


async def _first_messages(batches: Follower[FeedMessage], *, wait_s: float) -> Sequence[FeedMessage]:
    try:
        async with asyncio.timeout(wait_s):
            return await _next_messages(batches)
    except TimeoutError:
        # The caller chose this time, and that nothing happened in it is a valid answer.
        return ()


async def _next_messages(batches: Follower[FeedMessage]) -> Sequence[FeedMessage]:
    async for messages in batches:
        if messages:
            return messages
    return ()


class Cursor:
    """The position of a feed after each of its events."""

    def __init__(self, places: Places) -> None:
        self._places = dict(places.runs)
        if places.catalog is not None:
            self._places[CATALOG] = places.catalog

    def lines(self, messages: Iterable[FeedMessage]) -> Iterator[bytes]:
        """Yield messages as events in parts, each with the position after it."""
        for one in messages:
            yield from self._line(one)

    def _line(self, one: FeedMessage) -> tuple[bytes, bytes, bytes]:
        if one.type == GONE:
            self._places.pop(one.source, None)
        else:
            self._places[one.source] = one.position
        place = ",".join(f"{source}:{position}" for source, position in self._places.items())
        return codec.sse_lines(cursor=place, type_=one.type, head=one.head, body=one.body)
