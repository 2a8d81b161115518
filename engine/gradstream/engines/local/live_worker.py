"""A worker process, the demos that are loaded in it, and the runs that are in it.

in use --retire--> no new runs, ends by itself after the last one
+-----poison--> no new runs, killed when only overdue runs are left, or when it has stopped answering
"""

import asyncio
from collections.abc import Callable

from gradstream.diagnostics import Diagnostic
from gradstream.engines.local.process import WorkerProcess
from gradstream.engines.local.slot import LocalSlot
from gradstream.errors import WorkerLost
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded

EXIT_S = 5.0
"""After its last run, a worker has so long to end by itself: the code in it may have things to put away."""

SILENCE_S = 5.0
"""A poisoned worker that has answered no ping for so long is killed with all that is in it."""

WATCH_S = 1.0
"""How often a poisoned worker is looked at."""


class LiveWorker:
    """One worker in use."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker
        self.demos: dict[str, Demo] = {}
        self.reports: dict[str, Loaded] = {}
        self.slots: set[LocalSlot] = set()
        self.takes_runs = True
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        worker.when_gone(self._cancel_timer)

    @property
    def is_usable(self) -> bool:
        """Whether new runs may enter."""
        return self.takes_runs and self.worker.gone is None

    @property
    def files(self) -> set[str]:
        """The absolute paths of all that was imported from the demos' folders."""
        return {file for report in self.reports.values() for file in report.files} | self.worker.late_files

    def has(self, demo: Demo) -> bool:
        """Tell whether exactly this demo is loaded, and can run."""
        known, report = self.demos.get(demo.address), self.reports.get(demo.address)
        # Most often it is the very same; to compare two that are only equal takes longer than to begin a run.
        return (known is demo or known == demo) and report is not None and is_good(report)

    async def load(self, demo: Demo) -> Loaded:
        """Import a demo; a worker that dies importing is a finding like any other."""
        try:
            report = await self.worker.load(demo)
        except WorkerLost as lost:
            report = _died(demo, str(lost))
        self.demos[demo.address] = demo
        self.reports[demo.address] = report
        return report

    def start(self, slot: LocalSlot) -> None:
        """Start a run."""
        self.slots.add(slot)
        slot.start(self.worker)

    def leave(self, slot: LocalSlot) -> None:
        """Note that a run has ended."""
        self.slots.discard(slot)
        if not self.takes_runs:
            self._end_when_done()

    def retire(self) -> None:
        """Take no more runs, and end the process after the last one."""
        if self.takes_runs:
            self.takes_runs = False
            self.worker.ask_exit()
        self._end_when_done()

    def poison(self) -> None:
        """Take no more runs, and end the process as soon as nobody else suffers."""
        self.takes_runs = False
        if all(slot.is_overdue for slot in self.slots):
            self.worker.kill("did not stop when asked and was ended")
        elif self._is_silent():
            self.worker.kill("stopped answering and was ended")
        else:
            self._call_later(WATCH_S, self.poison)

    def _is_silent(self) -> bool:
        return self._loop.time() - self.worker.answered_at > SILENCE_S

    def _end_when_done(self) -> None:
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
    """Tell whether a demo can run."""
    return not any(diagnostic.is_error for diagnostic in report.diagnostics)


def _died(demo: Demo, reason: str) -> Loaded:
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
