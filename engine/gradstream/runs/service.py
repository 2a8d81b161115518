"""The runs of this process: which may start, which are going on, and how long finished ones are kept.

    start --check--> RunControl --queue--> engine.start --> … ended --> slot free, next in turn
    start --check--> Refusal, a value: what is wrong, or when to come back
    over and slot free --> the control is dropped, the stored run is kept until it is forgotten

All calls on the event loop's thread.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec.structs import replace

from gradstream.background import Background
from gradstream.components.changes import with_changes
from gradstream.components.form import FindUpload
from gradstream.components.registry import KINDS
from gradstream.components.types import Upload
from gradstream.engines.contract import Engine
from gradstream.errors import NO_SPACE
from gradstream.events.feed import Feed
from gradstream.events.journal import Journal
from gradstream.events.loan import Apart
from gradstream.format.rules.shipped_files import shipped_names
from gradstream.format.types import Demo
from gradstream.ids import new_id
from gradstream.ipc.protocol import Ending, RunOrder
from gradstream.limits import Limits
from gradstream.recordings.reader import extract
from gradstream.recordings.types import Recording, UnusableRecordingError
from gradstream.runs.blobs import Blobs
from gradstream.runs.caller import Caller
from gradstream.runs.contract import DiskFull, QueueFull, Refusal, RunWish, ShuttingDown, TooManyRuns
from gradstream.runs.control import RunControl
from gradstream.runs.disclosure import message_for
from gradstream.runs.disk import Disk, InOrder, write_file
from gradstream.runs.example_values import example_of
from gradstream.runs.folders import Folders
from gradstream.runs.lines import RunLines, RunPlace
from gradstream.runs.openings import Openings
from gradstream.runs.order import make_order, shipped_files
from gradstream.runs.queue import Queue
from gradstream.runs.quota import StreamQuota
from gradstream.runs.record import RunRecord
from gradstream.runs.recording import Extracted, restore_into
from gradstream.runs.retention import Retention
from gradstream.runs.states import States
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import Streams
from gradstream.runs.visitor_session import make_session
from gradstream.runs.visitors import VisitorRuns

log = logging.getLogger(__name__)

MOST_CHANGING_RUNS = 100
"""Of the runs by whose properties a visitor's values are checked, so many are looked at, the latest ones."""

SWEEP_S = 30.0
"""How often finished runs are checked for their age; the bound on their number applies at once."""


