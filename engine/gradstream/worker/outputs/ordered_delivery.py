"""Encodes pictures beside the generator, and keeps a run's events in the order in which they were yielded.

    picture -> snapshot -> Lane -> encoder threads --+
    any other event ------> Lane --------------------+--in order--> RunOutbox

While no picture is waiting, an event passes through the lane at once, in its own thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

from gradstream.worker.sending.flow_control import FlowControl

Deliver = Callable[[], None]


class _Place:
    """One event's place in the line; `deliver` is there when it may be told."""

    __slots__ = ("deliver", "is_picture")

    def __init__(self, deliver: Deliver | None) -> None:
        self.deliver = deliver
        self.is_picture = deliver is None


class Lane:
    """One run's. `failed` is called, in an encoder's thread, with what an encoding raised.

    `is_used` is false as long as the run has had no picture: then there is no line to stand in.
    """

    def __init__(self, *, encoders: Executor, flow: FlowControl, failed: Callable[[Exception], None]) -> None:
        self._encoders = encoders
        self._flow = flow
        self._failed = failed
        self._line: deque[_Place] = deque()
        self._pictures = 0
        self.is_used = False
        self._lock = threading.RLock()

    def pass_on(self, deliver: Deliver) -> None:
        """Deliver now, or after the pictures that were put before."""
        with self._lock:
            if not self._line:
                deliver()
                return
            self._line.append(_Place(deliver))
            self._tell_gate()

    def encode(self, make: Callable[[], Deliver]) -> None:
        """Call `make` in an encoder's thread, and deliver what it returns when its turn has come."""
        place = _Place(None)
        with self._lock:
            self.is_used = True
            self._line.append(place)
            self._pictures += 1
            self._tell_gate()
        self._encoders.submit(self._encode, place, make)

    def _encode(self, place: _Place, make: Callable[[], Deliver]) -> None:
        try:
            deliver = make()
        except Exception as error:  # noqa: BLE001 (it is the developer's picture that failed, and is told as that)
            self._failed(error)
            deliver = _nothing
        with self._lock:
            place.deliver = deliver
            self._advance()
            self._tell_gate()

    def _advance(self) -> None:
        while self._line and (deliver := self._line[0].deliver) is not None:
            # It leaves the line only afterwards, or an event of another thread would overtake it.
            try:
                deliver()
            except Exception as error:  # noqa: BLE001 (as above: the value is the developer's)
                self._failed(error)
            self._pictures -= self._line.popleft().is_picture

    def _tell_gate(self) -> None:
        self._flow.set_queue(pictures=self._pictures, events=len(self._line))


def _nothing() -> None:
    """Deliver what came of an encoding that failed."""
