"""A program that tests share, in place of which another is started once a test of it has failed.

    get() ──the program──> test ──passed──> the next test has the same one
                             └──failed──> its processes are killed; the next test has a new one

A browser that hangs takes commands and never answers: with the same one each of the following tests would
wait to the end of its patience.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import Generic, TypeVar

import psutil

from tests.patience import PATIENCE_S

Program = TypeVar("Program")


class SharedProgram(Generic[Program]):
    """A program that is started when a test first asks for it, with all processes that it starts.

    `start` opens it; what it gives closes it in order.
    """

    def __init__(self, start: Callable[[], AbstractContextManager[Program]]) -> None:
        self._start = start
        self._opened = ExitStack()
        self._program: Program | None = None
        self._processes: list[psutil.Process] = []

    def get(self) -> Program:
        """Return the program, which runs."""
        if self._program is None:
            before = _children()
            self._program = self._opened.enter_context(self._start())
            self._processes = [each for each in _children() if each not in before]
        return self._program

    def close(self) -> None:
        """End it in order, or by force if it does not answer."""
        self._program = None
        with self.killed_if_stuck():
            self._opened.close()

    def kill(self) -> None:
        """End it by force, whether it hangs or not; the next `get` starts another."""
        self._program = None
        self._kill_processes()
        # In order means to speak to a program that is gone: whatever comes of it is no news.
        with suppress(Exception), self.killed_if_stuck():
            self._opened.close()
        self._opened = ExitStack()

    @contextmanager
    def killed_if_stuck(self) -> Iterator[None]:
        """Kill its processes if the block does not end, so that what waits for an answer has an error."""
        timer = threading.Timer(PATIENCE_S, self._kill_processes)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill_processes(self) -> None:
        for process in self._processes:
            with suppress(psutil.NoSuchProcess):
                for each in [process, *process.children(recursive=True)]:
                    with suppress(psutil.NoSuchProcess):
                        each.kill()


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)
