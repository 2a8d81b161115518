"""When what a stream holds back has to be emitted: in a pause of its generator, or after a while."""

from gradstream.media.types import FLUSH_AFTER_S, LONGEST_HOLD_S


class Hold:
    """What one stream holds back, and since when. Times are of one monotonic clock, in seconds."""

    def __init__(self) -> None:
        self._pending_s = 0.0
        self._since = 0.0
        self._added_at = 0.0

    def add(self, pending_s: float, *, now: float) -> None:
        """Note that a chunk was added, after which `pending_s` seconds are held back."""
        if not self._pending_s or pending_s < self._pending_s:
            self._since = now
        self._pending_s = pending_s
        self._added_at = now

    def clear(self) -> None:
        """Note that everything was emitted."""
        self._pending_s = 0.0

    @property
    def due(self) -> float | None:
        """When to emit it; None when nothing is held back."""
        if not self._pending_s:
            return None
        return min(self._added_at + FLUSH_AFTER_S, self._since + LONGEST_HOLD_S)
