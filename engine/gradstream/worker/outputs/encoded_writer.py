"""Writes values whose encoding is slow, such as pictures: copied at the yield, encoded in other threads."""

from functools import partial
from typing import Any

from gradstream.components.outputs.delivery import Encoder
from gradstream.components.types import UnusableYieldError
from gradstream.events.types import Record, Set
from gradstream.format.types import Output
from gradstream.worker.outputs.concealed import conceal
from gradstream.worker.outputs.sender import Send
from gradstream.worker.outputs.writer import WriterContext, name_output, warn_of_output
from gradstream.worker.sending.records import record


class EncodedWriter:
    """Each step takes the place of the last one; the last is sent again without loss."""

    def __init__(self, output: Output, *, encoder: Encoder, context: WriterContext) -> None:
        self._output = output
        self._encoder = encoder
        self._context = context
        self._warn = partial(warn_of_output, context, output.name)
        self._is_exact = context.exact
        """Whether no step may lose anything."""
        self._snapshot = encoder.snapshots(output, self._warn)
        self._last: Any = None

    def write(self, value: Any, *, is_last: bool) -> None:
        """Queue a copy for encoding; without loss at once when no other step follows."""
        if value is None:
            self._last = None
            self._send_none()
            return
        snapshot = self._snapshot(value)
        exact = is_last or self._is_exact
        self._last = None if exact else snapshot
        self._context.steps.encode(lambda: self._encode(snapshot, exact=exact))

    def hold(self, value: Any) -> Send:
        """Copy a step, and return what queues it for encoding without loss."""
        if value is None:
            return self._send_none
        snapshot = self._snapshot(value)
        return lambda: self._context.steps.encode(lambda: self._encode(snapshot, exact=True))

    def finish(self) -> None:
        """Send the last value again if anything of it was lost."""
        last = self._last
        if last is not None and self._encoder.is_lossy(last, self._output):
            self._context.steps.encode(lambda: self._encode(last, exact=True))

    def _send_none(self) -> None:
        self._context.steps.send(record(Set(output=self._output.name, value=None)))

    def _encode(self, snapshot: Any, *, exact: bool) -> Record:
        try:
            final = exact and not self._is_exact and self._encoder.is_lossy(snapshot, self._output)
            value = self._encoder.compress(
                snapshot, self._output, self._context.store, exact=exact, warn=self._warn
            )
            shown = conceal(value, self._context.mask)
            return record(Set(output=self._output.name, value=shown, final=final))
        except UnusableYieldError as error:
            raise name_output(error, self._output.name) from error
