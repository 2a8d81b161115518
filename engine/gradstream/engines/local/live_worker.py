"""A worker process with its loaded demos and its runs.

usable --retire--> no new runs, exits after the last one
+-------poison--> no new runs, killed when only overdue runs are left or when it has stopped answering
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from gradstream.diagnostics import Diagnostic
from gradstream.engines.contract import ImportedCode
from gradstream.engines.local.process import WorkerProcess
from gradstream.engines.local.slot import LocalSlot
from gradstream.errors import WorkerLostError
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded

EXIT_S = 5.0
"""Time to exit after the last run: the developer's code may have exit handlers that save something."""

SILENCE_S = 5.0
"""A poisoned worker that has not answered a ping for this long is killed with all runs in it."""

WATCH_S = 1.0
"""Between two checks of a poisoned worker."""


class LiveWorker:
    """One worker."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker
        self.demos: dict[str, Demo] = {}
        self.reports: dict[str, Loaded] = {}
        self.slots: set[LocalSlot] = set()
        self.accepts_runs = True
        self._since_ns = time.time_ns()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        worker.when_gone(self._cancel_timer)

    @property
    def is_usable(self) -> bool:
        """Whether new runs may start in it."""
        return self.accepts_runs and self.worker.gone is None

    @property
    def files(self) -> set[str]:
        """The absolute paths of the modules imported from the demos' folders."""
        return {file for report in self.reports.values() for file in report.files} | self.worker.late_files

    def imported(self, address: str) -> ImportedCode:
        """Return those files, when the first of them can have been read, and what a demo's code is given."""
        report = self.reports[address]
        return ImportedCode(
            files=tuple(sorted(self.files)),
            since_ns=self._since_ns,
            is_personal=any(action.is_personal for action in report.actions),
        )

    def can_run(self, demo: Demo) -> bool:
        """Return whether this version of the demo is loaded without errors."""
        known, report = self.demos.get(demo.address), self.reports.get(demo.address)
        # Usually both are the same object; to compare two equal demos takes longer than to start a run.
        return (known is demo or known == demo) and report is not None and is_good(report)

    async def load(self, demo: Demo) -> Loaded:
        """Import a demo; if the worker dies meanwhile, the report has an `E-WORKER-DIED` diagnostic.

        Raises WorkerLostError if it has died before that.
        """
        try:
            report = await self.worker.load(demo)
        except WorkerLostError as lost:
            if not lost.was_taken:
                raise
            report = report_death(demo, str(lost))
        self.demos[demo.address] = demo
        self.reports[demo.address] = report
        return report

    def start(self, slot: LocalSlot) -> None:
        """Start a run."""
        self.slots.add(slot)
        slot.start(self.worker, imported=partial(self.imported, slot.address))

    def remove(self, slot: LocalSlot) -> None:
        """Remove a run that has ended."""
        self.slots.discard(slot)
        if not self.accepts_runs:
            self._end_when_empty()

    def retire(self) -> None:
        """Accept no more runs, and end the process after the last one."""
        if self.accepts_runs:
            self.accepts_runs = False
            self.worker.ask_exit()
        self._end_when_empty()

    def poison(self) -> None:
        """Accept no more runs, and kill the process as soon as no other run is lost with it."""
        self.accepts_runs = False
        if all(slot.is_overdue for slot in self.slots):
            self.worker.kill("did not stop when asked and was ended")
        elif self._is_silent():
            self.worker.kill("stopped answering and was ended")
        else:
            self._call_later(WATCH_S, self.poison)

    def _is_silent(self) -> bool:
        return self._loop.time() - self.worker.answered_at > SILENCE_S

    def _end_when_empty(self) -> None:
        if any(slot.is_overdue for slot in self.slots):
            self.poison()
        elif not self.slots:
            self.worker.ask_exit()
            self._call_later(EXIT_S, self.worker.kill)

    def _call_later(self, delay_s: float, call: Callable[[], None]) -> None:
        self._cancel_timer()
        if self.worker.gone is None:
            self._timer = self._loop.call_later(delay_s, call)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def is_good(report: Loaded) -> bool:
    """Return whether the demo can run."""
    return not any(diagnostic.is_error for diagnostic in report.diagnostics)


def report_death(demo: Demo, reason: str) -> Loaded:
    """Return the report of an import during which the process ended; `reason` says how."""
    generator = demo.actions[0].generator
    diagnostic = Diagnostic(
        span=generator.span,
        code="E-WORKER-DIED",
        message=f"the process that imported `{generator.text}` {reason}",
        expected="a module that can be imported",
        found="the end of the process",
        repair="import the module in a Python of your own to see why",
    )
    files = ()
    return Loaded(
        demo=demo.address, diagnostics=(diagnostic,), actions=(), files=files, duration_s=0.0, detail=None
    )
