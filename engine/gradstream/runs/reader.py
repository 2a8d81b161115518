"""A reader of one run: a feed of its journal that counts as a reader of the run while it is open."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from gradstream.events.feed import WRITE_BYTES, Feed
from gradstream.events.journal import Journal
from gradstream.events.types import Entry

Watch = Callable[[Callable[[], None]], Callable[[], None]]


class RunReader:
    """A `Source` of journal entries; `attach` counts a reader of the run and returns what takes it off.

    `watch` calls what it is given whenever the reader may have been shut out, which `is_admitted` says then;
    without both nobody is.
    """

    def __init__(
        self,
        journal: Journal,
        feed: Feed,
        *,
        attach: Callable[[], Callable[[], None]],
        watch: Watch | None = None,
        is_admitted: Callable[[], bool] | None = None,
    ) -> None:
        self._journal = journal
        self._feed = feed
        # The feed's own, without a call between: it is read twice for each event.
        self.read = feed.read
        self._attach = attach
        self._watch = watch
        self._is_admitted = is_admitted
        self.is_shut_out = False
        self._undo = ExitStack()

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow what was read."""
        return self.is_shut_out or self._feed.is_over

    @property
    def has_more(self) -> bool:
        """Whether there is something to read at once."""
        return self._feed.has_more and not self.is_shut_out

    @property
    def is_pending(self) -> bool:
        """Whether what is to be read next is being made; `wake` is called when it is there."""
        return self._feed.is_pending and not self.is_shut_out

    def open(self, wake: Callable[[], None]) -> None:
        """Call `wake` after each append, and keep the run from ending for want of readers."""
        self._undo.callback(self._attach())
        self._undo.callback(self._journal.subscribe(wake))
        if self._watch is not None:
            self._undo.callback(self._watch(partial(self._look_again, wake)))

    def close(self) -> None:
        """Undo `open`."""
        self._undo.close()

    def _look_again(self, wake: Callable[[], None]) -> None:
        if self._is_admitted is not None and not self._is_admitted():
            self.is_shut_out = True
            self.read = _nothing
            wake()


def _nothing(*, max_bytes: int = WRITE_BYTES) -> list[Entry]:  # noqa: ARG001 (as a feed is read)
    return []
