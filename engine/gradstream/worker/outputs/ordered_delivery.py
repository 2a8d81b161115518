"""Encodes values beside the generator, and keeps a run's events in the order of the yields.

    picture -> copy -----> OrderedDelivery -> encoder threads --+
    any other event -----> OrderedDelivery ---------------------+--in order--> RunOutbox

While nothing is being encoded, an event is delivered at once, in its own thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

from gradstream.worker.sending.flow_control import FlowControl

Deliver = Callable[[], object]
"""Sends an event; what it returns is ignored."""


class _Place:
    """One event's place in the queue; `deliver` is set once the event can be sent."""

    __slots__ = ("deliver", "is_encoded")

    def __init__(self, deliver: Deliver | None) -> None:
        self.deliver = deliver
        self.is_encoded = deliver is None


class OrderedDelivery:
    """One run's. `failed` is called, in an encoder's thread, with what an encoding raised.

    `is_used` is false until the run has something to encode: until then nothing can overtake anything.
    """

    def __init__(self, *, encoders: Executor, flow: FlowControl, failed: Callable[[Exception], None]) -> None:
        self._encoders = encoders
        self._flow = flow
        self._failed = failed
        self._queue: deque[_Place] = deque()
        self._encodings = 0
        self.is_used = False
        self._lock = threading.RLock()

    def deliver(self, deliver: Deliver) -> None:
        """Call `deliver` now, or after what is being encoded."""
        with self._lock:
            if not self._queue:
                deliver()
                return
            self._queue.append(_Place(deliver))
            self._report_length()

    def encode(self, make: Callable[[], Deliver]) -> None:
        """Call `make` in an encoder's thread, and what it returns when its turn has come.

        Raises what the pool raises; nothing is queued then.
        """
        place = _Place(None)
        with self._lock:
            # The lock also keeps the encoder from delivering before the place is in the queue.
            self._encoders.submit(self._encode, place, make)
            self.is_used = True
            self._queue.append(place)
            self._encodings += 1
            self._report_length()

    def _encode(self, place: _Place, make: Callable[[], Deliver]) -> None:
        try:
            deliver = make()
        except Exception as error:  # noqa: BLE001 (the developer's value failed, and is reported as the run's failure)
            self._failed(error)
            deliver = _nothing
        with self._lock:
            place.deliver = deliver
            self._advance()
            self._report_length()

    def _advance(self) -> None:
        while self._queue and (deliver := self._queue[0].deliver) is not None:
            # Removed only afterwards, or an event of another thread would overtake it.
            try:
                deliver()
            except Exception as error:  # noqa: BLE001 (as above: the value is the developer's)
                self._failed(error)
            self._encodings -= self._queue.popleft().is_encoded

    def _report_length(self) -> None:
        self._flow.set_queue(pictures=self._encodings, events=len(self._queue))


def _nothing() -> None:
    """Deliver nothing: the encoding failed."""
