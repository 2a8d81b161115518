"""The runs of a server, with a test in the workers' place."""

import asyncio
import gc
import math
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from gradstream.background import Background
from gradstream.components.types import Upload
from gradstream.events import codec
from gradstream.events.types import Append, Entry, Props, Set
from gradstream.format.types import Action, Chat, Demo, Input, Output, RunLimits
from gradstream.ipc.protocol import Ending, Loaded
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import NoSuchAction, QueueFull, Refusal, RunWish, ShuttingDown, UnfitInputs
from gradstream.runs.control import RunControl
from gradstream.runs.service import RunService
from tests.unit.played_engine import PlayedEngine, PlayedSlot, loaded, make_demo

SOON_S = 0.001


class Stage:
    """A service on a played engine."""

    def __init__(self, runs: RunService, engine: PlayedEngine, folder: Path) -> None:
        self.runs = runs
        self.engine = engine
        self.folder = folder

    @property
    def slot(self) -> PlayedSlot:
        """The run that began last."""
        return self.engine.slots[-1]

    def ask(
        self, demo: Demo | None = None, *, session: str | None = None, **wish: Any
    ) -> RunControl | Refusal:
        """Ask for a run."""
        return self.runs.start(
            RunWish(demo=demo or make_demo(), **{"inputs": {}, **wish}),
            Caller(session=session),
            find_upload=_no_uploads,
        )

    def create(self, demo: Demo | None = None, **wish: Any) -> RunControl:
        """Ask for a run that is sure to be granted."""
        run = self.ask(demo, **wish)
        assert isinstance(run, RunControl), run
        return run


def _no_uploads(_key: str) -> Upload | None:
    return None


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Return a service with usual limits."""
    engine = PlayedEngine()
    limits = Limits(finished_runs=3, run_blob_bytes=100, first_reader_s=SOON_S)
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=limits
    ) as runs:
        yield Stage(runs, engine, tmp_path / "runs")


def told(run: RunControl) -> list[str]:
    """Return the types of a run's events."""
    return [entry.type for entry in run.run.journal.entries(after=0)]


def last(run: RunControl) -> dict[str, Any]:
    """Return the fields of a run's last event."""
    entry: Entry = run.run.journal.entries(after=0)[-1]
    fields: dict[str, Any] = json.decode(b"{" + entry.body)
    return {"type": entry.type, **fields}


async def over(run: RunControl) -> None:
    """Wait for a run's terminal event."""
    happened = asyncio.Event()
    leave = run.run.journal.subscribe(happened.set)
    while not run.is_over:
        happened.clear()
        await happened.wait()
    leave()


async def until(happened: Callable[[], bool]) -> None:
    """Let others work until something has happened that nobody tells."""
    while not happened():  # noqa: ASYNC110 - a file system has no event to wait for
        await asyncio.sleep(0)


def names(folder: Path) -> set[str]:
    """Return the names of what is in a folder."""
    return {entry.name for entry in folder.iterdir()}


async def test_a_run_from_wish_to_end(stage: Stage) -> None:
    """A run begins at once when a slot is free, tells what its generator tells, and succeeds."""
    run = stage.create()
    stage.slot.tell(Append(output="text", text="a"), Append(output="text", text="b"))
    stage.slot.end()
    assert told(run) == ["running", "append", "append", "succeeded"]
    assert stage.runs.get(run.id) is run.run
    assert len(run.id) == 32


async def test_what_a_run_kept_is_freed_with_it(stage: Stage) -> None:
    """A forgotten run's values and outputs are not left to Python's search for garbage."""
    freed = list[str]()
    gc.disable()
    try:
        for _ in range(4):
            run = stage.create()
            stage.slot.tell(Append(output="text", text="a"))
            stage.slot.end()
            for part in (run, run.readers, run.run.journal):
                weakref.finalize(part, freed.append, type(part).__name__)
            del run, part
            stage.engine.slots.clear()
        # Three finished runs are kept, of which only what controlled them is gone.
        assert Counter(freed) == {"RunControl": 4, "Readers": 4, "Journal": 1}
    finally:
        gc.enable()


