"""Sends the events of one output, in order with those of the run's other outputs."""

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.events.types import Edit, Patch, Record, Set
from gradstream.format.values import Plain
from gradstream.worker.outputs.diff import edits_between, text_suffix
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record

_encoder = msgspec.json.Encoder()


class OutputSender:
    """One output's."""

    def __init__(self, output: str, *, delivery: OrderedDelivery, outbox: RunOutbox) -> None:
        self._output = output
        self._delivery = delivery
        self._outbox = outbox

    def change(self, shown: Plain, new: Plain) -> Plain:
        """Send the smallest event that turns `shown` into `new`, and return what is shown then.

        That is `new` but for unpaired surrogates. The value is encoded once, also if it is sent whole.
        """
        suffix = text_suffix(shown, new)
        if suffix is not None:
            self.append(suffix)
            return new
        try:
            encoded = _encoder.encode(new)
        except UnicodeEncodeError:
            new = repair_texts(new)
            encoded = _encoder.encode(new)
        edits = edits_between(shown, new, size=len(encoded))
        patch = None if edits is None else record(Patch(output=self._output, edits=edits))
        if patch is None or len(patch.body) > len(encoded):
            self.replace(msgspec.Raw(encoded))
        else:
            self._send(patch)
        return new

    def replace(self, value: Plain) -> None:
        """Send a value as a whole."""
        self._send(record(Set(output=self._output, value=value)))

    def patch(self, edits: list[Edit]) -> None:
        """Send edits of the output's value."""
        self._send(record(Patch(output=self._output, edits=edits)))

    def append(self, text: str) -> None:
        """Send text to be added to the output's text."""
        if self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.append(self._output, text))
        else:
            self._outbox.append(self._output, text)

    def _send(self, encoded: Record) -> None:
        if self._delivery.is_used:
            self._delivery.deliver(lambda: self._outbox.send(encoded))
        else:
            self._outbox.send(encoded)
