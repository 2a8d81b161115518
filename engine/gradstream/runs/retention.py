"""Which finished runs can still be read, and which are forgotten.

Bounds: age, number, bytes of journals together, bytes of big values and streams together. Policy: the one
that finished first is forgotten.
"""

import time
from collections import OrderedDict

from gradstream.runs.limits import Limits
from gradstream.runs.run import Run


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
        self._blob_bytes += run.blobs.size + run.streams.size
        return self.expired()

    def expired(self) -> list[Run]:
        """Return the runs that are over a bound now; they are no longer kept here."""
        forgotten = []
        while self._finished and self._is_over_bound():
            forgotten.append(self._take_out(next(iter(self._finished))))
        return forgotten

    def resized(self, run: Run, size: int) -> None:
        """Hear that a run's streams have gained, or lost, so many bytes; it may be one that is kept here."""
        if run.id in self._finished:
            self._blob_bytes += size

    def give_up_stream(self, session: str | None, *, but: Run) -> Run | None:
        """Return the session's run that finished first of those with a stream; it is no longer kept here."""
        for _, run in self._finished.values():
            if run.record.session == session and run is not but and run.streams.size:
                return self._take_out(run.id)
        return None

    def _take_out(self, key: str) -> Run:
        _, run = self._finished.pop(key)
        self._journal_bytes -= run.journal.size
        self._blob_bytes -= run.blobs.size + run.streams.size
        return run

    def _is_over_bound(self) -> bool:
        oldest, _ = next(iter(self._finished.values()))
        return (
            len(self._finished) > self._limits.finished_runs
            or self._journal_bytes > self._limits.finished_bytes
            or self._blob_bytes > self._limits.finished_blob_bytes
            or time.monotonic() - oldest > self._limits.finished_run_s
        )