async def test_the_order_for_the_engine(stage: Stage) -> None:
    """An order has the checked values of the action's inputs, defaults filled in, and an existing folder."""
    fields = (
        Input(name="steps", kind="slider", label="Steps", default=3, options={"minimum": 1, "maximum": 5}),
        Input(name="other", kind="text", label="Other"),
    )
    action = make_demo().actions[0]
    demo = make_demo(
        inputs=fields,
        actions=(
            Action(name="go", generator=action.generator, button="Go", inputs=("steps",), outputs=("text",)),
        ),
    )
    run = stage.create(demo, inputs={"other": "ignored"}, session="me")
    order = stage.slot.order
    assert (order.run, order.demo, order.action, order.values, order.history) == (
        run.id,
        demo.address,
        "go",
        {"steps": 3},
        None,
    )
    assert Path(order.folder) == stage.folder / run.id / "work"
    assert names(stage.folder / run.id) == {"work"}


async def test_unfit_inputs_are_all_told(stage: Stage) -> None:
    """A run with inputs that do not fit is refused with everything that is wrong, and nothing is begun."""
    fields = (
        Input(name="steps", kind="slider", label="Steps", default=3, options={"minimum": 1, "maximum": 5}),
        Input(name="text", kind="text", label="Text", required=True),
    )
    actions = (
        Action(
            name="run",
            generator=make_demo().actions[0].generator,
            button="Run",
            inputs=("steps", "text"),
            outputs=("text",),
        ),
    )
    refusal = stage.ask(make_demo(inputs=fields, actions=actions), inputs={"steps": 9, "stesp": 1})
    assert isinstance(refusal, UnfitInputs)
    assert sorted(finding.input for finding in refusal.findings) == ["steps", "stesp", "text"]
    assert stage.engine.slots == []


async def test_an_action_that_is_not_there(stage: Stage) -> None:
    """An unknown action is refused with the names that there are."""
    assert stage.ask(action="walk") == NoSuchAction(name="walk", known=("run",))


async def test_a_chat_takes_its_history(stage: Stage) -> None:
    """A chat's history comes among the inputs, is empty without, and must be a conversation."""
    generator = make_demo().actions[0].generator
    demo = make_demo(
        inputs=(Input(name="message", kind="text", label="Message"),),
        outputs=(Output(name="chat", kind="chat", label="Chat"),),
        actions=(
            Action(name="run", generator=generator, button="Send", inputs=("message",), outputs=("chat",)),
        ),
        chat=Chat(output="chat", message="message"),
    )
    stage.create(demo, inputs={"message": "Hi"})
    assert stage.slot.order.history == []
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    stage.create(demo, inputs={"message": "Hi", "history": history})
    assert (stage.slot.order.history, stage.slot.order.values) == (history, {"message": "Hi"})
    refusal = stage.ask(demo, inputs={"message": "Hi", "history": ["Hello"]})
    assert isinstance(refusal, UnfitInputs)
    assert [finding.input for finding in refusal.findings] == ["history"]


async def test_the_action_of_likes_takes_an_index_of_the_history(stage: Stage) -> None:
    """An index without a message and another opinion than three are refused; other actions take neither."""
    generator = make_demo().actions[0].generator
    talk, rate = (Action(name=name, generator=generator, button="", inputs=(), outputs=()) for name in "ab")
    demo = make_demo(
        inputs=(),
        outputs=(Output(name="chat", kind="chat", label="Chat"),),
        actions=(talk, rate),
        chat=Chat(output="chat", like="b"),
    )
    history = [{"role": "assistant", "content": "Hello"}]
    for liked in (True, False, None):
        inputs = {"index": 0, "liked": liked, "history": history}
        stage.create(demo, action="b", inputs=inputs)
        assert stage.slot.order.liked == {"index": 0, "liked": liked}
    for index, opinion, wrong in ((1, True, ["index"]), (True, 1, ["index", "liked"]), (0, "yes", ["liked"])):
        refusal = stage.ask(demo, action="b", inputs={"index": index, "liked": opinion, "history": history})
        assert isinstance(refusal, UnfitInputs)
        assert [finding.input for finding in refusal.findings] == wrong
    assert isinstance(stage.ask(demo, action="a", inputs={"index": 0}), UnfitInputs)


