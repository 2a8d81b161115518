"""Encodes values beside the generator, and keeps a run's events in the order of the yields.

    pictures -> copies --> OrderedDelivery -> encoder threads --+
    any other event -----> OrderedDelivery ---------------------+--in order--> RunOutbox

Pictures of one step have one place in the order, and are delivered when all of them are encoded. While
nothing is being encoded, an event is delivered at once, in its own thread.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from gradstream.events.types import Record
from gradstream.worker.sending.flow_control import FlowControl

Deliver = Callable[[], object]
"""Sends an event; what it returns is ignored."""


MakeRecord = Callable[[], Record]
"""Makes a record in an encoder's thread."""


class _Place:
    """One step's place in the queue; `deliver` is set once the step can be sent. `size` counts its events."""

    __slots__ = ("deliver", "made", "missing", "pictures", "size")

    def __init__(self, deliver: Deliver | None, *, size: int, pictures: int = 0) -> None:
        self.deliver = deliver
        self.size = size
        self.pictures = self.missing = pictures
        self.made: list[Record | None] = [None] * pictures


class OrderedDelivery:
    """One run's. `failed` is called, in an encoder's thread, with what an encoding raised.

    `is_used` is false until the run has something to encode: until then nothing can overtake anything.
    """

    def __init__(
        self, *, encoders: Executor, flow: FlowControl, failed: Callable[[BaseException], None]
    ) -> None:
        self._encoders = encoders
        self._flow = flow
        self._failed = failed
        self._queue: deque[_Place] = deque()
        self._pictures = 0
        self._events = 0
        self.is_used = False
        self._lock = threading.RLock()

    def deliver(self, deliver: Deliver, *, size: int = 1) -> None:
        """Call `deliver`, which sends `size` events, now or after what is being encoded."""
        with self._lock:
            if self._queue:
                self._add(_Place(deliver, size=size))
            else:
                deliver()

    def encode(
        self, makes: Sequence[MakeRecord], deliver: Callable[[Sequence[Record]], None], *, size: int
    ) -> None:
        """Call each of `makes` in an encoder's thread, and `deliver` with what they returned, in its turn.

        `size` counts the events that `deliver` sends. When one of `makes` raises, `deliver` is not called.
        Raises what the pool raises; nothing is queued then.
        """
        place = _Place(None, size=size, pictures=len(makes))
        with self._lock:
            # The lock also keeps an encoder from delivering before the place is in the queue.
            for index, make in enumerate(makes):
                self._encoders.submit(self._encode, place, index, make, deliver)
            self.is_used = True
            self._add(place)

    def _add(self, place: _Place) -> None:
        self._queue.append(place)
        self._pictures += place.pictures
        self._events += place.size
        self._report_length()

    def _encode(
        self, place: _Place, index: int, make: MakeRecord, deliver: Callable[[Sequence[Record]], None]
    ) -> None:
        made: Record | None = None
        try:
            made = make()
        except BaseException as error:  # noqa: BLE001 (the developer's value may raise anything, which fails the run)
            self._failed(error)
        with self._lock:
            place.made[index] = made
            place.missing -= 1
            if place.missing == 0:
                records = [one for one in place.made if one is not None]
                is_whole = len(records) == place.pictures
                place.deliver = (lambda: deliver(records)) if is_whole else _nothing
                self._advance()
            self._report_length()

    def _advance(self) -> None:
        while self._queue and (deliver := self._queue[0].deliver) is not None:
            # Removed only afterwards, or an event of another thread would overtake it.
            try:
                deliver()
            except BaseException as error:  # noqa: BLE001 (as above: the value is the developer's)
                self._failed(error)
            place = self._queue.popleft()
            self._pictures -= place.pictures
            self._events -= place.size

    def _report_length(self) -> None:
        self._flow.set_queue(pictures=self._pictures, events=self._events)


def _nothing() -> None:
    """Deliver nothing: an encoding failed."""
