"""Sends the smallest events that turn what one output shows into its next value.

Secrets are masked before values are compared: an edit may have a part of one only.
"""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.events.types import Edit, Patch, Record, Set
from gradstream.format.values import Plain
from gradstream.redaction.mask import Mask, StreamMask
from gradstream.worker.outputs.concealed import conceal
from gradstream.worker.outputs.diff import edits_between, text_suffix
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.sending.growth import GrowingEdits
from gradstream.worker.sending.records import record, record_as_is

Send = Callable[[], None]
"""Sends what was encoded earlier."""

_encoder = msgspec.json.Encoder()


class OutputSender:
    """One output's. `mask` masks secrets in all that is sent; `levels` as `Replace` has them."""

    def __init__(self, output: str, *, steps: Steps, mask: Mask, levels: int = 1) -> None:
        self._output = output
        self._steps = steps
        self._mask = mask
        self._levels = levels
        self._growing = StreamMask(mask)

    def change(self, shown: Plain, new: Plain) -> Plain:
        """Send the smallest event that turns `shown` into `new`, and return what is shown then.

        That is `new` but for secrets and unpaired surrogates. The value is encoded once, also if it is sent
        whole.
        """
        if not self._mask.is_empty:
            new = conceal(new, self._mask)
        suffix = text_suffix(shown, new)
        if suffix is not None:
            self._steps.append(self._output, suffix)
            return new
        try:
            if type(new) is str:
                # The most frequent value is encoded once; of others there may be edits.
                self._steps.send(record_as_is(Set(output=self._output, value=new)))
                return new
            encoded = _encoder.encode(new)
        except UnicodeEncodeError:
            new = repair_texts(new)
            encoded = _encoder.encode(new)
        edits = edits_between(shown, new, size=len(encoded), levels=self._levels)
        patch = None if edits is None else record(Patch(output=self._output, edits=edits))
        if patch is None or len(patch.body) > len(encoded):
            self._steps.send(record(Set(output=self._output, value=msgspec.Raw(encoded))))
        else:
            self._send_patch(patch, edits or ())
        return new

    def replace(self, value: Plain) -> None:
        """Send a value as a whole."""
        self.hold(value)()

    def patch(self, edits: list[Edit]) -> None:
        """Send edits of the output's value."""
        self.hold_patch(edits)()

    def hold(self, value: Plain) -> Send:
        """Encode a value now, and return what sends it as a whole. Raises UnusableYieldError."""
        return partial(self._steps.send, record(Set(output=self._output, value=conceal(value, self._mask))))

    def hold_patch(self, edits: list[Edit]) -> Send:
        """Encode edits now, and return what sends them. Raises UnusableYieldError."""
        concealed: list[Edit] = [(op, path, conceal(value, self._mask)) for op, path, value in edits]
        patch = record(Patch(output=self._output, edits=concealed))
        return partial(self._send_patch, patch, concealed)

    def append(self, text: str) -> None:
        """Send text to be added to the output's text; an end that may become a secret waits for the next."""
        self._send_text(self._growing.add(text))

    def flush(self) -> None:
        """Send text that waits for a next one."""
        self._send_text(self._growing.flush())

    def _send_patch(self, patch: Record, edits: Sequence[Edit]) -> None:
        growing = GrowingEdits.of(patch, edits)
        if growing is None:
            self._steps.send(patch)
        else:
            self._steps.grow(growing)

    def _send_text(self, text: str) -> None:
        if text:
            self._steps.append(self._output, text)
