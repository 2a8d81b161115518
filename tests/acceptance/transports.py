"""The ways to read runs, behind one face: what holds for one must hold for all.

async with TRANSPORT.open(client, {run: after}) as reader:
    event = await reader.next()     {"run", "seq", "type", …}, whatever carried it
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol

import httpx
from websockets.asyncio.client import ClientConnection, connect

Event = dict[str, Any]
ENDS = frozenset({"succeeded", "failed", "canceled", "gone"})


class Reader(Protocol):
    """An open feed."""

    async def next(self) -> Event:
        """Return the next event."""


class Transport(Protocol):
    """A way to read."""

    def open(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> Any:
        """Return a context manager of a reader of these runs, each after a number."""


class _Lines:
    """Splits an event stream into events and hands them out one by one."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self) -> dict[str, str]:
        """Return the next event's fields, passing over comments; raises StopAsyncIteration at the end."""
        while True:
            fields: dict[str, str] = {}
            while line := await anext(self._lines):
                name, _, value = line.partition(":")
                fields[name] = value.removeprefix(" ")
            if "data" in fields:
                return fields


class SseReader:
    """One run's own feed."""

    def __init__(self, answer: httpx.Response, run: str) -> None:
        self._lines = _Lines(answer)
        self._run = run

    async def next(self) -> Event:
        """Return the next event."""
        fields = await self._lines.next()
        event = {"run": self._run, **json.loads(fields["data"])}
        assert (str(event["seq"]), event["type"]) == (fields["id"], fields["event"])
        return event


class Sse:
    """`GET /api/runs/{run}/events`, one answer a run."""

    @asynccontextmanager
    async def open(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> AsyncIterator[Reader]:
        """Open the feed of the one run."""
        ((run, after),) = runs.items()
        async with client.stream("GET", f"/api/runs/{run}/events?after={after}") as answer:
            answer.raise_for_status()
            yield SseReader(answer, run)


class FeedReader:
    """The multiplexed feed."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = _Lines(answer)

    async def next(self) -> Event:
        """Return the next event."""
        fields = await self._lines.next()
        event: Event = json.loads(fields["data"])
        assert event["type"] == fields["event"]
        return event


class MultiplexedFeed:
    """`GET /api/feed?runs=…`."""

    @asynccontextmanager
    async def open(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> AsyncIterator[Reader]:
        """Open a feed of these runs."""
        query = ",".join(f"{run}:{after}" for run, after in runs.items())
        async with client.stream("GET", f"/api/feed?runs={query}") as answer:
            answer.raise_for_status()
            yield FeedReader(answer)


class PollingReader:
    """Asks again and again, each time from where the last answer ended."""

    def __init__(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> None:
        self._client = client
        self._cursor = ",".join(f"{run}:{after}" for run, after in runs.items())
        self._events: deque[Event] = deque()

    async def next(self) -> Event:
        """Return the next event."""
        while not self._events:
            headers = {"Last-Event-ID": self._cursor}
            async with self._client.stream("GET", "/api/feed?wait=20", headers=headers) as answer:
                answer.raise_for_status()
                lines = _Lines(answer)
                try:
                    while True:
                        fields = await lines.next()
                        self._cursor = fields["id"]
                        self._events.append(json.loads(fields["data"]))
                except StopAsyncIteration:
                    pass
        return self._events.popleft()


class LongPoll:
    """`GET /api/feed?…&wait=20`."""

    @asynccontextmanager
    async def open(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> AsyncIterator[Reader]:
        """Begin to poll."""
        yield PollingReader(client, runs)


class SocketReader:
    """The page's connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._events: deque[Event] = deque()

    async def next(self) -> Event:
        """Return the next event."""
        while not self._events:
            self._events.extend(json.loads(await self.socket.recv()))
        return self._events.popleft()


SOCKET: dict[str, Any] = {
    "max_size": None,
    "max_queue": 1,
    "compression": None,
    # Frames that were not read hold back the answer to the end, for which nobody needs to wait.
    "close_timeout": 0.2,
}


class Socket:
    """`WS /api/socket`."""

    @asynccontextmanager
    async def open(self, client: httpx.AsyncClient, runs: Mapping[str, int]) -> AsyncIterator[Reader]:
        """Open a connection and subscribe to these runs."""
        address = f"ws{str(client.base_url).removeprefix('http').rstrip('/')}/api/socket"
        # A page reads frames as they come; this one takes each only when a test asks for it.
        async with connect(address, **SOCKET) as socket:
            for run, after in runs.items():
                await socket.send(json.dumps({"subscribe": {"run": run, "after": after}}))
            yield SocketReader(socket)


SINGLE: list[Transport] = [Sse(), MultiplexedFeed(), LongPoll(), Socket()]
SEVERAL: list[Transport] = [MultiplexedFeed(), LongPoll(), Socket()]


async def read_to_end(reader: Reader) -> list[Event]:
    """Return all events up to the one that ends the run."""
    events = [await reader.next()]
    while events[-1]["type"] not in ENDS:
        events.append(await reader.next())
    return events


async def read_until(reader: Reader, type_: str) -> list[Event]:
    """Return all events up to the first of a type."""
    events = [await reader.next()]
    while events[-1]["type"] != type_:
        events.append(await reader.next())
    return events


async def exists(path: Any) -> None:
    """Wait for a file that a generator makes."""
    while not path.exists():  # noqa: ASYNC110 - a file system has no event to wait for
        await asyncio.sleep(0)
