"""Which finished runs can still be read, and which are forgotten.

Bounds: age, number, bytes of journals together, bytes of big values together. Policy: the one that finished
first is forgotten.
"""

import time
from collections import OrderedDict

from gradstream.runs.run import Run
from gradstream.runs.types import Limits


class Retention:
    """Finished runs in the order of their end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._finished: OrderedDict[str, tuple[float, Run]] = OrderedDict()
        self._journal_bytes = 0
        self._blob_bytes = 0

    def keep(self, run: Run) -> list[Run]:
        """Take in a run that has finished, and return those to be forgotten for it."""
        self._finished[run.id] = (time.monotonic(), run)
        self._journal_bytes += run.journal.size
        self._blob_bytes += run.blobs.size
        return self.expired()

    def expired(self) -> list[Run]:
        """Return the runs that are over a bound now; they are no longer kept here."""
        forgotten = []
        while self._finished and self._is_over_bound():
            _, (_, run) = self._finished.popitem(last=False)
            self._journal_bytes -= run.journal.size
            self._blob_bytes -= run.blobs.size
            forgotten.append(run)
        return forgotten

    def _is_over_bound(self) -> bool:
        oldest, _ = next(iter(self._finished.values()))
        return (
            len(self._finished) > self._limits.finished_runs
            or self._journal_bytes > self._limits.finished_bytes
            or self._blob_bytes > self._limits.finished_blob_bytes
            or time.monotonic() - oldest > self._limits.finished_run_s
        )
