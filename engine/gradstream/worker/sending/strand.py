"""Work that is done one piece after the other, in whatever thread of a pool is free.

    put, put, put --> line --> pool: piece, back to the pool's own line, piece, …

Between two pieces other strands have their turn, so that many share few threads fairly.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

Work = Callable[[], None]
"""A piece of work, which raises nothing."""


class Strand:
    """One line of work. Its length is bounded by who puts: see `worker.sending.flow_control`."""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._line: deque[Work] = deque()
        self._is_busy = False
        self._lock = threading.Lock()

    def put(self, work: Work) -> None:
        """Have a piece of work done after all that were put before."""
        with self._lock:
            self._line.append(work)
            if self._is_busy:
                return
            self._is_busy = True
        self._threads.submit(self._do)

    def _do(self) -> None:
        self._line.popleft()()
        with self._lock:
            self._is_busy = bool(self._line)
            if not self._is_busy:
                return
        self._threads.submit(self._do)
