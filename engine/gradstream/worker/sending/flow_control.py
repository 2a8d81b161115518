"""Holds a generator at its next step: out of credit, too much to encode, or asked to end.

    credit spent, encoders busy, stop --> Gate.closed --> the generator's thread or task waits in `pass_…`

`closed` is read at every step without a lock; whoever opens the gate wakes those who wait. What was spent and
what was granted have one writer each, the outbox and the channel's thread, and so need no lock either.
"""

import asyncio
import threading
from collections.abc import Callable

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES

MAX_WAITING_PICTURES = 4
"""Pictures of one run that wait for an encoder; 4 keep two encoders busy. Then the generator waits."""

MAX_WAITING_EVENTS = 1_000
"""Events of one run that wait behind a picture. Then the generator waits."""

MAX_WAITING_CHUNKS = 4
"""Chunks of one run's streams that wait for an encoder. Then the generator waits."""


class Gate:
    """One run's. Any thread may call what has no `pass_` in its name."""

    def __init__(self) -> None:
        self.closed = False
        self.stopped = False
        self.dropped = False
        self._spent = 0
        self._granted = INITIAL_CREDIT_BYTES
        self._pictures = 0
        self._events = 0
        self._chunks = 0
        self._changed = threading.Condition()
        self._sleepers: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    def spend(self, size: int) -> None:
        """Count bytes that were sent."""
        self._spent += size
        if self._spent >= self._granted:
            with self._changed:
                self._settle()

    def grant(self, size: int) -> None:
        """Count bytes that the server has taken in."""
        self._granted += size
        with self._changed:
            self._settle()

    def wait_in_line(self, *, pictures: int, events: int) -> None:
        """Set how much of this run waits for pictures to be encoded."""
        with self._changed:
            self._pictures, self._events = pictures, events
            self._settle()

    def count_chunks(self, change: int) -> None:
        """Add to the chunks that wait for an encoder, or take off."""
        with self._changed:
            self._chunks += change
            self._settle()

    def stop(self, *, drop: bool = False) -> None:
        """Let the generator's thread or task through, with the news that the run does not go on.

        With `drop` nobody wants any more what it has yielded and is not told yet.
        """
        with self._changed:
            self.stopped = True
            self.dropped = self.dropped or drop
            self._settle()

    def pass_encoder(self) -> bool:
        """Wait until there is credit, and tell whether what is encoded is still wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self.dropped or self._spent < self._granted)
            return not self.dropped

    def pass_thread(self) -> bool:
        """Wait until there is room, and tell whether the run goes on."""
        with self._changed:
            self._changed.wait_for(self._may_pass)
            return not self.stopped

    async def pass_task(self) -> bool:
        """Wait like `pass_thread`, without holding up other tasks."""
        await self._sleep_until(self._may_pass)
        return not self.stopped

    def drain_thread(self) -> None:
        """Wait until nothing waits for an encoder any more."""
        with self._changed:
            self._changed.wait_for(self._is_drained)

    async def drain_task(self) -> None:
        """Wait like `drain_thread`, without holding up other tasks."""
        await self._sleep_until(self._is_drained)

    def _may_pass(self) -> bool:
        return self.stopped or self._has_room()

    def _has_room(self) -> bool:
        return (
            self._spent < self._granted
            and self._pictures < MAX_WAITING_PICTURES
            and self._events < MAX_WAITING_EVENTS
            and self._chunks < MAX_WAITING_CHUNKS
        )

    def _is_drained(self) -> bool:
        return not (self._pictures or self._events or self._chunks)

    async def _sleep_until(self, is_fulfilled: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with self._changed:
                if is_fulfilled():
                    return
                sleeper = loop.create_future()
                self._sleepers.append((loop, sleeper))
            await sleeper

    def _settle(self) -> None:
        self.closed = self.stopped or not self._has_room()
        self._changed.notify_all()
        sleepers, self._sleepers = self._sleepers, []
        for loop, sleeper in sleepers:
            loop.call_soon_threadsafe(_wake, sleeper)


def _wake(sleeper: asyncio.Future[None]) -> None:
    if not sleeper.done():
        sleeper.set_result(None)
