"""A run that has a place gives it back, whatever raises."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from gradstream.background import Background
from gradstream.components.types import Upload
from gradstream.events.journal import Journal
from gradstream.events.types import Append
from gradstream.format.types import RunLimits
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.blobs import Blobs
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.control import RunControl
from gradstream.runs.folders import Folders
from gradstream.runs.readers import Readers
from gradstream.runs.retention import Retention
from gradstream.runs.service import RunService
from gradstream.runs.states import States
from gradstream.runs.streams import Streams
from tests.unit.played_engine import PlayedEngine, make_singer

CALLS: list[tuple[type, str]] = [
    (Path, "mkdir"),
    (PlayedEngine, "start"),
    (RunControl, "running"),
    (RunControl, "_report"),
    (RunControl, "_terminal_event"),
    (Journal, "add"),
    (Journal, "append"),
    (Blobs, "add"),
    (Streams, "add"),
    (Streams, "start"),
    (Readers, "close"),
    (States, "commit"),
    (Folders, "discard_work"),
    (Retention, "keep"),
]
"""What is called between a run's taking of its place and the next run's."""


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[tuple[RunService, PlayedEngine]]:
    """Return a service and its engine."""
    engine = PlayedEngine()
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=Limits()
    ) as runs:
        yield runs, engine


def _no_uploads(_key: str) -> Upload | None:
    return None


def _create(runs: RunService) -> RunControl:
    demo = make_singer(limits=RunLimits(concurrency=1), state={"total": 0})
    run = runs.start(RunWish(demo=demo, inputs={}), Caller(session="s"), find_upload=_no_uploads)
    assert isinstance(run, RunControl)
    return run


def _play(engine: PlayedEngine) -> None:
    """Play a generator that shows a bit of everything, in a slot that was taken."""
    slot = engine.slots.pop()
    slot.sink.blob("digest", "image/png", b"picture")
    slot.open_stream()
    slot.add_segment(b"segment")
    slot.tell(Append(output="text", text="a"))
    slot.end(Ending(state={"total": 1}))


def _raising_from(number: int, original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that raises at its call of this number, counted from 0, and works at all others."""
    calls = iter(range(10_000))

    def call(*values: Any, **named: Any) -> Any:
        if next(calls) == number:
            raise RuntimeError("made to raise")
        return original(*values, **named)

    return call


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[f"{owner.__name__}.{name}" for owner, name in CALLS])
async def test_whatever_raises_the_next_run_succeeds(
    service: tuple[RunService, PlayedEngine], owner: type, name: str, number: int
) -> None:
    """When one call raises, the run is over all the same, and the next has the place and succeeds."""
    runs, engine = service
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, _raising_from(number, getattr(owner, name)))
        run = _create(runs)
        if not run.is_over:
            run.readers.expect(for_s=60)
        while engine.slots:
            _play(engine)
    assert run.is_over
    assert owner is Readers or not run.readers.is_expecting
    following = _create(runs)
    _play(engine)
    assert following.has_succeeded


async def test_many_that_cannot_start(service: tuple[RunService, PlayedEngine]) -> None:
    """A thousand waiting runs that cannot start fail one after the other, and the next one succeeds."""
    runs, engine = service
    demo = make_singer(limits=RunLimits(concurrency=1, queue=1000))
    wish = RunWish(demo=demo, inputs={})
    first = runs.start(wish, Caller(), find_upload=_no_uploads)
    waiting = [
        runs.start(wish, Caller(session=str(number)), find_upload=_no_uploads) for number in range(1000)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlayedEngine, "start", _always_raising)
        engine.slots.pop().end()
    assert isinstance(first, RunControl)
    assert first.has_succeeded
    assert all(isinstance(run, RunControl) and run.is_over for run in waiting)
    following = runs.start(wish, Caller(), find_upload=_no_uploads)
    engine.slots.pop().end()
    assert isinstance(following, RunControl)
    assert following.has_succeeded


async def test_a_reader_that_cannot_be_woken(service: tuple[RunService, PlayedEngine]) -> None:
    """It holds up neither the run nor the other readers."""
    runs, engine = service
    run = _create(runs)
    woken: list[int] = []
    run.run.journal.subscribe(_always_raising)
    run.run.journal.subscribe(lambda: woken.append(run.run.journal.seq))
    run.run.journal.subscribe(_always_raising_too)
    _play(engine)
    assert run.has_succeeded
    assert woken[-1] == run.run.journal.seq


async def test_a_folder_that_cannot_be_made(
    service: tuple[RunService, PlayedEngine], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The run fails with the system's word for it, the log has the run; with room again the next succeeds."""
    runs, engine = service
    (tmp_path / "runs").write_text("a file where a folder has to be")
    run = _create(runs)
    assert run.run.journal.state().fault == "server"
    assert run.run.journal.state().message == "The run could not start: Not a directory"
    assert ("sing", run.id, "failed (server): The run could not start: Not a directory") in [
        (record.__dict__.get("demo"), record.__dict__.get("run"), record.getMessage())
        for record in caplog.records
    ]
    (tmp_path / "runs").unlink()
    following = _create(runs)
    _play(engine)
    assert following.has_succeeded


def _always_raising(*_values: Any) -> Any:
    raise RuntimeError("made to raise")


def _always_raising_too() -> None:
    raise RuntimeError("made to raise")
