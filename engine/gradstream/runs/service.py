"""The runs of this server: who may start one, where it stands, and how long it is kept.

    create --check--> Run --queue--> engine.start --> … ended --> slot free, next in turn
    create --check--> Refusal, a value: what is wrong, or when to come back

All calls on the event loop's thread.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from gradstream.background import keep_running
from gradstream.components.form import Finding, FindUpload, check_form
from gradstream.components.portable import check_portable
from gradstream.components.types import Problem
from gradstream.engines.contract import Engine
from gradstream.events.journal import Journal
from gradstream.format.types import Action, Demo
from gradstream.ids import new_id
from gradstream.ipc.protocol import Ending, RunOrder
from gradstream.runs.blobs import Blobs
from gradstream.runs.folders import Folders
from gradstream.runs.limits import Limits
from gradstream.runs.queue import Queue
from gradstream.runs.quota import StreamQuota
from gradstream.runs.record import RunRecord
from gradstream.runs.retention import Retention
from gradstream.runs.run import Run
from gradstream.runs.states import States
from gradstream.runs.streams import Streams

log = logging.getLogger(__name__)

SWEEP_S = 30.0
"""How often finished runs are looked at for their age; their number is kept to at once."""


class RunWish(Struct, frozen=True, kw_only=True):
    """What a visitor asks for. Without `action` the demo's first; `inputs` as they came, unchecked.

    `accepts` are the codecs of sound that the visitor's player has, the preferred first.
    """

    demo: Demo
    inputs: Mapping[str, Any]
    action: str | None = None
    session: str | None = None
    supersedes: str | None = None
    accepts: tuple[str, ...] = ("aac",)


class NoSuchAction(Struct, frozen=True, kw_only=True):
    """The demo has no action of that name, but these."""

    name: str
    known: tuple[str, ...]


class UnfitInputs(Struct, frozen=True, kw_only=True):
    """What is wrong with the inputs, all of it."""

    findings: tuple[Finding, ...]


class QueueFull(Struct, frozen=True, kw_only=True):
    """Too many are waiting already."""

    retry_after_s: int


class ShuttingDown(Struct, frozen=True):
    """No new runs: the server is about to end."""


Refusal = NoSuchAction | UnfitInputs | QueueFull | ShuttingDown


class RunService:
    """Owns all runs; an asynchronous context manager, inside which alone runs can be created."""

    def __init__(self, *, engine: Engine, folder: Path, limits: Limits) -> None:
        self._engine = engine
        self._limits = limits
        self._folders = Folders(folder)
        self._states = States(max_bytes=limits.state_bytes)
        self._retention = Retention(limits)
        self._quota = StreamQuota(limits, retention=self._retention, forget=self._forget)
        self._runs: dict[str, Run] = {}
        self._queues: dict[str, Queue[Run]] = {}
        self._serving: set[Queue[Run]] = set()
        self._started: dict[str, float] = {}
        """When each run took its slot, as long as it has it."""
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._is_closing = False
        self._all_over = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._chores: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Begin to look after finished runs."""
        await self._tasks.__aenter__()
        self._chores = [
            self._tasks.create_task(keep_running(work, name=name))
            for work, name in (
                (self._folders.remove_discarded, "the removal of folders"),
                (self._sweep, "the sweep of finished runs"),
            )
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End whatever still runs and remove every folder."""
        await self.drain(timeout_s=0)
        # An import may never end; it is ended with its worker, by whoever owns the engine.
        for task in [*self._chores, *self._opening.values()]:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)
        await self._folders.remove_all()

    @property
    def is_closing(self) -> bool:
        """Whether no new runs are taken."""
        return self._is_closing

    def get(self, run: str) -> Run | None:
        """Return a run that is known by this id."""
        return self._runs.get(run)

    def create(self, wish: RunWish, *, find_upload: FindUpload) -> Run | Refusal:
        """Start a run, at once or when its turn comes; or say why not."""
        if self._is_closing:
            return ShuttingDown()
        action = _action(wish.demo, wish.action)
        if action is None:
            return NoSuchAction(name=wish.action or "", known=tuple(one.name for one in wish.demo.actions))
        order = self._order(wish, action, find_upload)
        if isinstance(order, UnfitInputs):
            return order
        self._supersede(wish)
        record = RunRecord(
            id=order.run,
            demo=wish.demo,
            action=order.action,
            session=wish.session,
            created_at=time.time(),
        )
        return self._admit(record, order)

    def open(self, demo: Demo) -> None:
        """Have the demo's worker ready soon, and its import's report told to whoever watches the engine."""
        if demo.address not in self._opening and not self._is_closing:
            self._opening[demo.address] = self._tasks.create_task(self._open(demo))

    async def drain(self, *, timeout_s: float) -> None:
        """Take no new runs, let those that have a slot end by themselves for so long, then cancel them."""
        self._is_closing = True
        for run in self._unfinished():
            if run.id not in self._started:
                run.stop("server")
        try:
            async with asyncio.timeout(timeout_s):
                while self._unfinished():
                    self._all_over.clear()
                    await self._all_over.wait()
        except TimeoutError:
            log.info("%d runs did not end in time and are canceled", len(self._unfinished()))
        finally:
            # Also when nobody waits any longer: every reader is told an end.
            for run in self._unfinished():
                run.stop("server")

    def _unfinished(self) -> list[Run]:
        return [run for run in self._runs.values() if not run.is_over]

    def _order(self, wish: RunWish, action: Action, find_upload: FindUpload) -> RunOrder | UnfitInputs:
        demo = wish.demo
        fields = [field for field in demo.inputs if field.name in action.inputs]
        others = [field.name for field in demo.inputs if field.name not in action.inputs]
        history, findings = _history(demo, wish.inputs)
        form = check_form(
            fields, wish.inputs, find_upload=find_upload, others=[*others, "history"] if demo.chat else others
        )
        if form.findings or findings:
            return UnfitInputs(findings=(*form.findings, *findings))
        run = new_id()
        return RunOrder(
            run=run,
            demo=demo.address,
            action=action.name,
            values=form.values,
            history=history,
            state=self._states.get(wish.session, demo),
            folder=str(self._folders.work(run)),
            accepts=wish.accepts,
        )

    def _supersede(self, wish: RunWish) -> None:
        """Stop the run that this one takes the place of; another visitor's, or one long gone, is let be."""
        old = self._runs.get(wish.supersedes or "")
        if old is not None and old.record.session == wish.session:
            old.stop("superseded")

    def _admit(self, record: RunRecord, order: RunOrder) -> Run | QueueFull:
        demo = record.demo
        queue = self._queues.setdefault(demo.address, Queue(demo.limits))
        queue.limits = demo.limits
        if queue.is_full:
            return QueueFull(retry_after_s=queue.retry_after_s)
        run = self._runs[order.run] = Run(
            record,
            order,
            journal=Journal(max_events=self._limits.journal_events, max_bytes=self._limits.journal_bytes),
            blobs=Blobs(self._folders.blobs(order.run), max_bytes=self._limits.run_blob_bytes),
            streams=self._streams(demo, order),
            first_reader_s=self._limits.first_reader_s,
            over=self._note_over,
            freed=self._note_freed,
        )
        queue.enter(run, record.session or "")
        self._serve(queue)
        return run

    def _streams(self, demo: Demo, order: RunOrder) -> Streams:
        action = _action(demo, order.action)
        return Streams(
            self._folders.streams(order.run),
            outputs=() if action is None else action.outputs,
            max_bytes=self._limits.run_stream_bytes,
            resized=lambda size: self._quota.resized(self._runs[order.run], size),
        )

    def _serve(self, queue: Queue[Run]) -> None:
        """Give free slots to those in turn, and tell the others their places.

        A run that ends while it begins frees its slot within this loop, which goes on with the next.
        """
        if queue in self._serving:
            return
        self._serving.add(queue)
        try:
            while (run := queue.take()) is not None:
                self._started[run.id] = time.monotonic()
                run.begin(self._engine)
        finally:
            self._serving.discard(queue)
        queue.tell_positions()

    def _note_over(self, run: Run) -> None:
        """Hear of a run's terminal event; one that never had a slot has nothing more to wait for."""
        self._all_over.set()
        if run.id not in self._started:
            queue = self._queues[run.record.demo.address]
            queue.leave(run)
            queue.tell_positions()
            self._retire(run)

    def _note_freed(self, run: Run, ending: Ending) -> None:
        """Hear that a run's slot is free."""
        queue = self._queues[run.record.demo.address]
        # Each step happens, in the reverse of this order, whatever another raises.
        with ExitStack() as steps:
            steps.callback(self._serve, queue)
            steps.callback(self._retire, run)
            steps.callback(self._folders.discard_work, run.id)
            steps.callback(queue.free, time.monotonic() - self._started.pop(run.id))
            if ending.fault is not None:
                _log_failure(run, ending)
            if run.has_succeeded and ending.state is not None:
                self._states.commit(run.record.session, run.record.demo, ending.state)

    def _retire(self, run: Run) -> None:
        self._forget(self._retention.keep(run))

    def _forget(self, runs: list[Run]) -> None:
        for run in runs:
            run.streams.forget()
            del self._runs[run.id]
            self._folders.discard(run.id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            self._forget(self._retention.expired())

    async def _open(self, demo: Demo) -> None:
        try:
            await self._engine.open(demo)
        except Exception:
            # Whoever presses Run is told by the run's own failure; here nobody waits for an answer.
            log.exception("the worker of %s could not be started", demo.address)
        finally:
            del self._opening[demo.address]


def _action(demo: Demo, name: str | None) -> Action | None:
    if name is None:
        return demo.actions[0]
    return next((action for action in demo.actions if action.name == name), None)


def _log_failure(run: Run, ending: Ending) -> None:
    # A message that a generator means for its visitor is not a failure of the demo.
    level = logging.INFO if ending.fault == "visitor" else logging.ERROR
    address, detail = run.record.demo.address, f"\n{ending.detail}" if ending.detail else ""
    log.log(level, "run %s of %s failed (%s): %s%s", run.id, address, ending.fault, ending.message, detail)


def _history(demo: Demo, inputs: Mapping[str, Any]) -> tuple[list[Any] | None, tuple[Finding, ...]]:
    """Return the conversation so far as the visitor keeps it, for a chat."""
    if demo.chat is None:
        return None, ()
    history = inputs.get("history") or []
    problem = check_portable(history, code="E-HISTORY", label="The history") or _shape_problem(history)
    if problem is None:
        return history, ()
    return None, (Finding(input="history", problem=problem),)


def _shape_problem(history: Any) -> Problem | None:
    if isinstance(history, list) and all(_is_message(message) for message in history):
        return None
    return Problem(
        code="E-HISTORY",
        message="The history is not a conversation",
        expected="a list of messages, each with role and content",
        found=type(history).__name__,
    )


def _is_message(message: Any) -> bool:
    return isinstance(message, dict) and isinstance(message.get("role"), str) and "content" in message
