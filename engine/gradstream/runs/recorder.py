"""Records runs when they are over: one after another, in a thread, while the server goes on.

    RunService --note_over--> queue --content_of--> thread: examples, history

Bound: `limits.waiting_recordings`: what they have in memory and on disk, finished runs have anyway. Policy: a
further one is not recorded, and that is logged. At the end of the server all that wait are written.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from gradstream.engines.contract import ImportedCode
from gradstream.events.types import Canceled
from gradstream.limits import Limits
from gradstream.recordings.types import Content
from gradstream.runs.control import RunControl
from gradstream.runs.examples import ExampleRecordings
from gradstream.runs.history import History
from gradstream.runs.recording import content_of
from gradstream.runs.stored_run import StoredRun

log = logging.getLogger(__name__)


class _Job(Struct, frozen=True, eq=False):
    run: StoredRun
    inputs: Mapping[str, Any]
    imported: ImportedCode | None
    is_history: bool


class Recorder:
    """An asynchronous context manager; what waits at its end is written before it returns."""

    def __init__(
        self,
        *,
        examples: ExampleRecordings | None,
        history: History | None,
        most_waiting: int = Limits().waiting_recordings,
    ) -> None:
        self._examples = examples
        self._history = history
        self._waiting: asyncio.Queue[_Job] = asyncio.Queue(most_waiting)
        self._tasks = asyncio.TaskGroup()
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to record."""
        await self._tasks.__aenter__()
        self._worker = self._tasks.create_task(self._work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what waits, and end."""
        await self.written()
        if self._worker is not None:
            self._worker.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    async def written(self) -> None:
        """Return when nothing waits any more."""
        await self._waiting.join()

    def note_over(self, control: RunControl) -> None:
        """Have a run recorded that has its terminal event, if it is to be kept."""
        run = control.run
        imported = control.imported if self._may_be_example(control) else None
        is_history = self._history is not None and not _was_superseded(run)
        if imported is not None or is_history:
            self._add(_Job(run, control.order.values, imported, is_history))

    def note_replay(self, run: StoredRun, inputs: Mapping[str, Any]) -> None:
        """Have a run recorded that was a recording from its beginning: its address is to last as well."""
        if self._history is not None:
            self._add(_Job(run, inputs, None, True))  # noqa: FBT003 (a field)

    def _add(self, job: _Job) -> None:
        try:
            self._waiting.put_nowait(job)
        except asyncio.QueueFull:
            log.warning("too many runs end at once: one is not recorded", extra=job.run.record.log_fields)

    def _may_be_example(self, control: RunControl) -> bool:
        is_example = self._examples is not None and control.run.record.example is not None
        return is_example and control.has_succeeded

    async def _work(self) -> None:
        while True:
            job = await self._waiting.get()
            try:
                await self._record(job)
            except Exception:
                log.exception("a run could not be recorded", extra=job.run.record.log_fields)
            finally:
                self._waiting.task_done()

    async def _record(self, job: _Job) -> None:
        if job.run.streams.is_forgotten:
            # So many runs have ended since that it had to make room: its files are being removed.
            return
        content = content_of(job.run, job.inputs)
        await asyncio.to_thread(partial(self._write, job, content))

    def _write(self, job: _Job, content: Content) -> None:
        record = job.run.record
        if self._history is not None and job.is_history:
            self._history.keep(content)
        if self._examples is not None and job.imported is not None:
            rests_on = self._examples.rests_on(record, job.imported)
            if rests_on is not None:
                self._examples.keep(record, content, rests_on)


def _was_superseded(run: StoredRun) -> bool:
    """Return whether the run made way for the next one of its page: no address leads to it."""
    end = run.journal.end()
    return isinstance(end, Canceled) and end.by == "superseded"
