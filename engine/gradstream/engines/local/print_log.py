"""What a worker prints, on its way to the log and to the runs.

PrintedLine --demo and run found out--> the log: every line
--> RunOutput.printed: lines of a run; with the first run, the import's
"""

import logging
from collections import deque
from collections.abc import Collection

from gradstream.engines.local.printed import PrintedLine
from gradstream.engines.local.worker_runs import WorkerRuns
from gradstream.ipc.protocol import RunOrder
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.log_fields import about

log = logging.getLogger("gradstream.prints")


class PrintLog:
    """One worker's. `label` is its name: the address of its demo, or the name that its demos share."""

    def __init__(self, *, label: str, runs: WorkerRuns, limits: WorkerLimits = WORKER_LIMITS) -> None:
        self.label = label
        self._runs = runs
        self._most_import_lines = limits.import_lines
        self._demos: set[str] = set()
        self._import_lines: dict[str, deque[PrintedLine]] = {}

    def note_demo(self, address: str) -> None:
        """Note that a demo is imported in this worker."""
        self._demos.add(address)

    def add(self, line: PrintedLine) -> None:
        """Log a line, and pass it to its run.

        What compiled code or another process has printed is the only run's. With several
        runs nobody knows whose it is: the log names all of them, and no visitor reads it.
        """
        going = self._runs.going if line.demo is None else {}
        run = line.run if line.demo is not None else _only(going)
        demos = {*going.values()} or self._demos
        demo = line.demo or _only(demos)
        is_shown = run is not None and self._runs.printed(run, line.stream, line.text)
        if run is None and not going and demo is not None:
            lines = self._import_lines.setdefault(demo, deque(maxlen=self._most_import_lines))
            lines.append(line)
        fields = about(
            demo=demo or self.label,
            run=run,
            stream=line.stream,
            demos=demos if demo is None else (),
            runs=going if run is None else (),
        )
        log.info("%s", line.text, extra={**fields, "is_shown": is_shown})

    def show_import(self, order: RunOrder) -> None:
        """Pass what was printed outside of runs, usually at the import, to the demo's next run."""
        for line in self._import_lines.pop(order.demo, ()):
            self._runs.printed(order.run, line.stream, line.text)


def _only(names: Collection[str]) -> str | None:
    """Return the name of which there is no other; None if there is none, or several."""
    return next(iter(names)) if len(names) == 1 else None
