"""One run on its way through an engine: waiting for a worker, in it, ended.

    WAITING --start--> IN WORKER --ended | lost--> over
       |   <--untaken-----+
       +------cancel, fail------------------------> over

A cancel asks the generator to end. If it still runs when the grace is over, the slot is overdue, and its
supervisor poisons the worker.
"""

import asyncio
import logging
import math
from collections.abc import Callable, Mapping

from gradstream.engines.contract import ImportedCode, RunSink
from gradstream.engines.local.process import WorkerProcess
from gradstream.errors import Fault
from gradstream.events import codec
from gradstream.events.types import Log
from gradstream.ipc.protocol import Ending, RunOrder
from gradstream.log_fields import about

log = logging.getLogger(__name__)


class LocalSlot:
    """Implements `contract.Slot` for the run and `WorkerListener` for the worker process.

    `over` is called when the run has ended, `overdue` when it has not ended within the grace, `stalled`
    before `over` when the process's machinery has failed, `untaken`, once at most, when the process had ended
    before it took the order: the slot waits for another one.
    """

    def __init__(
        self,
        order: RunOrder,
        sink: RunSink,
        *,
        over: Callable[["LocalSlot"], None],
        overdue: Callable[["LocalSlot"], None],
        stalled: Callable[["LocalSlot"], None],
        untaken: Callable[["LocalSlot"], None],
    ) -> None:
        self.is_over = False
        self.is_overdue = False
        self._order = order
        self._sink = sink
        self._over = over
        self._report_overdue = overdue
        self._report_stalled = stalled
        self._report_untaken = untaken
        self._is_second_start = False
        self._worker: WorkerProcess | None = None
        self._imported: Callable[[], ImportedCode] | None = None
        self._is_canceled = False
        self._grace: asyncio.TimerHandle | None = None

    @property
    def address(self) -> str:
        """The demo's address."""
        return self._order.demo

    @property
    def log_fields(self) -> Mapping[str, str]:
        """The fields of the log's records about this run."""
        return about(demo=self._order.demo, run=self._order.run)

    @property
    def imported(self) -> ImportedCode | None:
        """What the worker of the run has imported so far; None while it has none."""
        return None if self._imported is None else self._imported()

    def start(self, worker: WorkerProcess, *, imported: Callable[[], ImportedCode]) -> None:
        """Send the order to a worker that has the demo loaded; `imported` returns what that has imported."""
        self._worker, self._imported = worker, imported
        if not self._is_second_start:
            self._sink.running()
        worker.run(self._order, output=self._sink, listener=self)

    def cancel(self, *, grace_s: float) -> None:
        """Ask the generator to end; a later call may shorten the grace, never lengthen it."""
        if self.is_over:
            return
        if self._worker is None:
            self._end(Ending(canceled=True))
            return
        if not self._is_canceled:
            self._is_canceled = True
            self._worker.cancel(self._order.run)
        if math.isfinite(grace_s):
            self._shorten_grace(grace_s)

    def fail(self, fault: Fault, message: str, detail: str | None = None) -> None:
        """End a run that cannot start."""
        if not self.is_over:
            self._end(Ending(fault=fault, message=message, detail=detail))

    def warn(self, text: str) -> None:
        """Say something about the run's process among the run's events."""
        if not self.is_over:
            self._sink.records([codec.record(Log(level="warning", text=text))])

    def ended(self, ending: Ending) -> None:
        """Report how the generator ended."""
        if ending.stalled:
            self._report_stalled(self)
        self._end(ending)

    def lost(self, reason: str, *, was_taken: bool) -> None:
        """Report that the process has ended; a canceled run counts as canceled."""
        if self._is_canceled:
            self._end(Ending(canceled=True))
        elif not was_taken and not self._is_second_start:
            log.warning("the process %s before it took the run", reason, extra=self.log_fields)
            self._worker, self._is_second_start = None, True
            self._report_untaken(self)
        else:
            message = f"The demo's process {reason}. The next run starts a new one."
            self._end(Ending(fault="worker", message=message))

    def _shorten_grace(self, grace_s: float) -> None:
        loop = asyncio.get_running_loop()
        if self._grace is not None:
            if self._grace.when() <= loop.time() + grace_s:
                return
            self._grace.cancel()
        self._grace = loop.call_later(grace_s, self._note_overdue)

    def _note_overdue(self) -> None:
        if not self.is_over:
            self.is_overdue = True
            self._report_overdue(self)

    def _end(self, ending: Ending) -> None:
        self.is_over = True
        if self._grace is not None:
            self._grace.cancel()
        try:
            self._over(self)
        finally:
            self._sink.ended(ending)
