"""A stream's file in the terminal: it grows with the stream, and counts what it lacks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.background import Background
from gradstream.cli.stream_file import StreamFile
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunHandle, RunWish
from gradstream.runs.downloads import Downloads
from gradstream.runs.local import LocalRuns
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_singer


class Tone:
    """A run that streams, with a test as its worker."""

    def __init__(self, run: RunHandle, slot: PlayedSlot, folder: Path) -> None:
        self.run = run
        self.slot = slot
        self.folder = folder

    async def file(self) -> StreamFile:
        """Return the stream's file, started."""
        file = StreamFile(self.run, "sound", folder=self.folder, name="demo.tone")
        assert await file.start()
        return file


@pytest.fixture
async def tone(tmp_path: Path) -> AsyncIterator[Tone]:
    """Return a run with a stream that has started, with room for 1,000 bytes."""
    engine = PlayedEngine()
    limits = Limits(run_stream_bytes=1_000)
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=limits
    ) as service:
        runs = LocalRuns(
            service, uploads=Uploads(folder=tmp_path / "uploads", limits=limits), downloads=Downloads(limits)
        )
        await runs.create(RunWish(demo=make_singer(), inputs={}), Caller())
        slot = engine.slots[-1]
        slot.open_stream(data=b"head ")
        run = await runs.find(slot.order.run, Caller())
        assert run is not None
        yield Tone(run, slot, tmp_path / "shown")


async def test_it_grows_by_every_segment_that_there_is(tone: Tone) -> None:
    """The file has the initialization segment and all segments, each once."""
    file = await tone.file()
    assert (file.path.name, file.path.read_bytes()) == ("demo.tone.growing.mp4", b"head ")
    tone.slot.add_segment(b"one ", duration_s=1.0)
    await file.grow()
    tone.slot.add_segment(b"two ", duration_s=1.0)
    tone.slot.add_segment(b"three", duration_s=1.0)
    await file.grow()
    await file.grow()
    assert (file.path.read_bytes(), file.duration_s, file.missed) == (b"head one two three", 3.0, 0)


async def test_it_counts_what_was_dropped_before_it_was_written(tone: Tone) -> None:
    """A stream beyond its bound loses its oldest segments; the file goes on with those that are left."""
    file = await tone.file()
    for index in range(3):
        tone.slot.add_segment(bytes([index]) * 450)
    await file.grow()
    assert file.missed == 1
    assert file.path.read_bytes() == b"head " + b"\1" * 450 + b"\2" * 450


async def test_an_output_without_a_stream(tone: Tone) -> None:
    """An output that has no stream gets no file."""
    file = StreamFile(tone.run, "film", folder=tone.folder, name="demo.film")
    assert not await file.start()
    assert not file.path.exists()


async def test_what_cannot_be_exported_stays_as_it_is(tone: Tone) -> None:
    """The reason is returned, and nothing is lost."""
    file = await tone.file()
    tone.slot.add_segment(b"no piece of sound")
    await file.grow()
    failure = await file.export("wav")
    assert failure is not None
    assert failure.reason
    assert "\n" not in failure.reason
    assert file.path.name == "demo.tone.growing.mp4"
    assert file.path.read_bytes() == b"head no piece of sound"
