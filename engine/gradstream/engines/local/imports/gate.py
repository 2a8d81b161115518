"""Bounds how many imports run at the same time: by processors, and by memory as far as it is known.

    enter --room--> runs --leave(peak)--> the next in the order of coming
          --no room--> waits

An import is expected to need what the greatest needed so far. One import always runs. `alone` waits until no
other runs, and lets none begin beside it.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from gradstream.engines.local.imports.resources import Memory

FIRST_GUESS = 256 * 2**20
"""What an import is expected to need before any has ended: NumPy and its like, with room."""

SHARE = 0.8
"""Of the free memory that imports may have together."""

RESERVE = 0.05
"""Of the whole memory: with less than this free, memory has run short."""


class ImportGate:
    """Room for `most` imports at a time, fewer where memory is short; `read` returns what is free."""

    def __init__(self, most: int, *, read: Callable[[], Memory | None]) -> None:
        self.running = 0
        self.most = most
        self._read = read
        self._expected = FIRST_GUESS
        self._is_alone = False
        self._waiting: deque[tuple[asyncio.Future[None], bool]] = deque()

    async def enter(self, *, alone: bool = False) -> None:
        """Wait for room."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, alone))
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def leave(self, peak_bytes: int = 0) -> None:
        """Give the room back; the import took this much memory."""
        self.running -= 1
        self._is_alone = False
        self._expected = max(self._expected, peak_bytes)
        self._admit()

    def is_short(self) -> bool:
        """Return whether memory has run short while several imports run."""
        free = self._read() if self.running > 1 else None
        return free is not None and free.available < RESERVE * free.total

    def _admit(self) -> None:
        while self._waiting:
            turn, alone = self._waiting[0]
            if not turn.cancelled():
                if not self._has_room(alone=alone):
                    return
                self.running += 1
                self._is_alone = alone
                turn.set_result(None)
            self._waiting.popleft()

    def _has_room(self, *, alone: bool) -> bool:
        if self.running == 0:
            return True
        if alone or self._is_alone or self.running >= self.most:
            return False
        free = self._read()
        return free is None or self._expected <= SHARE * free.available
