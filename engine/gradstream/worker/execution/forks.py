"""Ends a process that the developer's code has forked, where it comes back from that code.

    os.fork in a generator or at an import
        child: yields, returns, raises, has imported --> a line on standard error, the end
        parent: the run, as if nothing had happened

The child has a copy of everything, the socket to the server included. If it went on like the worker, it would
report an end of the run, and what the worker yields after that would be lost.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NoReturn, Protocol

from gradstream.worker.loading.faults import format_traceback

CAME_BACK = (
    "a process that was forked came back from the demo's code and is ended: what it was forked from goes on; "
    "end it with os._exit(0) before"
)


class LeftByForks(Protocol):
    """A run as a fork of its process has it."""

    def leave(self) -> None:
        """End the process when the developer's code comes back."""


class ForkWatch:
    """Lets forks of this process leave its runs, from now on. `is_fork`: this process is one."""

    def __init__(self, runs: Callable[[], Iterable[LeftByForks]]) -> None:
        self._process = os.getpid()
        self._runs = runs
        os.register_at_fork(after_in_child=self._leave_all)

    @property
    def is_fork(self) -> bool:
        """Return whether this process was forked from the one in which the watch was created."""
        return os.getpid() != self._process

    def _leave_all(self) -> None:
        for run in self._runs():
            run.leave()


def end_fork(error: BaseException | None, *, secrets: Iterable[str]) -> NoReturn:
    """End this process, and say why: with `error` that is what the developer's code has raised."""
    text = CAME_BACK if error is None else f"{CAME_BACK}\n{format_traceback(error, secrets=secrets)}"
    with suppress(OSError):
        # The descriptor may have been closed. Buffers and locks of streams are those of the worker.
        os.write(2, f"{text}\n".encode(errors="backslashreplace"))
    os._exit(1)
