"""Pools of daemon threads, which start only when needed.

submit --> a waiting thread | a new thread | the line, when there are as many as allowed

Unlike those of the standard library's pool, these threads are not joined when a process exits: a child that
was forked from a run has only the forking thread, which cannot join itself. And nothing is left in the line
when `submit` raises.
"""

import contextvars
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from gradstream.errors import ThreadStartError

P = ParamSpec("P")
T = TypeVar("T")


class Threads(Executor):
    """At most `most` threads, which may be set; `initialize` is called once in each.

    When the system refuses a new thread, `submit` raises ThreadStartError. With `may_wait` it does so only if
    the pool has no thread at all: what is submitted ends soon, so a thread becomes free soon.
    """

    def __init__(
        self, most: int, name: str, *, initialize: Callable[[], object] | None = None, may_wait: bool = False
    ) -> None:
        self.most = most
        self._name = name
        self._initialize = initialize
        self._may_wait = may_wait
        self._line: deque[_Work] = deque()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._idle = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function in a thread. Raises ThreadStartError."""
        future: Future[T] = Future()
        with self._changed:
            if self._idle <= len(self._line) and len(self._threads) < self.most:
                self._add_thread()
            self._line.append(_Work(future, lambda: fn(*args, **kwargs)))
            self._changed.notify()
        return future

    def worked_s(self) -> float:
        """Return the processor time of all threads, in seconds; where it is unknown, that of the process."""
        if not hasattr(time, "pthread_getcpuclockid"):
            return time.process_time()
        with self._changed:
            idents = [thread.ident for thread in self._threads if thread.ident and thread.is_alive()]
        return sum(time.clock_gettime(time.pthread_getcpuclockid(ident)) for ident in idents)

    def _add_thread(self) -> None:
        name = f"{self._name}-{len(self._threads) + 1}"
        try:
            # Refused as well where the developer's code has taken away what threads need, such as
            # `sys.excepthook`.
            thread = threading.Thread(target=self._serve, name=name, daemon=True)
            # In a context of its own: it serves all runs, and must not belong to the one that starts it.
            contextvars.Context().run(thread.start)
        except RuntimeError as error:
            if self._threads and self._may_wait:
                return
            running = threading.active_count()
            raise ThreadStartError(
                f"the system refused to start a thread; {running} are running in the demo's process: {error}"
            ) from error
        self._threads.append(thread)

    def _serve(self) -> None:
        if self._initialize is not None:
            self._initialize()
        while True:
            self._next().run()

    def _next(self) -> "_Work":
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._line)
            self._idle -= 1
            return self._line.popleft()


class _Work:
    """One call and the future of its result."""

    def __init__(self, future: Future[Any], call: Callable[[], Any]) -> None:
        self._future = future
        self._call = call

    def run(self) -> None:
        """Call, unless the future is canceled; keep nothing of the call, whose thread has other calls."""
        if not self._future.set_running_or_notify_cancel():
            return
        # Taken: what waits for the future may go on before this method has ended.
        call, self._call = self._call, _nothing
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 (handed over: the future raises it)
            self._future.set_exception(error)
            # The exception's traceback has this frame, which has `self`: a circle, which would keep both.
            del self
        else:
            del call
            self._future.set_result(result)


def _nothing() -> None:
    """Be called in place of a call that was made."""
