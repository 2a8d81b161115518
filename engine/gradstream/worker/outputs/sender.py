"""Sends the smallest events that turn what one output shows into its next value."""

from collections.abc import Callable
from functools import partial

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.events.types import Edit, Patch, Set
from gradstream.format.values import Plain
from gradstream.worker.outputs.diff import edits_between, text_suffix
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.sending.records import record

Send = Callable[[], None]
"""Sends what was encoded earlier."""

_encoder = msgspec.json.Encoder()


class OutputSender:
    """One output's."""

    def __init__(self, output: str, *, steps: Steps) -> None:
        self._output = output
        self._steps = steps

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
            self._steps.send(patch)
        return new

    def replace(self, value: Plain) -> None:
        """Send a value as a whole."""
        self.hold(value)()

    def patch(self, edits: list[Edit]) -> None:
        """Send edits of the output's value."""
        self.hold_patch(edits)()

    def hold(self, value: Plain) -> Send:
        """Encode a value now, and return what sends it as a whole. Raises UnusableYieldError."""
        return partial(self._steps.send, record(Set(output=self._output, value=value)))

    def hold_patch(self, edits: list[Edit]) -> Send:
        """Encode edits now, and return what sends them. Raises UnusableYieldError."""
        return partial(self._steps.send, record(Patch(output=self._output, edits=edits)))

    def append(self, text: str) -> None:
        """Send text to be added to the output's text."""
        self._steps.append(self._output, text)
