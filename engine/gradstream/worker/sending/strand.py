"""A serial executor over a thread pool, named after the strands of Boost.Asio.

    submit, submit, submit --> queue --> pool: one task, back to the end of the pool's queue, next task, …

Tasks of one strand run one after the other, in any thread. Between two of them other strands get their turn,
so that many strands share few threads fairly.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

Task = Callable[[], None]
"""A task. What it raises is lost, and the next one runs."""


class Strand:
    """One serial queue. Those who submit bound its length: see `worker.sending.flow_control`."""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._queue: deque[Task] = deque()
        self._is_busy = False
        self._lock = threading.Lock()

    def submit(self, task: Task) -> None:
        """Run a task after all that were submitted before. If the pool raises, the task is dropped."""
        with self._lock:
            if not self._is_busy:
                self._threads.submit(self._run_next)
                self._is_busy = True
            self._queue.append(task)

    def _run_next(self) -> None:
        with self._lock:
            # Held by `submit` until the task is in the queue.
            task = self._queue.popleft()
        try:
            task()
        finally:
            del task
            self._go_on()

    def _go_on(self) -> None:
        with self._lock:
            self._is_busy = bool(self._queue)
            if not self._is_busy:
                return
        self._threads.submit(self._run_next)
