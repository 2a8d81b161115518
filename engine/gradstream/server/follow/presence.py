"""Whether the page at the other end of a WebSocket still answers, and what its end says.

    beat --[]--> page --{"alive": true}--> heard      here
    beats without an answer, MISSED of them           silent; the connection stays: the page may only sleep
    closed by the page, 1000 or 1001                  left
    any other end                                     silent

A client that never answers is judged by its connection alone.
"""

from gradstream.server.follow.subscriptions import Subscriptions

MISSED = 3
"""Beats; a page gives up a connection that is silent for as long."""

LEAVING = frozenset({1000, 1001})
"""A tab that is closed, or goes to another page, says 1001; a client that is done says 1000."""


class PagePresence:
    """Counts beats without an answer; `beat` is to be called at each."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions
        self._answers = False
        self._missed = 0

    def heard(self, *, is_answer: bool) -> None:
        """Note a request of the page, which may be its answer to a sign of life."""
        self._answers = self._answers or is_answer
        if self._missed > MISSED:
            self._subscriptions.note_presence("here")
        self._missed = 0

    def beat(self) -> None:
        """Note that a sign of life is sent."""
        if self._answers:
            self._missed += 1
        if self._missed == MISSED + 1:
            self._subscriptions.note_presence("silent")

    def ended(self, code: int) -> None:
        """Note the code with which the connection was closed."""
        if code in LEAVING:
            self._subscriptions.note_presence("left")