class RunService:
    """Owns all runs; an asynchronous context manager, inside which alone runs can be created."""

    def __init__(
        self,
        *,
        engine: Engine,
        folder: Path,
        limits: Limits,
        background: Background,
        disk: Disk | None = None,
        apart: Apart | None = None,
        on_over: Callable[[RunControl], None] | None = None,
    ) -> None:
        self.disk = disk or Disk()
        self.disk.give_up = self._give_up
        self._apart = apart
        self._on_over = on_over
        self._engine = engine
        self._background = background
        self._limits = limits
        self._folders = Folders(folder, disk=self.disk)
        self._states = States(max_bytes=limits.state_bytes, most_bytes=limits.own_state_bytes)
        self._retention = Retention(limits)
        self._quota = StreamQuota(limits, retention=self._retention, forget=self._forget)
        self._runs: dict[str, StoredRun] = {}
        self._controls: dict[str, RunControl] = {}
        """Those of runs that are not over, or still have a slot."""
        self._lines: RunLines[RunControl] = RunLines()
        self._places: dict[str, RunPlace[RunControl]] = {}
        """Those of the runs that have a control."""
        self._visitors = VisitorRuns(limits)
        self._inputs: dict[str, int] = {}
        """How many bytes of inputs each run has that goes on or waits."""
        self._serving: set[Queue[RunControl]] = set()
        self._started: dict[str, float] = {}
        """When each run got its slot, as long as it has it."""
        self._is_closing = False
        self._all_over = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._openings = Openings(engine, tasks=self._tasks)
        self._chores: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Start to remove finished runs and folders."""
        await self._tasks.__aenter__()
        self._chores = [
            self._tasks.create_task(self._background.keep_running(work, name=name))
            for work, name in (
                (self._folders.remove_discarded, "the removal of folders"),
                (self._sweep, "the sweep of finished runs"),
            )
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the remaining runs and remove every folder."""
        await self.drain(timeout_s=0)
        self._openings.cancel()
        for task in self._chores:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)
        await self._folders.remove_all()

    @property
    def is_closing(self) -> bool:
        """Whether no new runs are accepted."""
        return self._is_closing

    @property
    def limits(self) -> Limits:
        """The bounds of all runs."""
        return self._limits

    @property
    def folders(self) -> Folders:
        """The folders of the runs' files."""
        return self._folders

    def get(self, run: str) -> StoredRun | None:
        """Return the run with this id, unless it was forgotten."""
        return self._runs.get(run)

    def control(self, run: str) -> RunControl | None:
        """Return what controls the run with this id, as long as it is not over or still has a slot."""
        return self._controls.get(run)

    def feed(self, run: StoredRun, caller: Caller, *, after: int) -> Feed:
        """Return a feed of a run's events with greater numbers, as this caller may see them."""
        return Feed(
            run.journal,
            after=after,
            backlog_bytes=self._limits.feed_backlog_bytes,
            detail=caller.may_see_tracebacks,
            failure=message_for(run.record, caller),
        )

    async def create(self, wish: RunWish, caller: Caller, *, find_upload: FindUpload) -> RunControl | Refusal:
        """Start a run as `start` does, with a folder that was made beforehand; return why not."""
        names = shipped_names(wish.demo, wish.inputs, kinds=KINDS)
        shipped = await self.disk.call(partial(shipped_files, wish.demo, names)) if names else {}
        ready = self._folders.ready()
        order = self._order(wish, caller, find_upload, shipped, run=ready or new_id())
        if not isinstance(order, RunOrder):
            return order
        refusal = self._refusal(wish, caller)
        if refusal is not None:
            return refusal
        unable: OSError | None = None
        if ready is not None:
            self._folders.take()
        else:
            try:
                await self._folders.make_work(order.run)
            except OSError as error:
                if error.errno in NO_SPACE:
                    return DiskFull()
                unable = error
        created = self._admit(wish, caller, order, unable=unable)
        if not isinstance(created, RunControl):
            self._folders.discard(order.run)
        return created

    def start(self, wish: RunWish, caller: Caller, *, find_upload: FindUpload) -> RunControl | Refusal:
        """Start a run, at once or when its turn comes, or return why not; uses the disk at once."""
        order = self._order(wish, caller, find_upload, {}, run=new_id())
        if not isinstance(order, RunOrder):
            return order
        unable: Exception | None = None
        try:
            Path(order.folder).mkdir(parents=True, exist_ok=True)
        except Exception as error:  # noqa: BLE001 (the run fails by it)
            unable = error
        return self._admit(wish, caller, order, unable=unable)

    def supersede(self, wish: RunWish, caller: Caller) -> None:
        """Stop the run that this one replaces, if it is still going on and of the same session."""
        old = self._controls.get(wish.supersedes or "")
        if old is not None and old.run.record.caller.owner == caller.owner:
            old.stop("superseded")

    async def restore(self, recording: Recording, record: RunRecord) -> StoredRun | None:
        """Return a finished run with these facts and what was recorded; None if its files cannot be had."""
        extracting = partial(
            extract,
            recording,
            blobs=self._folders.blobs(record.id),
            streams=self._folders.streams(record.id),
            write=write_file,
        )
        await self._folders.gone(record.id)
        try:
            extracted = Extracted(*await self.disk.write(extracting))
        except (OSError, UnusableRecordingError) as error:
            log.warning("a recording could not be read: %s", error, extra=record.log_fields)
            self._folders.discard(record.id)
            return None
        run = self._runs[record.id] = self._stored(record)
        restore_into(run, recording, extracted, disk=self.disk)
        self._forget(self._retention.keep(run))
        return self._runs.get(record.id)

    async def has_room(self) -> bool:
        """Return whether there is room on the disk, or can be made."""
        return await self.disk.has_room(self._folders.root) or self._retention.has_files

    def _order(
        self,
        wish: RunWish,
        caller: Caller,
        find_upload: FindUpload,
        shipped: Mapping[str, Upload],
        *,
        run: str,
    ) -> RunOrder | Refusal:
        if self._is_closing:
            return ShuttingDown()
        return make_order(
            self._with_properties(wish),
            run=run,
            state=self._states.get(caller, wish.demo),
            session=make_session(wish, caller),
            folder=str(self._folders.work(run)),
            find_upload=find_upload,
            shipped=shipped,
            most_findings=self._limits.findings,
        )

    def _with_properties(self, wish: RunWish) -> RunWish:
        """Return the wish with its demo's inputs as earlier runs have changed them; forgotten ones do not."""
        changes: dict[str, dict[str, Any]] = {}
        for run in wish.properties[-MOST_CHANGING_RUNS:]:
            stored = self._runs.get(run)
            if stored is not None and stored.record.demo.address == wish.demo.address:
                for component, changed in stored.journal.props().items():
                    changes.setdefault(component, {}).update(changed)
        if not changes:
            return wish
        inputs = tuple(
            with_changes(field, changes[field.name]) if field.name in changes else field
            for field in wish.demo.inputs
        )
        return replace(wish, demo=replace(wish.demo, inputs=inputs))

    def resize_groups(self, sizes: Mapping[str, int]) -> None:
        """Set how many runs each group of demos has at once; a smaller number lets the present ones end."""
        self._serve(self._lines.resize(sizes))

    def open(self, demo: Demo) -> None:
        """Get the demo's worker ready soon; the engine reports its import to those who watch it."""
        if not self._is_closing:
            self._openings.open(demo)

    async def drain(self, *, timeout_s: float) -> None:
        """Accept no new runs, let those with a slot end by themselves within this time, then cancel them."""
        self._is_closing = True
        for control in self._unfinished():
            if control.id not in self._started:
                control.stop("server")
        try:
            async with asyncio.timeout(timeout_s):
                while self._unfinished():
                    self._all_over.clear()
                    await self._all_over.wait()
        except TimeoutError:
            log.info("%d runs did not end in time and are canceled", len(self._unfinished()))
        finally:
            # Also when this was canceled: every reader gets a terminal event.
            for control in self._unfinished():
                control.stop("server")

    def _unfinished(self) -> list[RunControl]:
        return [control for control in self._controls.values() if not control.is_over]

    def _refusal(self, wish: RunWish, caller: Caller) -> Refusal | None:
        """Return which bound a further run of this caller would exceed."""
        if self._is_closing:
            return ShuttingDown()
        place = self._lines.place(wish.demo)
        retry_after_s = place.queue.retry_after_s(place.slots)
        if not place.queue.admits(caller.sharer, place.slots):
            return QueueFull(retry_after_s=retry_after_s)
        if self._inputs and sum(self._inputs.values()) + wish.size > self._limits.inputs_bytes:
            return QueueFull(retry_after_s=retry_after_s)
        most = self._visitors.exceeded(caller)
        return None if most is None else TooManyRuns(most=most, retry_after_s=retry_after_s)

    def _admit(
        self, wish: RunWish, caller: Caller, order: RunOrder, *, unable: Exception | None = None
    ) -> RunControl | Refusal:
        self.supersede(wish, caller)
        refusal = self._refusal(wish, caller)
        if refusal is not None:
            return refusal
        record = RunRecord(
            id=order.run,
            demo=wish.demo,
            action=order.action,
            caller=caller,
            created_at=time.time(),
            example=example_of(wish),
        )
        run = self._runs[record.id] = self._stored(record)
        control = self._controls[record.id] = RunControl(
            run,
            order,
            limits=self._limits,
            on_disconnect=wish.on_disconnect,
            unable=unable,
            steps=InOrder(self.disk, self._tasks.create_task),
            on_over=self._note_over,
            on_freed=self._note_freed,
        )
        self._visitors.add(caller)
        self._inputs[record.id] = wish.size
        place = self._places[record.id] = self._lines.place(wish.demo)
        place.queue.enter(control, caller.visitor, place.slots)
        self._serve([place.queue])
        return control

    def _stored(self, record: RunRecord) -> StoredRun:
        limits = self._limits
        return StoredRun(
            record=record,
            journal=Journal(
                max_events=limits.journal_events,
                max_bytes=limits.journal_bytes,
                apart=self._apart,
                held_states=limits.held_states,
            ),
            blobs=Blobs(
                self._folders.blobs(record.id),
                max_bytes=limits.run_blob_bytes,
                max_files=limits.run_blobs,
                disk=self.disk,
            ),
            streams=Streams(
                self._folders.streams(record.id),
                outputs=next(one.outputs for one in record.demo.actions if one.name == record.action),
                max_bytes=limits.run_stream_bytes,
                max_segments=limits.stream_segments,
                resized=lambda size: self._quota.resized(self._runs[record.id], size),
                disk=self.disk,
            ),
        )

    def _serve(self, queues: Iterable[Queue[RunControl]]) -> None:
        """Give free slots to the runs whose turn it is, and report their positions to the others."""
        for queue in queues:
            if queue not in self._serving:
                self._serve_one(queue)

    def _serve_one(self, queue: Queue[RunControl]) -> None:
        """Serve a queue; a run that ends while it starts frees its slot within the loop, which goes on."""
        self._serving.add(queue)
        try:
            while (control := queue.next()) is not None:
                self._started[control.id] = time.monotonic()
                control.start(self._engine)
        finally:
            self._serving.discard(queue)
        queue.report_positions()

    def _note_over(self, control: RunControl) -> None:
        """Note a run's terminal event; one that never had a slot is finished by it."""
        self._all_over.set()
        if self._on_over is not None:
            self._on_over(control)
        if control.id not in self._started:
            queue = self._places[control.id].queue
            queue.leave(control)
            queue.report_positions()
            self._retire(control)

    def _note_freed(self, control: RunControl, ending: Ending) -> None:
        """Note that a run's slot is free."""
        place = self._places[control.id]
        # Each step happens, in the reverse of this order, whatever another raises.
        with ExitStack() as steps:
            steps.callback(lambda: self._serve(place.serving()))
            steps.callback(self._retire, control)
            steps.callback(self._folders.discard_work, control.id)
            steps.callback(place.queue.free, time.monotonic() - self._started.pop(control.id), place.slots)
            if ending.fault is not None:
                _log_failure(control, ending)
            if control.has_succeeded and ending.state is not None:
                self._states.commit(control.run.record.caller, control.demo, ending.state)

    def _retire(self, control: RunControl) -> None:
        """Drop the control of a run that is over and has no slot, and keep what is stored of it."""
        del self._controls[control.id]
        del self._places[control.id]
        del self._inputs[control.id]
        self._visitors.remove(control.run.record.caller)
        self._forget(self._retention.keep(control.run))

    async def _give_up(self) -> bool:
        """Forget the run that finished first of those with files, and remove them now."""
        run = self._retention.remove_with_files()
        if run is None:
            return False
        log.warning("the disk is full: a finished run is forgotten", extra=run.record.log_fields)
        self._forget([run])
        await self.disk.call(partial(self._folders.remove, run.id))
        return True

    def recount(self, run: StoredRun) -> None:
        """Count what a run weighs in memory again, if it has finished."""
        self._forget(self._retention.recount(run))

    def _forget(self, runs: list[StoredRun]) -> None:
        for run in runs:
            run.streams.forget()
            del self._runs[run.id]
            self._folders.discard(run.id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            self._forget(self._retention.expired())


def _log_failure(control: RunControl, ending: Ending) -> None:
    # A `UserError`, which a generator raises for its visitor, is not a failure of the demo.
    level = logging.INFO if ending.fault == "visitor" else logging.ERROR
    detail = f"\n{ending.detail}" if ending.detail else ""
    log.log(
        level, "failed (%s): %s%s", ending.fault, ending.message, detail, extra=control.run.record.log_fields
    )
