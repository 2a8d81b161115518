"""Thins what a run reports to what a reader can use; the generator that reports never waits for it.

    progress(), bars of tqdm --> ProgressThrottle: the latest, ten times a second
    log(), warnings --> LineThrottle: the first lines of a second, how many are missing, the last ones

Of progress, only the latest state means anything. Of a flood of lines, one reads how it began and how it
ended. What is held is sent by a timer or at the end of the run, so the last state and the last line always
come.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from gradstream.events.types import Record
from gradstream.limits import WORKER_LIMITS

WINDOW_S = 1.0
LAST_BYTES = 2**18
"""What is kept at most of the lines beyond: the last ones, sent at the end of the window."""

CallAt = Callable[[float, Callable[[], None]], None]
"""Calls back at a time of `time.monotonic`, in another thread."""


class ProgressThrottle:
    """One run's. `emit` is called with the events to send: `most` a second, and as many at once."""

    def __init__(
        self,
        *,
        emit: Callable[[Record], None],
        call_at: CallAt,
        most: int = WORKER_LIMITS.progress_events,
    ) -> None:
        self._most = most
        self._emit = emit
        self._call_at = call_at
        self._lock = threading.Lock()
        self._left = float(most)
        self._counted_at = time.monotonic()
        self._held: Record | None = None

    def update(self, event: Record) -> None:
        """Emit an event now or, unless a newer one replaces it, as soon as one may be sent again."""
        with self._lock:
            if self._held is not None:
                self._held = event
                return
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._counted_at) * self._most)
            self._counted_at = now
            if self._left >= 1:
                self._left -= 1
                self._emit(event)
            else:
                self._held = event
                self._call_at(now + (1 - self._left) / self._most, self.flush)

    def flush(self) -> None:
        """Emit the event that is held."""
        with self._lock:
            if self._held is not None:
                event, self._held = self._held, None
                self._left -= 1
                self._emit(event)


class LineThrottle:
    """One run's. `emit` is called with the lines to send, `say` returns the line of how many are missing.

    Of each second, the first `most` lines are sent at once, and as many of the last ones at its end.
    """

    def __init__(
        self,
        *,
        emit: Callable[[Record], None],
        say: Callable[[int], Record],
        call_at: CallAt,
        most: int = WORKER_LIMITS.log_lines,
    ) -> None:
        self._most = most
        self._emit = emit
        self._say = say
        self._call_at = call_at
        self._lock = threading.Lock()
        self._window_ends = 0.0
        self._sent = 0
        self._held: deque[Record] = deque()
        self._held_bytes = 0
        self._left_out = 0

    def add(self, line: Record) -> None:
        """Emit a line now or, if it is one of the last of its window, at the end of that."""
        with self._lock:
            now = time.monotonic()
            if now >= self._window_ends and not self._held:
                self._window_ends, self._sent = now + WINDOW_S, 0
            if self._sent < self._most:
                self._sent += 1
                self._emit(line)
            else:
                self._hold(line)

    def flush(self) -> None:
        """Emit what is held."""
        with self._lock:
            if self._left_out:
                self._emit(self._say(self._left_out))
            while self._held:
                self._emit(self._held.popleft())
            self._held_bytes = self._left_out = 0

    def _hold(self, line: Record) -> None:
        if not self._held:
            self._call_at(self._window_ends, self.flush)
        self._held.append(line)
        self._held_bytes += len(line.body)
        while len(self._held) > self._most or (self._held_bytes > LAST_BYTES and len(self._held) > 1):
            self._held_bytes -= len(self._held.popleft().body)
            self._left_out += 1
