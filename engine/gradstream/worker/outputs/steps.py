"""Sends what one yield changes as one step, in order with everything else of the run.

    one output      event --------------------------------------> OrderedDelivery --> RunOutbox
    several         event, picture, event --gathered, then closed--^  all at once, `more` on each but the last

A step with pictures is delivered when all of them are encoded. Where one of its parts fails, nothing of it
is sent: the run fails, and nobody sees values that were not yielded together. Segments of streams are in no
step: they are sent as they are encoded.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gradstream.events import codec
from gradstream.events.types import Record
from gradstream.worker.outputs.ordered_delivery import MakeRecord, OrderedDelivery
from gradstream.worker.sending.growth import MERGED_LENGTH, Growing, GrowingEdits, GrowingText
from gradstream.worker.sending.outbox import RunOutbox


class Steps:
    """One run's. Only what drives the generator calls it, so it needs no lock."""

    def __init__(self, *, delivery: OrderedDelivery, outbox: RunOutbox) -> None:
        self._delivery = delivery
        self._outbox = outbox
        self._open: list[Growing | Record | MakeRecord] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Gather what is sent meanwhile and send it as one step; nothing of it if an exception is raised."""
        parts = self._open = []
        try:
            yield
        finally:
            self._open = None
        if len(parts) == 1 and isinstance(parts[0], GrowingText | GrowingEdits):
            self.grow(parts[0])
        elif parts:
            self._deliver(
                [part.record() if isinstance(part, GrowingText | GrowingEdits) else part for part in parts]
            )

    def append(self, output: str, text: str) -> None:
        """Append to an output's text."""
        self.grow(GrowingText.of(output, text))

    def grow(self, growing: Growing) -> None:
        """Send what adds to an output's value."""
        if self._open is not None:
            self._open.append(growing)
        elif growing.length > MERGED_LENGTH:
            self.send(growing.record())
        elif self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.grow(growing))
        else:
            self._outbox.grow(growing)

    def send(self, encoded: Record) -> None:
        """Send one event. Raises UnusableYieldError if it is too large."""
        self._outbox.check(encoded)
        if self._open is not None:
            self._open.append(encoded)
        elif self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.send(encoded))
        else:
            self._outbox.send(encoded)

    def encode(self, make: MakeRecord) -> None:
        """Send what `make` returns; it is called in an encoder's thread."""
        if self._open is not None:
            self._open.append(make)
        else:
            self._deliver([make])

    def _deliver(self, parts: Sequence[Record | MakeRecord]) -> None:
        for part in parts:
            if isinstance(part, Record):
                self._outbox.check(part)
        makes = [part for part in parts if not isinstance(part, Record)]

        def deliver(made: Sequence[Record]) -> None:
            waiting = iter(made)
            self._send([part if isinstance(part, Record) else next(waiting) for part in parts])

        if makes:
            self._delivery.encode(makes, deliver, size=len(parts))
            return
        records = [part for part in parts if isinstance(part, Record)]
        if self._delivery.is_used:
            self._delivery.deliver(lambda: self._send(records), size=len(parts))
        else:
            self._send(records)

    def _send(self, records: Sequence[Record]) -> None:
        self._outbox.send_step([*map(codec.with_more, records[:-1]), records[-1]])
