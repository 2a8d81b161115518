"""The multiplexed feed: several runs and the catalog in one answer, for tabs without WebSocket.

GET /api/feed?runs=ID:after,ID:after&catalog=N            server-sent events
GET /api/feed?…&wait=20                                   what is new within 20 s, in one answer

id: ID:7,ID:3,catalog:12       where to go on: the whole of it, so that Last-Event-ID alone resumes
event: append
data: {"run":"ID","seq":7,"type":"append",…}
"""

import asyncio
import re
from collections.abc import Iterable

from litestar.exceptions import ClientException
from msgspec import Struct

from gradstream.events import codec
from gradstream.server.follow.heartbeat import Pulse
from gradstream.server.follow.sse import ALIVE, Lines
from gradstream.server.follow.subscriptions import CATALOG, GONE, MAX_RUNS, Reading, Told

LONGEST_WAIT_S = 60.0
POLL_GAP_S = 5.0
"""A poll that was answered is expected back: for so long its runs still count it as a reader."""

_PLACE = re.compile(r"([0-9A-Za-z_-]{1,64}):([0-9]{1,18})")

_NUMBER = re.compile(r"[0-9]{1,18}")


class Places(Struct, frozen=True):
    """Where to go on: the last number seen of each run, and of the catalog (None: not wanted)."""

    runs: dict[str, int]
    catalog: int | None


def parse_places(runs: str, catalog: str) -> Places:
    """Read the query's two parameters; raises ClientException."""
    return Places(dict(_pairs(runs)), number_of(catalog, "catalog") if catalog else None)


def number_of(text: str, name: str) -> int:
    """Read a number that counts from 0; raises ClientException."""
    if _NUMBER.fullmatch(text) is None:
        raise ClientException(f"{name} takes a number")
    return int(text)


def parse_cursor(cursor: str) -> Places:
    """Read an event's id; raises ClientException."""
    seen = dict(_pairs(cursor))
    version = seen.pop(CATALOG, None)
    return Places(seen, version)


def _pairs(text: str) -> Iterable[tuple[str, int]]:
    items = [item for item in text.split(",") if item]
    if len(items) > MAX_RUNS:
        raise ClientException(f"One feed carries at most {MAX_RUNS} runs")
    for item in items:
        found = _PLACE.fullmatch(item)
        if found is None:
            raise ClientException(f"{item!r} is not of the form ID:number")
        yield found[1], int(found[2])


def begin(reading: Reading, places: Places) -> None:
    """Follow all that these places name."""
    for run, after in places.runs.items():
        reading.follow(run, after=after)
    if places.catalog is not None:
        reading.follow_catalog(places.catalog)


async def feed_lines(reading: Reading, places: Places, pulse: Pulse) -> Lines:
    """Yield what is new as it comes, until nothing more can come or the server ends."""
    cursor = Cursor(places)
    beats = pulse.beats
    try:
        while True:
            chunk = cursor.lines(reading.take())
            if beats != pulse.beats:
                beats = pulse.beats
                chunk += ALIVE
            if chunk:
                yield chunk
            elif reading.is_idle or pulse.is_over:
                return
            else:
                await reading.wait()
    finally:
        reading.close()


async def polled_lines(reading: Reading, places: Places, pulse: Pulse, *, wait_s: float) -> Lines:
    """Yield what is new in one piece, at once or within a time; nothing is a comment."""
    cursor = Cursor(places)
    chunk = b""
    try:
        try:
            async with asyncio.timeout(wait_s):
                while not (chunk or reading.is_idle or pulse.is_over):
                    chunk = cursor.lines(reading.take())
                    if not chunk:
                        await reading.wait()
        except TimeoutError:
            # The time was the caller's to choose, and nothing happened in it: that is an answer too.
            chunk = b""
        yield chunk or ALIVE
    finally:
        asyncio.get_running_loop().call_later(POLL_GAP_S, reading.close)


class Cursor:
    """Where a feed stands, event by event."""

    def __init__(self, places: Places) -> None:
        self._places = dict(places.runs)
        if places.catalog is not None:
            self._places[CATALOG] = places.catalog

    def lines(self, told: Iterable[Told]) -> bytes:
        """Return messages as events, each with the place after it."""
        return b"".join([self._line(one) for one in told])

    def _line(self, one: Told) -> bytes:
        if one.type == GONE:
            self._places.pop(one.source, None)
        else:
            self._places[one.source] = one.position
        place = ",".join(f"{source}:{position}" for source, position in self._places.items())
        return codec.sse_lines(cursor=place, type_=one.type, data=one.data)
