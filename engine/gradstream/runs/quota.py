"""How much one session's streams may take on disk, over all of its runs that are kept.

    a run's streams grow --resized--> over the bound: forget finished runs, then drop oldest segments

Bound: `limits.session_stream_bytes`. Policy: the session's run that finished first is forgotten, and when
none is left that has a stream, the run that grew gives up its own beginning. Those who send no session count
as one.
"""

from collections import Counter
from collections.abc import Callable

from gradstream.runs.limits import Limits
from gradstream.runs.retention import Retention
from gradstream.runs.run import Run


class StreamQuota:
    """Counts bytes by session. `forget` removes finished runs that the retention has given up."""

    def __init__(self, limits: Limits, *, retention: Retention, forget: Callable[[list[Run]], None]) -> None:
        self._max_bytes = limits.session_stream_bytes
        self._retention = retention
        self._forget = forget
        self._taken: Counter[str] = Counter()

    def resized(self, run: Run, size: int) -> None:
        """Hear that a run's streams have gained, or lost, so many bytes."""
        session = run.record.session or ""
        self._taken[session] += size
        if self._taken[session] <= 0:
            # Or every session that ever streamed would be remembered.
            del self._taken[session]
        self._retention.resized(run, size)
        if size > 0:
            self._make_room(run, session)

    def _make_room(self, run: Run, session: str) -> None:
        while self._taken[session] > self._max_bytes:
            finished = self._retention.give_up_stream(run.record.session, but=run)
            if finished is None:
                break
            self._forget([finished])
        if not run.is_over:
            run.streams.drop(self._taken[session] - self._max_bytes)
