"""Limits how often the state of tqdm's bars is sent.

Bars are redrawn much more often than anyone can see. Ten events per second are enough, and the last state of
a bar is always sent. Progress that the generator reports itself is not throttled.
"""

import threading
import time
from collections.abc import Callable

from msgspec import Struct

INTERVAL_S = 0.1
"""Between two events of bars."""


class BarState(Struct, frozen=True, kw_only=True):
    """What a bar shows."""

    index: int | None
    total: int | None
    unit: str | None
    description: str | None


class BarThrottle:
    """One run's. `emit` is called with the states to send; `call_at` calls back at a time, in a thread."""

    def __init__(
        self,
        *,
        emit: Callable[[BarState], None],
        call_at: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._emit = emit
        self._call_at = call_at
        self._lock = threading.Lock()
        self._emitted_at = 0.0
        self._held: BarState | None = None

    def update(self, state: BarState) -> None:
        """Emit a state now or, unless a newer one replaces it, at the end of the interval."""
        with self._lock:
            due = self._emitted_at + INTERVAL_S
            is_first = self._held is None
            self._held = state
            if time.monotonic() >= due:
                self._emit_held()
            elif is_first:
                self._call_at(due, self.flush)

    def flush(self) -> None:
        """Emit the state that is held."""
        with self._lock:
            self._emit_held()

    def _emit_held(self) -> None:
        if self._held is not None:
            self._emitted_at = time.monotonic()
            state, self._held = self._held, None
            self._emit(state)
