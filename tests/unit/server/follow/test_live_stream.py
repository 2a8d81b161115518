"""Following a stream that grows, piece by piece."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from gradstream.runs.limits import Limits
from gradstream.runs.run import Run
from gradstream.runs.service import RunService, RunWish
from gradstream.runs.streams import Stream
from gradstream.server.follow.heartbeat import Pulse
from gradstream.server.follow.live_stream import live_chunks
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_singer


class Song:
    """A run that streams, with a test as its worker."""

    def __init__(self, runs: RunService, engine: PlayedEngine) -> None:
        self.runs = runs
        run = runs.create(RunWish(demo=make_singer(), inputs={}), find_upload=lambda _: None)
        assert isinstance(run, Run)
        self.run = run
        self.slot: PlayedSlot = engine.slots[-1]
        self.slot.open_stream(data=b"")
        stream = run.streams.get("sound")
        assert stream is not None
        self.stream: Stream = stream


@pytest.fixture
async def song(tmp_path: Path) -> AsyncIterator[Song]:
    """Return a run whose streams have room for 30 bytes."""
    engine, limits = PlayedEngine(), Limits(run_stream_bytes=30, finished_runs=0)
    async with RunService(engine=engine, folder=tmp_path / "runs", limits=limits) as runs:
        yield Song(runs, engine)


async def test_a_listener_that_is_too_slow(song: Song) -> None:
    """Who has not asked for what was dropped goes on with the oldest that is left."""
    song.slot.add_segment(b"0" * 10)
    async with aclosing(live_chunks(song.run, song.stream, Pulse(), index=0)) as chunks:
        assert [await anext(chunks), await anext(chunks)] == [b"", b"0" * 10]
        for digit in (b"1", b"2", b"3", b"4"):
            song.slot.add_segment(digit * 10)
        assert [await anext(chunks), await anext(chunks)] == [b"2" * 10, b"3" * 10]


async def test_a_run_that_is_forgotten_meanwhile(song: Song) -> None:
    """Who still listens to what is gone hears its end."""
    song.slot.add_segment(b"0" * 10)
    async with aclosing(live_chunks(song.run, song.stream, Pulse(), index=0)) as chunks:
        assert await anext(chunks) == b""
        song.slot.end()
        assert song.runs.get(song.run.id) is None
        song.stream.path(0).unlink(missing_ok=True)
        assert [chunk async for chunk in chunks] == []
