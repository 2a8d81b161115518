"""The narrow interface to runs, as the runs of this process fulfil it."""

from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec import json

from gradstream.background import Background
from gradstream.events.types import Append, Set
from gradstream.file_ref import FileRef, FileSlice, whole
from gradstream.format.types import RunLimits
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import Latest, QueueFull, RunHandle, Runs, RunWish, ShuttingDown
from gradstream.runs.downloads import Downloads
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.local import LocalRuns
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_demo, make_singer

Value = TypeVar("Value")


def at_once(call: Coroutine[Any, Any, Value]) -> Value:
    """Return what a coroutine returns that must not switch to another task."""
    try:
        call.send(None)
    except StopIteration as returned:
        value: Value = returned.value
        return value
    raise AssertionError("the call waited")


class House:
    """The runs of a home, with a test as its workers."""

    def __init__(self, runs: Runs, service: RunService, engine: PlayedEngine) -> None:
        self.runs = runs
        self.service = service
        self.engine = engine

    @property
    def slot(self) -> PlayedSlot:
        """The run that started last."""
        return self.engine.slots[-1]

    def create(self, caller: Caller | None = None, **demo: Any) -> RunHandle:
        """Start a run of a demo with these fields."""
        created = at_once(self.runs.create(RunWish(demo=make_singer(**demo), inputs={}), caller or Caller()))
        found = at_once(self.runs.find(self.slot.order.run, caller or Caller()))
        assert found is not None
        assert not isinstance(created, QueueFull | ShuttingDown)
        return found


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Return runs whose streams have room for 30 bytes."""
    engine, limits = PlayedEngine(), Limits(run_stream_bytes=30, finished_runs=1)
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=limits
    ) as service:
        runs = LocalRuns(
            service, uploads=Uploads(folder=tmp_path / "uploads", limits=limits), downloads=Downloads(limits)
        )
        yield House(runs, service, engine)


async def test_find(house: House) -> None:
    """A run is found by its id, while it is going on and afterwards, until it is forgotten."""
    run = house.create(Caller(session="me"))
    assert (run.record.demo.address, run.record.action, run.record.caller.session) == ("sing", "run", "me")
    house.slot.end()
    again = at_once(house.runs.find(run.record.id, Caller()))
    assert again is not None
    assert again.record is run.record
    house.create()
    house.slot.end()
    assert at_once(house.runs.find(run.record.id, Caller())) is None
    assert at_once(house.runs.find("x", Caller())) is None


async def test_refusals_are_values(house: House) -> None:
    """A run that cannot be created is refused with the reason."""
    wish = RunWish(demo=make_demo(limits=RunLimits(concurrency=1, queue=0)), inputs={})
    at_once(house.runs.create(wish, Caller()))
    assert isinstance(at_once(house.runs.create(wish, Caller())), QueueFull)
    await house.service.drain(timeout_s=0)
    assert house.runs.is_closing
    assert at_once(house.runs.create(wish, Caller())) == ShuttingDown()


async def test_events_state_and_stop(house: House) -> None:
    """A run is followed to its end, its state is that of its events, and a second stop changes nothing."""
    run = house.create()
    house.slot.tell(Append(output="text", text="a"))
    assert at_once(run.latest()) == Latest(2, is_over=False)
    at_once(run.stop("visitor"))
    at_once(run.stop("server"))
    with Follower(run.reader(after=1), heartbeat=Heartbeat()) as batches:
        assert [[entry.type for entry in entries] async for entries in batches] == [["append", "canceled"]]
    state = at_once(run.state())
    assert (state.by, json.decode(state.outputs["text"])) == ("visitor", "a")
    house.slot.end()
    assert at_once(run.latest()) == Latest(3, is_over=True)


async def test_what_a_finished_run_keeps(house: House) -> None:
    """When the slot is free, nothing controls the run any more; it can be read, and takes no readers."""
    run = house.create(on_disconnect="stop")
    house.slot.tell(Set(output="text", value="x"))
    house.slot.end()
    assert house.service.control(run.record.id) is None
    run.expect_reader(for_s=60)
    with Follower(run.reader(after=0), heartbeat=Heartbeat()) as batches:
        assert [len(entries) async for entries in batches] == [3]
    assert at_once(run.state()).status == "succeeded"


@pytest.mark.parametrize("allowed", [True, False])
async def test_tracebacks(house: House, *, allowed: bool) -> None:
    """State and events have a failure's traceback for a caller who may see it, and for no other."""
    caller = Caller(may_see_tracebacks=allowed)
    run = house.create(caller)
    house.slot.end(Ending(fault="developer", message="no", detail="Traceback"))
    assert at_once(run.state()).detail == ("Traceback" if allowed else None)
    with Follower(run.reader(after=1), heartbeat=Heartbeat()) as batches:
        bodies = [entry.body async for entries in batches for entry in entries]
    assert (b"Traceback" in bodies[0]) is allowed


async def test_big_values_are_named_by_reference(house: House) -> None:
    """A blob has a reference without any folder of this machine, and is read through its run."""
    run = house.create()
    house.slot.sink.blob("abc", "image/png", b"picture")
    blob = at_once(run.blob("abc"))
    assert blob is not None
    assert (blob.ref, blob.mime, blob.size) == (FileRef("run", run.record.id, "blobs/0.png"), "image/png", 7)
    assert await run.read([whole(blob), FileSlice(blob.ref, 1, 4)]) == b"pictureict"
    assert at_once(run.blob("other")) is None


async def test_a_file_that_is_gone(house: House) -> None:
    """Reading what was dropped raises FileNotFoundError."""
    run = house.create()
    with pytest.raises(FileNotFoundError):
        await run.read([FileSlice(FileRef("run", run.record.id, "blobs/7"), 0, 1)])


async def test_streams(house: House) -> None:
    """A stream shows what is kept of it; a segment that was dropped gives the oldest one kept."""
    run = house.create()
    assert at_once(run.stream("sound")) is None
    house.slot.open_stream(data=b"head")
    for digit in (b"0", b"1", b"2", b"3"):
        house.slot.add_segment(digit * 10)
    stream = at_once(run.stream("sound"))
    assert stream is not None
    assert (stream.first, stream.end, stream.is_video, stream.init.mime) == (2, 4, False, "audio/mp4")
    assert [file.ref.name for file in stream.files] == ["streams/0/init", "streams/0/2", "streams/0/3"]
    assert await run.read([whole(file) for file in stream.files]) == b"head" + b"2" * 10 + b"3" * 10
    oldest, newest, next_ = (at_once(run.segment("sound", index)) for index in (0, 3, 4))
    assert oldest is not None
    assert newest is not None
    assert (oldest.index, newest.index, next_) == (2, 3, None)
    assert await run.read([whole(newest.file)]) == b"3" * 10


async def test_readers_keep_a_run_going(house: House) -> None:
    """A run that stops without readers goes on while one is open or expected back."""
    run = house.create(on_disconnect="stop")
    run.expect_reader(for_s=60, renew=True)
    control = house.service.control(run.record.id)
    assert control is not None
    expected = [control.readers.is_expecting]
    run.expect_reader(for_s=60)
    expected.append(control.readers.is_expecting)
    assert expected == [False, True]
    with Follower(run.reader(after=0), heartbeat=Heartbeat()):
        assert not at_once(run.latest()).is_over
    assert not at_once(run.latest()).is_over
    other = house.create(on_disconnect="stop")
    with Follower(other.reader(after=0), heartbeat=Heartbeat()):
        assert not at_once(other.latest()).is_over
    assert at_once(other.state()).by == "left"