async def test_waiting_for_a_slot(stage: Stage) -> None:
    """A run waits when no slot is free, hears its place as it changes, and begins when its turn has come."""
    demo = make_demo(limits=RunLimits(concurrency=1))
    first, second, third = (stage.create(demo) for _ in range(3))
    assert (told(first), told(second), told(third)) == (["running"], ["queued"], ["queued"])
    assert last(third) == {"type": "queued", "position": 2, "eta_s": None}
    stage.slot.end()
    assert told(second) == ["queued", "running"]
    assert last(third)["position"] == 1
    assert isinstance(last(third)["eta_s"], float)


async def test_demos_do_not_wait_for_each_other(stage: Stage) -> None:
    """Each demo has slots and a queue of its own."""
    limits = RunLimits(concurrency=1, queue=0)
    stage.create(make_demo("one", limits=limits))
    assert told(stage.create(make_demo("two", limits=limits))) == ["running"]


async def test_a_full_queue(stage: Stage) -> None:
    """Whoever finds the queue full is turned away with a time to come back after."""
    demo = make_demo(limits=RunLimits(concurrency=1, queue=1))
    stage.create(demo)
    stage.create(demo)
    assert stage.ask(demo) == QueueFull(retry_after_s=5)


async def test_stop(stage: Stage) -> None:
    """A stop is journaled at the request; the slot is free when the generator has ended, and not before."""
    demo = make_demo(limits=RunLimits(concurrency=1, grace_s=7.0))
    run, waiting = stage.create(demo), stage.create(demo)
    slot = stage.slot
    run.stop("visitor")
    assert last(run)["by"] == "visitor"
    assert slot.cancels == [7.0]
    assert told(waiting) == ["queued"]
    slot.tell(Append(output="text", text="too late"))
    slot.sink.blob("abc", "image/png", b"too late")
    slot.end(Ending(canceled=True))
    assert told(run) == ["running", "canceled"]
    assert run.run.blobs.get("abc") is None
    assert told(waiting) == ["queued", "running"]


async def test_stop_twice(stage: Stage) -> None:
    """Stopping what is over changes nothing."""
    run = stage.create()
    run.stop("visitor")
    run.stop("visitor")
    assert stage.slot.cancels == [5.0]
    assert told(run) == ["running", "canceled"]


async def test_stop_in_the_queue(stage: Stage) -> None:
    """A run that waits leaves the queue when it is stopped, and those behind it move up."""
    demo = make_demo(limits=RunLimits(concurrency=1))
    _, second, third = (stage.create(demo) for _ in range(3))
    second.stop("visitor")
    assert told(second) == ["queued", "canceled"]
    assert last(third)["position"] == 1
    assert len(stage.engine.slots) == 1


async def test_superseding(stage: Stage) -> None:
    """A run takes the place of its session's earlier one, which is asked to end and never killed."""
    old = stage.create(session="me")
    slot = stage.slot
    stage.create(session="me", supersedes=old.id)
    assert last(old)["by"] == "superseded"
    assert slot.cancels == [math.inf]


async def test_superseding_has_the_demos_timeout(stage: Stage) -> None:
    """A superseded run may take what is left of its time, if the demo limits that."""
    old = stage.create(make_demo(limits=RunLimits(timeout_s=100.0)), session="me")
    slot = stage.slot
    stage.create(session="me", supersedes=old.id)
    assert 90 < slot.cancels[0] <= 100


@pytest.mark.parametrize("session", ["you", None])
async def test_superseding_is_for_the_same_session(stage: Stage, session: str | None) -> None:
    """Nobody can supersede another visitor's run, and naming one that is long gone is no mistake."""
    old = stage.create(session="me")
    stage.create(session=session, supersedes=old.id)
    stage.create(session=session, supersedes="0" * 32)
    assert not old.is_over


async def test_timeout(stage: Stage) -> None:
    """A generator that takes longer than the demo allows fails for that, and is asked to end."""
    run = stage.create(make_demo(limits=RunLimits(timeout_s=SOON_S)))
    await over(run)
    assert (last(run)["type"], last(run)["fault"]) == ("failed", "limit")
    assert last(run)["message"] == "The run took longer than the 0.001 s that this demo allows"
    assert stage.slot.cancels == [5.0]


