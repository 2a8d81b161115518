"""The runs of a home with recordings, and a test as its workers."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import structs

from gradstream.background import Background
from gradstream.engines.contract import ImportedCode
from gradstream.events import codec
from gradstream.events.types import Append, Set
from gradstream.file_ref import FileSlice, whole
from gradstream.format.types import Demo, Example, Input
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.recordings.shelf import Shelf, ShelfBounds
from gradstream.runs.caller import Caller
from gradstream.runs.contract import Refusal, RunHandle, RunWish
from gradstream.runs.downloads import Downloads
from gradstream.runs.examples import ExampleRecordings
from gradstream.runs.history import History
from gradstream.runs.local import LocalRuns
from gradstream.runs.recorder import Recorder
from gradstream.runs.replays import Replays
from gradstream.runs.service import RunService
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.uploads import Uploads
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_singer

BOUNDS = ShelfBounds(bytes=10**6, files=100, recording_bytes=10**6)
LATER_NS = 3600 * 10**9


class House:
    """The runs, what they are made of, and the shelves."""

    def __init__(
        self, runs: LocalRuns, service: RunService, engine: PlayedEngine, recorder: Recorder
    ) -> None:
        self.runs = runs
        self.service = service
        self.engine = engine
        self.recorder = recorder

    @property
    def slot(self) -> PlayedSlot:
        """The run that started last."""
        return self.engine.slots[-1]

    def stored(self, run: RunHandle) -> StoredRun:
        """Return what is stored of a run."""
        stored = self.service.get(run.record.id)
        assert stored is not None
        return stored

    async def start(self, *, inputs_of_demo: tuple[Input, ...] = (), **demo: Any) -> RunHandle:
        """Start a run of a demo with these fields."""
        return await self.wish(RunWish(demo=make_singer(inputs=inputs_of_demo, **demo), inputs={}))

    async def wish(self, wish: RunWish) -> RunHandle:
        """Start the run that is wished for."""
        created = await self.runs.create(wish, Caller(session="me"))
        assert not isinstance(created, Refusal), created
        return created

    async def sing(self, **demo: Any) -> RunHandle:
        """Return a finished run with a text, a big value and a stream."""
        run = await self.start(**demo)
        self.finish()
        return run

    def finish(self, *, imported: ImportedCode | None = None, text: str = "la la") -> None:
        """Play the run that started last, to its end."""
        self.slot.imported = imported
        self.slot.sink.blob("abc", "image/png", b"a picture")
        self.slot.tell(Set(output="text", value=text[:2]), Append(output="text", text=text[2:]))
        self.slot.open_stream()
        for data in (b"one", b"second"):
            self.slot.add_segment(data)
        self.slot.end(Ending())

    async def seen(self, run: RunHandle) -> tuple[Any, ...]:
        """Return all that a reader sees of a run."""
        state = await run.state()
        entries = [(one.seq, codec.sse(one)) for one in run.reader(after=0).read()]
        blob, stream = await run.blob("abc"), await run.stream("sound")
        assert blob is not None
        assert stream is not None
        slices = [whole(blob), *(FileSlice(one.ref, 0, one.size) for one in stream.files)]
        data = [await run.read([one]) for one in slices]
        outputs = {name: bytes(value) for name, value in state.outputs.items()}
        return (
            state.status,
            outputs,
            entries,
            blob.mime,
            stream.first,
            stream.longest_s,
            stream.segments,
            data,
        )


@asynccontextmanager
async def make_house(
    folder: Path, *, limits: Limits | None = None, age_s: float | None = None
) -> AsyncIterator[House]:
    """Open the runs of a home that keeps recordings in a folder; its other files go at the end."""
    engine, limits = PlayedEngine(), limits or Limits()
    examples = ExampleRecordings(Shelf(folder / "examples", BOUNDS, is_used_last=True))
    bounds = ShelfBounds(bytes=10**6, files=100, recording_bytes=10**6, age_s=age_s)
    history = History(Shelf(folder / "history", bounds))
    recorder = Recorder(examples=examples, history=history, most_waiting=limits.waiting_recordings)
    async with (
        RunService(
            background=Background(),
            engine=engine,
            folder=folder / "runs",
            limits=limits,
            on_over=recorder.note_over,
        ) as service,
        recorder,
    ):
        runs = LocalRuns(
            service,
            uploads=Uploads(folder=folder / "uploads", limits=limits),
            downloads=Downloads(limits),
            history=history,
            replays=Replays(service, examples=examples, recorder=recorder),
        )
        yield House(runs, service, engine, recorder)


def cached_demo(folder: Path, **changes: Any) -> Demo:
    """Return a demo with two examples that recordings may stand for; `words` is what they are about."""
    (action,) = make_singer().actions
    return make_singer(
        **{
            "actions": (structs.replace(action, inputs=("words",)),),
            "folder": str(folder),
            "root": str(folder),
            "inputs": (Input(name="words", kind="text", label="Words", default=""),),
            "examples": (
                Example(label="la", inputs={"words": "la"}),
                Example(label="do", inputs={"words": "do"}),
            ),
            "cache": True,
            **changes,
        }
    )


def imported(*files: Path) -> ImportedCode:
    """Return what a worker has imported that began after all of these files had changed."""
    return ImportedCode(files=tuple(map(str, files)), since_ns=time.time_ns() + LATER_NS)
