"""How much one session's streams may take on disk, over all of its runs that are kept.

    a run's streams grow --resized--> over the bound: forget finished runs, then drop oldest segments

Bound: `limits.session_stream_bytes`. Policy: the session's run that finished first is forgotten, and when
none is left that has a stream, the run that grew drops its own oldest segments. All callers without a session
count as one.
"""

from collections import Counter
from collections.abc import Callable

from gradstream.limits import Limits
from gradstream.runs.retention import Retention
from gradstream.runs.stored_run import StoredRun


class StreamQuota:
    """Counts bytes by session. `forget` is called with finished runs that the retention has removed."""

    def __init__(
        self, limits: Limits, *, retention: Retention, forget: Callable[[list[StoredRun]], None]
    ) -> None:
        self._max_bytes = limits.session_stream_bytes
        self._retention = retention
        self._forget = forget
        self._used: Counter[str] = Counter()

    def resized(self, run: StoredRun, size: int) -> None:
        """Count bytes by which a run's streams grew or shrank, and make room if they are too many."""
        owner = run.record.caller.owner
        self._used[owner] += size
        if self._used[owner] <= 0:
            # Or every session that ever streamed would be remembered.
            del self._used[owner]
        self._retention.resized(run, size)
        if size > 0:
            self._make_room(run, owner)

    def _make_room(self, run: StoredRun, owner: str) -> None:
        while self._used[owner] > self._max_bytes:
            finished = self._retention.remove_stream(owner, but=run)
            if finished is None:
                break
            self._forget([finished])
        if not run.is_over:
            run.streams.drop(self._used[owner] - self._max_bytes)
