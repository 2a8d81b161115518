"""Progress of a run, from `gradstream.progress` and from tqdm's bars, as events.

What a generator tells is told at once. Bars are drawn much oftener than anyone looks: ten times a second is
enough, and the last state of a bar always comes.
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
    """One run's. `tell` is called with states worth telling, `call_at` has a thread to call back from."""

    def __init__(
        self,
        *,
        tell: Callable[[BarState], None],
        call_at: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._tell = tell
        self._call_at = call_at
        self._lock = threading.Lock()
        self._told_at = 0.0
        self._held: BarState | None = None

    def show(self, state: BarState) -> None:
        """Tell a state, now or, if no newer one comes, a tenth of a second after the last."""
        with self._lock:
            due = self._told_at + INTERVAL_S
            is_first = self._held is None
            self._held = state
            if time.monotonic() >= due:
                self._tell_held()
            elif is_first:
                self._call_at(due, self.flush)

    def flush(self) -> None:
        """Tell what is held."""
        with self._lock:
            self._tell_held()

    def _tell_held(self) -> None:
        if self._held is not None:
            self._told_at = time.monotonic()
            state, self._held = self._held, None
            self._tell(state)
