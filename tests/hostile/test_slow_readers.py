"""Readers that hardly read cost a number and a slice each: the snapshot that they get is one for all."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from gradstream.events.types import Append
from gradstream.limits import Limits
from tests.patience import PATIENCE_S
from tests.unit.server.site import Reader, Site, next_frame, serving

LIMITS = Limits(journal_bytes=500_000, feed_backlog_bytes=500_000)
CHUNK, CHUNKS = "x" * 100_000, 40


async def _grow(site: Site) -> None:
    """Let a text grow to 4 MB, of which the journal keeps half a megabyte as events."""
    for _ in range(CHUNKS):
        site.slot.tell(Append(output="text", text=CHUNK))
        await asyncio.sleep(0)


async def test_feeds(tmp_path: Path) -> None:
    """Thirty late readers of a long text hold it once, and each gets all of it."""
    async with serving(tmp_path, limits=LIMITS) as site, AsyncExitStack() as opened:
        run = await site.start()
        await _grow(site)
        answers = [
            await opened.enter_async_context(site.client.stream("GET", f"/api/runs/{run}/events"))
            for _ in range(30)
        ]
        stored = site.service.get(run)
        assert stored is not None
        assert stored.journal.memory < 3 * len(CHUNK) * CHUNKS
        site.slot.end()
        events = [await Reader(answer).rest() for answer in (answers[0], answers[-1])]
        assert events[0] == events[1]
        assert events[0][0]["event"] == "snapshot"
        assert events[0][-1]["event"] == "succeeded"
        assert sum(event["data"].count("x") for event in events[0]) >= len(CHUNK) * CHUNKS


async def test_sockets(tmp_path: Path) -> None:
    """Of sockets that read nothing two at most have a large frame; one that reads gets it all the same."""
    async with serving(tmp_path, limits=LIMITS) as site, AsyncExitStack() as opened:
        run = await site.start()
        await _grow(site)
        subscribe = f'{{"subscribe": {{"run": "{run}"}}}}'
        sockets = [await opened.enter_async_context(site.connect()) for _ in range(8)]
        for socket in sockets:
            await socket.send(subscribe)
        for socket in sockets:
            frame = await asyncio.wait_for(next_frame(socket), PATIENCE_S)
            assert frame[0]["type"] == "snapshot"
            assert len(frame[0]["outputs"]["text"]) >= 3_000_000
        site.slot.end()
        for socket in sockets:
            types: list[str] = []
            while "succeeded" not in types:
                types += [
                    message["type"] for message in await asyncio.wait_for(next_frame(socket), PATIENCE_S)
                ]
