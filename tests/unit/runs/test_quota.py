"""What one session's streams may take."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from gradstream.background import Background
from gradstream.events.types import Append, StreamBegun
from gradstream.ipc.protocol import Ending, StreamPart
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.control import RunControl
from gradstream.runs.service import RunService
from gradstream.runs.streams import StreamFiles
from tests.unit.played_engine import PlayedEngine, make_singer


class Hall:
    """A service whose runs sing."""

    def __init__(self, runs: RunService, engine: PlayedEngine) -> None:
        self.runs = runs
        self.engine = engine

    def sing(self, *sizes: int, session: str | None = "me", ends: bool = True) -> RunControl:
        """Start a run, let it stream segments of these sizes, and end it unless it goes on."""
        wish = RunWish(demo=make_singer(), inputs={})
        run = self.runs.start(wish, Caller(session=session), find_upload=lambda _: None)
        assert isinstance(run, RunControl)
        slot = self.engine.slots[-1]
        slot.open_stream(data=b"")
        for size in sizes:
            slot.add_segment(b"x" * size)
        if ends:
            slot.end()
        return run

    def kept(self, *runs: RunControl) -> list[bool]:
        """Tell which of these runs can still be read."""
        return [self.runs.get(run.id) is run.run for run in runs]


Open = Callable[..., AbstractAsyncContextManager[Hall]]


@pytest.fixture
def hall(tmp_path: Path) -> Open:
    """Return what opens a service with these limits."""

    @asynccontextmanager
    async def opened(**limits: int) -> AsyncIterator[Hall]:
        engine = PlayedEngine()
        async with RunService(
            background=Background(), engine=engine, folder=tmp_path / "runs", limits=Limits(**limits)
        ) as runs:
            yield Hall(runs, engine)

    return opened


def window(run: RunControl) -> tuple[int, int]:
    """Return which segments of a run's sound are kept."""
    stream = run.run.streams.get("sound")
    assert isinstance(stream, StreamFiles)
    return stream.first, stream.end


async def test_the_session_that_finished_first_makes_room(hall: Open) -> None:
    """A session's finished runs are forgotten, the first first, before its live run loses anything."""
    async with hall(session_stream_bytes=100) as opened:
        first, second = opened.sing(30, 10), opened.sing(40)
        live = opened.sing(10, 20, ends=False)
        assert opened.kept(first, second, live) == [False, True, True]
        assert window(live) == (0, 2)


async def test_a_live_run_makes_room_for_itself(hall: Open) -> None:
    """When nothing finished is left, the run that grows loses its oldest segments."""
    async with hall(session_stream_bytes=100) as opened:
        finished = opened.sing(50)
        live = opened.sing(40, 40, 40, ends=False)
        assert opened.kept(finished, live) == [False, True]
        assert (window(live), live.is_over) == ((1, 3), False)


async def test_sessions_do_not_pay_for_each_other(hall: Open) -> None:
    """Another session's runs, and runs without streams, are left alone; no session is one of its own."""
    async with hall(session_stream_bytes=100) as opened:
        quiet = opened.sing()
        theirs = opened.sing(90, session="you")
        nobodys = opened.sing(90, session=None)
        mine = opened.sing(90)
        live = opened.sing(90, ends=False)
        assert opened.kept(quiet, theirs, nobodys, mine, live) == [True, True, True, False, True]
        opened.sing(90, session=None)
        assert opened.kept(theirs, nobodys) == [True, False]


async def test_streams_are_counted_with_big_values(hall: Open) -> None:
    """Finished runs' streams and files count together with their big values."""
    async with hall(finished_blob_bytes=100) as opened:
        first, second = opened.sing(60), opened.sing(60)
        assert opened.kept(first, second) == [False, True]
        second.run.streams.resize(100)
        third = opened.sing(1)
        assert opened.kept(second, third) == [False, True]


async def test_a_run_has_a_bound_of_its_own(hall: Open) -> None:
    """A live run's stream is a window that slides over its bound."""
    async with hall(run_stream_bytes=100) as opened:
        live = opened.sing(60, 60, 60, ends=False)
        assert window(live) == (2, 3)


async def test_parts_after_the_end_are_dropped(hall: Open) -> None:
    """What a generator still streams when its run was stopped is not kept."""
    async with hall() as opened:
        run = opened.sing(10, ends=False)
        run.stop("visitor")
        opened.engine.slots[-1].add_segment(b"late")
        opened.engine.slots[-1].end(Ending(canceled=True))
        assert (window(run), run.run.streams.size) == ((0, 1), 10)


async def test_a_broken_stream_fails_its_run(hall: Open) -> None:
    """A worker that leaves out a part, or tells of a stream that it has not sent, fails the run clearly."""
    async with hall() as opened:
        run = opened.sing(10, ends=False)
        slot = opened.engine.slots[-1]
        slot.sink.part(StreamPart(slot.order.run, "sound", 5, 0.0, 1.0, b"x"))
        slot.tell(Append(output="text", text="late"))
        state = run.run.journal.state()
        assert (state.fault, state.message, slot.cancels) == (
            "server",
            "The stream of 'sound' continued with part 5 instead of 1.",
            [5.0],
        )
        other = opened.sing(10, ends=False)
        opened.engine.slots[-1].tell(StreamBegun(output="film", mime="video/mp4", timescale=1))
        assert (
            other.run.journal.state().message == "The stream of 'film' was announced before its first part."
        )


async def test_a_disk_that_is_full(hall: Open, tmp_path: Path) -> None:
    """What cannot be stored fails the run and says why."""
    async with hall() as opened:
        run = opened.sing(ends=False)
        stream = run.run.streams.get("sound")
        assert stream is not None
        assert stream.folder.is_relative_to(tmp_path)
        stream.path(0).mkdir()
        opened.engine.slots[-1].add_segment(b"x")
        assert run.run.journal.state().message == "A stream could not be stored: Is a directory"