async def test_left_alone(stage: Stage) -> None:
    """A run that nobody reads is canceled after the demo's time, while it waits as well."""
    demo = make_demo(on_disconnect=SOON_S, limits=RunLimits(concurrency=1))
    run, waiting = stage.create(demo), stage.create(demo)
    await over(run)
    await over(waiting)
    assert (last(run)["by"], last(waiting)["by"]) == ("left", "left")


@pytest.mark.parametrize("fault", ["developer", "visitor", "worker"])
async def test_failure(stage: Stage, fault: Any) -> None:
    """A run fails with the fault, message and detail that its generator ended with."""
    run = stage.create()
    stage.slot.end(Ending(fault=fault, message="no", detail="Traceback"))
    assert {**last(run), "duration_s": 0} == {
        "type": "failed",
        "duration_s": 0,
        "fault": fault,
        "message": "no",
        "detail": "Traceback",
    }


async def test_an_engine_that_ends(stage: Stage) -> None:
    """A generator that was canceled from elsewhere makes its run canceled by the server."""
    run = stage.create()
    stage.slot.end(Ending(canceled=True))
    assert last(run)["by"] == "server"


async def test_failing_before_it_ran(tmp_path: Path) -> None:
    """A worker that cannot be started fails its run; the stages that were skipped are not made up."""
    engine = PlayedEngine(runs_at_once=False)
    async with RunService(background=Background(), engine=engine, folder=tmp_path, limits=Limits()) as runs:
        stage = Stage(runs, engine, tmp_path)
        run = stage.create()
        stage.slot.sink.starting("first run", 0.5)
        stage.slot.end(Ending(fault="worker", message="no"))
        assert told(run) == ["starting", "failed"]


async def test_state_is_committed_on_success(stage: Stage) -> None:
    """A visitor's next run starts from what the last successful one left behind, and from nothing else."""
    demo = make_demo(state={"total": 0})
    stage.create(demo, session="me")
    assert stage.slot.order.state == {"total": 0}
    stage.slot.end(Ending(state={"total": 5}))
    stage.create(demo, session="me")
    assert stage.slot.order.state == {"total": 5}
    stage.slot.end(Ending(fault="developer", message="no", state={"total": 9}))
    stopped = stage.create(demo, session="me")
    assert stage.slot.order.state == {"total": 5}
    stopped.stop("visitor")
    stage.slot.end(Ending(canceled=True, state={"total": 9}))
    stage.create(demo, session="me")
    assert stage.slot.order.state == {"total": 5}
    late = stage.create(demo, session="me")
    late.stop("visitor")
    stage.slot.end(Ending(state={"total": 9}))
    stage.create(demo, session="me")
    assert stage.slot.order.state == {"total": 5}
    stage.create(demo, session="you")
    assert stage.slot.order.state == {"total": 0}


async def test_pictures_make_room_for_pictures(stage: Stage) -> None:
    """A run's big values stay within their bound: those that are no longer shown go first."""
    run = stage.create()
    for name in ("aa", "bb", "cc", "dd"):
        stage.slot.sink.blob(name, "image/png", b"0" * 30)
        stage.slot.tell(Set(output="image", value={"blob": name}))
    assert [run.run.blobs.get(name) is not None for name in ("aa", "bb", "cc", "dd")] == [
        False,
        False,
        True,
        True,
    ]
    assert not run.is_over


async def test_more_pictures_than_may_be_shown(stage: Stage) -> None:
    """A run whose outputs show more than the bound fails for that."""
    run = stage.create()
    for name in ("aa", "bb", "cc", "dd"):
        stage.slot.sink.blob(name, "image/png", b"0" * 30)
        stage.slot.tell(Set(output=name, value={"blob": name}))
    assert (last(run)["fault"], last(run)["message"]) == (
        "limit",
        "The outputs show more than the server keeps of one run",
    )
    assert stage.slot.cancels == [5.0]


