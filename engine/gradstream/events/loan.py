"""Work on a journal's folds that a thread does, while the journal goes on without them.

    begin --work--> thread --result--> event loop: used, then the readers that wait are woken
      +-- small, or no threads: at once
    take_back: waited for; if not begun, done at once

One piece of work is out at a time. What is lent must not be changed, here or there, until it is back.
While nothing is out, nothing here refers to who lent it: a journal is freed with the last reference to it.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any, Protocol, TypeVar

from msgspec import Struct

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Apart(Protocol):
    """Does work in a thread, in the order in which it was given."""

    def __call__(self, work: Callable[[], Result], /) -> "Future[Result]":
        """Begin work as soon as what came before is done."""


class _Out(Struct, frozen=True, eq=False):
    """What a thread has to do, and what becomes of it."""

    work: Callable[[], Any]
    future: "Future[Any]"
    use: Callable[[Any], None]
    back: Callable[[], None]


class Loan:
    """To be used on the event loop's thread only."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart
        self._out: _Out | None = None
        self._error: BaseException | None = None

    @property
    def is_out(self) -> bool:
        """Whether a thread has the folds."""
        return self._out is not None

    def begin(
        self, work: Callable[[], Result], use: Callable[[Result], None], *, back: Callable[[], None]
    ) -> None:
        """Let a thread do work, unless it has other work; `use` gets what it made, and `back` is called then.

        Raises what earlier work raised: the folds are not to be relied on after that.
        """
        if self._error is not None:
            raise self._error
        if self._out is None:
            self._out = _Out(work, self._apart(work), use, back)
            loop = asyncio.get_running_loop()
            # A future keeps what it has called: that may not be what keeps the future.
            self._out.future.add_done_callback(lambda future: loop.call_soon_threadsafe(self._end, future))

    def take_back(self) -> None:
        """Return once no thread has the folds, and what it had to do is done."""
        out = self._out
        if out is None:
            return
        if out.future.cancel():
            # It may have to wait for work on other journals.
            self._out = None
            out.use(out.work())
            out.back()
        else:
            wait((out.future,))
            self._end(out.future)

    def _end(self, future: "Future[Any]") -> None:
        out = self._out
        # What was taken back, or canceled at the server's end, has ended before.
        if out is None or out.future is not future or future.cancelled():
            return
        self._out, self._error = None, future.exception()
        if self._error is None:
            out.use(future.result())
        else:
            log.error("a snapshot could not be made", exc_info=self._error)
        out.back()
