"""Following a stream that grows, segment by segment."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from gradstream.background import Background
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunHandle, RunWish, StoredStream
from gradstream.runs.downloads import Downloads
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.local import LocalRuns
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads
from gradstream.server.follow.live_stream import live_chunks
from gradstream.server.types import Chunks
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_singer


class Song:
    """A run that streams, with a test as its worker."""

    def __init__(self, runs: LocalRuns, run: RunHandle, stream: StoredStream, slot: PlayedSlot) -> None:
        self.runs = runs
        self.run = run
        self.stream = stream
        self.slot = slot

    def chunks(self) -> "aclosing[Chunks]":
        """Follow the stream from its first segment on."""
        return aclosing(live_chunks(self.run, "sound", self.stream, Heartbeat(), index=0))


@pytest.fixture
async def song(tmp_path: Path) -> AsyncIterator[Song]:
    """Return a run whose streams have room for 30 bytes, and which is forgotten once it is over."""
    engine, limits = PlayedEngine(), Limits(run_stream_bytes=30, finished_runs=0)
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=limits
    ) as service:
        runs = LocalRuns(
            service, uploads=Uploads(folder=tmp_path / "uploads", limits=limits), downloads=Downloads(limits)
        )
        await runs.create(RunWish(demo=make_singer(), inputs={}), Caller())
        slot = engine.slots[-1]
        slot.open_stream(data=b"")
        run = await runs.find(slot.order.run, Caller())
        assert run is not None
        stream = await run.stream("sound")
        assert stream is not None
        yield Song(runs, run, stream, slot)


async def test_a_listener_that_is_too_slow(song: Song) -> None:
    """A client that has not read what was dropped goes on with the oldest segment kept."""
    song.slot.add_segment(b"0" * 10)
    async with song.chunks() as chunks:
        assert [await anext(chunks), await anext(chunks)] == [b"", b"0" * 10]
        for digit in (b"1", b"2", b"3", b"4"):
            song.slot.add_segment(digit * 10)
        assert [await anext(chunks), await anext(chunks)] == [b"2" * 10, b"3" * 10]


async def test_a_run_that_is_forgotten_meanwhile(song: Song) -> None:
    """A client that follows a stream which is forgotten gets its end."""
    song.slot.add_segment(b"0" * 10)
    async with song.chunks() as chunks:
        assert await anext(chunks) == b""
        song.slot.end()
        assert await song.runs.find(song.run.record.id, Caller()) is None
        assert [chunk async for chunk in chunks] == []