async def test_the_oldest_finished_runs_are_forgotten(stage: Stage) -> None:
    """No more finished runs are kept than the bound, and their folders go with them."""
    finished = []
    for _ in range(5):
        finished.append(stage.create())
        stage.slot.end()
    at_work = stage.create()
    assert [stage.runs.get(run.id) is not None for run in finished] == [False, False, True, True, True]
    assert stage.runs.get(at_work.id) is at_work.run
    kept = {run.id for run in [*finished[2:], at_work]}
    await until(lambda: names(stage.folder) - {stage.runs.folders.ready()} == kept)
    await until(lambda: names(stage.folder / finished[2].id) == set())
    assert names(stage.folder / at_work.id) == {"work"}


async def test_drain_waits_for_runs_in_flight(stage: Stage) -> None:
    """Before the end no new runs are taken, waiting ones are canceled, and those at work may finish."""
    demo = make_demo(limits=RunLimits(concurrency=1))
    run, waiting = stage.create(demo), stage.create(demo)
    draining = asyncio.create_task(stage.runs.drain(timeout_s=3600))
    await over(waiting)
    assert last(waiting)["by"] == "server"
    assert stage.ask(demo) == ShuttingDown()
    assert not draining.done()
    stage.slot.end()
    await draining
    assert told(run) == ["running", "succeeded"]


async def test_drain_does_not_wait_for_ever(stage: Stage) -> None:
    """Runs that do not finish in time are canceled by the server."""
    run = stage.create()
    await stage.runs.drain(timeout_s=SOON_S)
    assert last(run)["by"] == "server"
    assert stage.slot.cancels == [5.0]


async def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """After the service has ended, its runs are over and their folders are gone."""
    engine = PlayedEngine()
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path / "runs", limits=Limits()
    ) as runs:
        run = Stage(runs, engine, tmp_path).create()
        assert (tmp_path / "runs").is_dir()
    assert last(run)["by"] == "server"
    assert not (tmp_path / "runs").exists()


class StuckEngine(PlayedEngine):
    """An engine whose workers never have anything imported."""

    async def open(self, demo: Demo) -> Loaded:
        """Wait for ever."""
        self.opened.append(demo.address)
        await asyncio.Event().wait()
        return loaded(demo.address)


async def test_an_import_that_never_ends_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """The service ends although a demo is still being opened."""
    engine = StuckEngine()
    async with RunService(background=Background(), engine=engine, folder=tmp_path, limits=Limits()) as runs:
        runs.open(make_demo())
        await until(lambda: bool(engine.opened))


async def test_opening_a_demo(stage: Stage) -> None:
    """Opening a demo twice at a time asks the engine once."""
    stage.runs.open(make_demo("one"))
    stage.runs.open(make_demo("one"))
    await until(lambda: bool(stage.engine.opened))
    assert stage.engine.opened == ["one"]


async def test_records_out_of_place_are_a_broken_promise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Values that an engine sends before `running` are not journaled, and the run fails."""
    engine = PlayedEngine(runs_at_once=False)
    async with RunService(background=Background(), engine=engine, folder=tmp_path, limits=Limits()) as runs:
        stage = Stage(runs, engine, tmp_path)
        run = stage.create()
        record = codec.record(Append(output="text", text="a"))
        stage.slot.sink.records([record])
        assert told(run) == ["failed"]
        assert "the event 'append' is not allowed while a run is new" in caplog.text


async def test_values_are_checked_by_what_earlier_runs_have_changed(stage: Stage) -> None:
    """The latest change holds; runs of another demo, and runs that are gone, change nothing."""
    field = Input(name="city", kind="text", label="City", options={"max_length": 3})
    action = replace(make_demo().actions[0], inputs=("city",))
    demo = make_demo(inputs=(field,), actions=(action,))
    changing = []
    for address, longest in (("echo", 9), ("echo", 5), ("other", 99)):
        run = stage.create(make_demo(address))
        stage.slot.tell(Props(component="city", changes={"max_length": longest}))
        changing.append(run.id)

    def is_accepted(text: str, *, by: list[str]) -> bool:
        asked = stage.ask(demo, inputs={"city": text}, properties=tuple(by))
        return not isinstance(asked, UnfitInputs)

    wide, narrow, other = changing
    assert not is_accepted("Paris", by=[])
    assert is_accepted("Paris", by=[wide])
    assert is_accepted("Grenoble", by=[narrow, wide])
    assert not is_accepted("Grenoble", by=[wide, narrow])
    assert not is_accepted("Paris", by=[other, "gone"])
