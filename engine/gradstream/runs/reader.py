"""A reader of one run: a feed of its journal that counts as a reader of the run while it is open."""

from collections.abc import Callable
from contextlib import ExitStack

from gradstream.events.feed import Feed
from gradstream.events.journal import Journal


class RunReader:
    """A `Source` of journal entries; `attach` counts a reader of the run and returns what takes it off."""

    def __init__(self, journal: Journal, feed: Feed, *, attach: Callable[[], Callable[[], None]]) -> None:
        self._journal = journal
        self._feed = feed
        # The feed's own, without a call between: it is read twice for each event.
        self.read = feed.read
        self._attach = attach
        self._undo = ExitStack()

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow what was read."""
        return self._feed.is_over

    @property
    def has_more(self) -> bool:
        """Whether there is something to read at once."""
        return self._feed.has_more

    @property
    def is_pending(self) -> bool:
        """Whether what is to be read next is being made; `wake` is called when it is there."""
        return self._feed.is_pending

    def open(self, wake: Callable[[], None]) -> None:
        """Call `wake` after each append, and keep the run from ending for want of readers."""
        self._undo.callback(self._attach())
        self._undo.callback(self._journal.subscribe(wake))

    def close(self) -> None:
        """Undo `open`."""
        self._undo.close()
