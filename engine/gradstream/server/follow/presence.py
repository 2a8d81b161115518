"""Whether the page at the other end of a WebSocket still answers, and what its end says.

    beat --[]--> page --{"alive": true}--> heard      here
    beats without an answer, MISSED of them           silent; the connection stays: the page may only sleep
    closed by the page, 1000                          left
    closed for it, 1001                               left, if it has no name by which it could come back
    any other end                                     silent

A client that never answers is judged by its connection alone. A browser closes with 1001 for a page that is
gone without having said so: its tab was closed, but also if it has crashed or was given up for its memory. A
page that leaves says so itself.
"""

from gradstream.server.follow.subscriptions import Subscriptions

MISSED = 3
"""Beats; a page gives up a connection that is silent for as long."""

DONE = 1000
GOING_AWAY = 1001


class PagePresence:
    """Counts beats without an answer; `beat` is to be called at each."""

    def __init__(self, subscriptions: Subscriptions, *, has_name: bool) -> None:
        self._subscriptions = subscriptions
        self._leaving = {DONE} if has_name else {DONE, GOING_AWAY}
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
        if code in self._leaving:
            self._subscriptions.note_presence("left")
