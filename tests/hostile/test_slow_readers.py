"""Readers that hardly read cost a number and a slice each: the snapshot that they get is one for all."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from gradstream.events.codec import PIECE_BYTES
from gradstream.events.loan import Result
from gradstream.events.types import Append
from gradstream.limits import Limits
from tests.patience import PATIENCE_S
from tests.unit.server.site import Reader, Site, next_frame, serving

LIMITS = Limits(journal_bytes=500_000, feed_backlog_bytes=500_000)
CHUNK, CHUNKS = "xä" * 50_000, 40
CHARACTERS = len(CHUNK) * CHUNKS


class Snapshots:
    """Makes snapshots in a thread, and counts them."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.count = 0

    def __call__(self, work: Callable[[], Result], /) -> "Future[Result]":
        """Make one."""
        self.count += 1
        return self.pool.submit(work)


@pytest.fixture
async def snapshots() -> AsyncIterator[Snapshots]:
    """Return what makes them, which has ended with the test."""
    made = Snapshots()
    yield made
    made.pool.shutdown()
    await asyncio.sleep(0)


async def _grow(site: Site) -> None:
    """Let a text grow to 6 MB, of which the journal keeps half a megabyte as events."""
    for _ in range(CHUNKS):
        site.slot.tell(Append(output="text", text=CHUNK))
        await asyncio.sleep(0)


async def test_feeds(tmp_path: Path, snapshots: Snapshots) -> None:
    """Thirty late readers of a long text hold it once, made in a thread, and each gets all of it."""
    async with serving(tmp_path, limits=LIMITS, apart=snapshots) as site, AsyncExitStack() as opened:
        run = await site.start()
        await _grow(site)
        answers = [
            await opened.enter_async_context(site.client.stream("GET", f"/api/runs/{run}/events"))
            for _ in range(30)
        ]
        stored = site.service.get(run)
        assert stored is not None
        site.slot.end()
        events = [await Reader(answer).rest() for answer in (answers[0], answers[-1])]
        assert stored.journal.memory < 3 * len(CHUNK.encode()) * CHUNKS
        assert events[0] == events[1]
        assert events[0][0]["event"] == "snapshot"
        assert events[0][-1]["event"] == "succeeded"
        assert sum(event["data"].count("x") for event in events[0]) >= CHARACTERS // 2
        assert snapshots.count == 1


async def test_sockets(tmp_path: Path, snapshots: Snapshots) -> None:
    """A socket that reads nothing has a fragment of a large message waiting for it; then it gets the rest."""
    async with serving(tmp_path, limits=LIMITS, apart=snapshots) as site, AsyncExitStack() as opened:
        run = await site.start()
        await _grow(site)
        sockets = [await opened.enter_async_context(site.connect()) for _ in range(8)]
        for socket in sockets[1:]:
            await socket.send(f'{{"subscribe": {{"run": "{run}"}}}}')
        for socket in sockets[2:]:
            frame = await asyncio.wait_for(next_frame(socket), PATIENCE_S)
            assert frame[0]["type"] == "snapshot"
            assert len(frame[0]["outputs"]["text"]) >= CHARACTERS * 3 // 4
        await sockets[0].send(f'{{"subscribe": {{"run": "{run}"}}}}')
        fragments = [part async for part in sockets[0].recv_streaming()]
        assert len(fragments) > 10
        assert max(len(part) for part in fragments) <= PIECE_BYTES
        site.slot.end()
        for socket in sockets[1:]:
            types: list[str] = []
            while "succeeded" not in types:
                types += [
                    message["type"] for message in await asyncio.wait_for(next_frame(socket), PATIENCE_S)
                ]


async def test_polls_that_do_not_wait(tmp_path: Path, snapshots: Snapshots) -> None:
    """A poll gets a snapshot that has to be made first, however short it waits."""
    async with serving(tmp_path, limits=LIMITS, apart=snapshots) as site:
        run = await site.start()
        await _grow(site)
        answer = await site.client.get(f"/api/feed?runs={run}:0&wait=0")
        assert "event: snapshot" in answer.text
        assert snapshots.count == 1
