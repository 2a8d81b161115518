"""Sends the events of one output, in order with those of the run's other outputs."""

from gradstream.events.types import Edit, Patch, Set
from gradstream.format.values import Plain
from gradstream.worker.outputs.diff import difference
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record


class OutputSender:
    """One output's."""

    def __init__(self, output: str, *, delivery: OrderedDelivery, outbox: RunOutbox) -> None:
        self._output = output
        self._delivery = delivery
        self._outbox = outbox

    def change(self, shown: Plain, new: Plain) -> None:
        """Send the smallest event that turns `shown` into `new`."""
        change = difference(shown, new)
        if change is None:
            self.send(Set(output=self._output, value=new))
        elif isinstance(change, str):
            self.append(change)
        else:
            self.patch(change)

    def patch(self, edits: list[Edit]) -> None:
        """Send edits of the output's value."""
        self.send(Patch(output=self._output, edits=edits))

    def append(self, text: str) -> None:
        """Send text to be added to the output's text."""
        if self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.append(self._output, text))
        else:
            self._outbox.append(self._output, text)

    def send(self, event: Set | Patch) -> None:
        """Send one event."""
        encoded = record(event)
        if self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.send(encoded))
        else:
            self._outbox.send(encoded)
