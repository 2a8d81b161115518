"""Makes a generator wait at its next step: no credit left, too much to encode, or asked to end.

    credit used up, encoders busy, stop --> `must_check` --> the thread or task waits in `wait_in_…`

`must_check` is read at every step without a lock. Every change of a condition wakes all that wait for it. The
bytes spent and the bytes granted have one writer each, the outbox and the channel's thread, and need no lock.
"""

import asyncio
import threading
from collections.abc import Callable

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES
from gradstream.limits import WORKER_LIMITS, WorkerLimits


class FlowControl:
    """One run's. Any thread may call the methods that do not wait.

    `must_check`: the generator must call `wait_in_…` before its next step. `stopped`: the run ends at its
    next step. `dropped`: what it has yielded and is not sent yet is discarded.
    """

    def __init__(self, limits: WorkerLimits = WORKER_LIMITS) -> None:
        self.limits = limits
        self.must_check = False
        self.stopped = False
        self.dropped = False
        self._has_ended = False
        self._spent = 0
        self._granted = INITIAL_CREDIT_BYTES
        self._pictures = 0
        self._events = 0
        self._chunks = 0
        self._changed = threading.Condition()
        self._awaited: list[Callable[[], bool]] = []
        self._sleepers: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    def spend(self, size: int) -> None:
        """Count bytes that were sent."""
        self._spent += size
        if self._spent >= self._granted:
            with self._changed:
                self._update()

    def grant(self, size: int) -> None:
        """Count bytes that the server has processed."""
        self._granted += size
        with self._changed:
            self._update()

    def set_queue(self, *, pictures: int, events: int) -> None:
        """Set how many pictures wait for an encoder, and how many events wait behind pictures."""
        with self._changed:
            self._pictures, self._events = pictures, events
            self._update()

    def add_chunks(self, change: int) -> None:
        """Change the number of chunks that wait for an encoder."""
        with self._changed:
            self._chunks += change
            self._update()

    def stop(self, *, drop: bool = False) -> None:
        """End the run at its next step; a thread or task that waits returns.

        With `drop`, what it has yielded and is not sent yet is discarded.
        """
        with self._changed:
            self.stopped = True
            self.dropped = self.dropped or drop
            self._update()

    def leave(self) -> None:
        """Stop in a fork of the process, where another thread may have held the lock."""
        self.stopped = self.must_check = True

    def end(self) -> None:
        """Let nobody wait any more: the run is over."""
        with self._changed:
            self._has_ended = True
            self._update()

    def held(self) -> tuple[int, ...] | None:
        """Return the counts that have to change before all that wait may go on; None if nobody is held."""
        with self._changed:
            if all(is_fulfilled() for is_fulfilled in self._awaited):
                return None
            return (self._spent, self._granted, self._pictures, self._events, self._chunks)

    def describe(self) -> str:
        """Return, for the server's log, what has to change."""
        return (
            f"{self._spent} of {self._granted} bytes of credit spent; waiting for an encoder: "
            f"{self._pictures} pictures, {self._chunks} chunks; behind them: {self._events} events"
        )

    def wait_for_room(self) -> bool:
        """Wait until there is room or the run is over; return False if what is sent is discarded.

        Unlike `wait_in_thread` it also waits after a failure: threads that the generator has started may send
        more than the server can process, until the generator ends.
        """
        with self._changed:
            self._wait_until(lambda: self.dropped or self._has_ended or self._has_room())
            return self._has_ended or not self.dropped

    def wait_for_credit(self) -> bool:
        """Wait until there is credit; return False if what was encoded is to be discarded."""
        with self._changed:
            self._wait_until(lambda: self.dropped or self._spent < self._granted)
            return not self.dropped

    def wait_in_thread(self) -> bool:
        """Wait until the generator may go on; return False if the run is stopped."""
        with self._changed:
            self._wait_until(self._may_go_on)
            return not self.stopped

    async def wait_in_task(self) -> bool:
        """Wait like `wait_in_thread`, without blocking other tasks."""
        await self._sleep_until(self._may_go_on)
        return not self.stopped

    def drain_in_thread(self) -> None:
        """Wait until everything is encoded."""
        with self._changed:
            self._wait_until(self._is_drained)

    async def drain_in_task(self) -> None:
        """Wait like `drain_in_thread`, without blocking other tasks."""
        await self._sleep_until(self._is_drained)

    def _may_go_on(self) -> bool:
        return self.stopped or self._has_room()

    def _has_room(self) -> bool:
        return (
            self._spent < self._granted
            and self._pictures < self.limits.waiting_pictures
            and self._events < self.limits.waiting_events
            and self._chunks < self.limits.waiting_chunks
        )

    def _is_drained(self) -> bool:
        return self._has_ended or not (self._pictures or self._events or self._chunks)

    async def _sleep_until(self, is_fulfilled: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with self._changed:
                if is_fulfilled():
                    return
                sleeper = loop.create_future()
                self._sleepers.append((loop, sleeper))
                self._awaited.append(is_fulfilled)
            try:
                await sleeper
            finally:
                with self._changed:
                    self._awaited.remove(is_fulfilled)

    def _wait_until(self, is_fulfilled: Callable[[], bool]) -> None:
        """Wait in a thread that has the lock."""
        self._awaited.append(is_fulfilled)
        try:
            self._changed.wait_for(is_fulfilled)
        finally:
            self._awaited.remove(is_fulfilled)

    def _update(self) -> None:
        self.must_check = self.stopped or not self._has_room()
        self._changed.notify_all()
        sleepers, self._sleepers = self._sleepers, []
        for loop, sleeper in sleepers:
            loop.call_soon_threadsafe(_wake, sleeper)


def _wake(sleeper: asyncio.Future[None]) -> None:
    if not sleeper.done():
        sleeper.set_result(None)
