"""Which finished runs can still be read, and which are forgotten.

Bounds: age, number, total bytes in memory, total bytes of big values and streams. Policy: the run that
finished first is forgotten.
"""

import time
from collections import OrderedDict

from gradstream.limits import Limits
from gradstream.runs.stored_run import StoredRun


class Retention:
    """Finished runs in the order of their end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._finished: OrderedDict[str, tuple[float, StoredRun]] = OrderedDict()
        self._counted: dict[str, int] = {}
        """What each run weighs in memory, as it was counted."""
        self._journal_bytes = 0
        self._file_bytes = 0

    def keep(self, run: StoredRun) -> list[StoredRun]:
        """Add a run that has finished, and return those that must be forgotten to make room."""
        self._finished[run.id] = (time.monotonic(), run)
        self._counted[run.id] = 0
        self._file_bytes += run.file_bytes
        return self.recount(run)

    def recount(self, run: StoredRun) -> list[StoredRun]:
        """Count a run's memory again, if it is kept here; return those that must be forgotten."""
        if run.id in self._finished:
            memory = run.journal.memory
            self._journal_bytes += memory - self._counted[run.id]
            self._counted[run.id] = memory
        return self.expired()

    def expired(self) -> list[StoredRun]:
        """Remove and return the runs that are over a bound now."""
        forgotten = []
        while self._finished and self._is_over_bound():
            forgotten.append(self._remove(next(iter(self._finished))))
        return forgotten

    def resized(self, run: StoredRun, size: int) -> None:
        """Count bytes by which the streams of a run grew or shrank, if it is kept here."""
        if run.id in self._finished:
            self._file_bytes += size

    @property
    def has_files(self) -> bool:
        """Whether a run that is kept has files."""
        return any(run.file_bytes for _, run in self._finished.values())

    def remove_with_files(self) -> StoredRun | None:
        """Remove and return the run that finished first of those with files."""
        for _, run in self._finished.values():
            if run.file_bytes:
                return self._remove(run.id)
        return None

    def remove_stream(self, owner: str, *, but: StoredRun) -> StoredRun | None:
        """Remove and return the owner's run that finished first of those with a stream."""
        for _, run in self._finished.values():
            if run.record.caller.owner == owner and run is not but and run.streams.size:
                return self._remove(run.id)
        return None

    def _remove(self, key: str) -> StoredRun:
        _, run = self._finished.pop(key)
        self._journal_bytes -= self._counted.pop(key)
        self._file_bytes -= run.file_bytes
        return run

    def _is_over_bound(self) -> bool:
        oldest, _ = next(iter(self._finished.values()))
        return (
            len(self._finished) > self._limits.finished_runs
            or self._journal_bytes > self._limits.finished_bytes
            or self._file_bytes > self._limits.finished_blob_bytes
            or time.monotonic() - oldest > self._limits.finished_run_s
        )
