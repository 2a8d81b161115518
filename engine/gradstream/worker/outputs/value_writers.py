"""Writers of values that are encoded in the generator's own thread, and of those that are held back."""

from collections.abc import Callable
from typing import Any

from gradstream.components.outputs.delivery import Joined
from gradstream.format.values import Plain
from gradstream.worker.outputs.sender import OutputSender
from gradstream.worker.outputs.writer import Writer

MAX_PIECE_LENGTH = 2**20
"""Characters of a text in one event, which has at most 16 MiB."""

EncodeValue = Callable[[Any], Plain]
"""Turns a yield into the plain value to show."""


class ReplaceWriter:
    """Each step takes the place of the last one."""

    def __init__(self, sender: OutputSender, *, encode: EncodeValue) -> None:
        self._sender = sender
        self._encode = encode
        self._shown: Plain = None

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send the difference to the last step."""
        self.write_plain(self._encode(value))

    def write_plain(self, new: Plain) -> None:
        """Send the difference to a value that is plain already."""
        self._shown = self._sender.change(self._shown, new)

    def finish(self) -> None:
        """Do nothing: every step has been sent."""


class AppendTextWriter:
    """Each step is text at the end of what is shown."""

    def __init__(self, sender: OutputSender, *, encode: Callable[[Any], str | None]) -> None:
        self._sender = sender
        self._encode = encode

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send the step itself."""
        text = self._encode(value)
        if text:
            self._sender.append(text)

    def finish(self) -> None:
        """Do nothing: every step has been sent."""


class AppendEditsWriter:
    """Each step is added by the kind's own rule."""

    def __init__(self, sender: OutputSender, *, join: Callable[[Plain, Any], Joined]) -> None:
        self._sender = sender
        self._join = join
        self._shown: Plain = None

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send what is added."""
        if value is None:
            return
        joined = self._join(self._shown, value)
        if self._shown is None:
            self._sender.change(None, joined.value)
        elif joined.edits:
            self._sender.patch(joined.edits)
        self._shown = joined.value

    def finish(self) -> None:
        """Do nothing: every step has been sent."""


class HeldTextWriter:
    """Each step is text at the end of what is shown, and nothing is sent until the run has succeeded."""

    def __init__(self, sender: OutputSender, *, encode: Callable[[Any], str | None]) -> None:
        self._sender = sender
        self._encode = encode
        self._texts: list[str] = []

    def write(self, value: Any, *, is_last: bool) -> None:
        """Keep the step."""
        text = self._encode(value)
        if text:
            self._texts.append(text)

    def finish(self) -> None:
        """Send what was kept, in few pieces: all of them are one step."""
        text = "".join(self._texts)
        for start in range(0, len(text), MAX_PIECE_LENGTH):
            self._sender.append(text[start : start + MAX_PIECE_LENGTH])


class HeldWriter:
    """Sends nothing until the run has succeeded: `streaming: false`."""

    def __init__(self, writer: Writer, *, keeps_all: bool) -> None:
        self._writer = writer
        self._keeps_all = keeps_all
        self._values: list[Any] = []

    def write(self, value: Any, *, is_last: bool) -> None:
        """Keep the step: all of them when appending, else the last one."""
        if not self._keeps_all:
            self._values.clear()
        self._values.append(value)

    def finish(self) -> None:
        """Send what was kept."""
        for value in self._values:
            self._writer.write(value, is_last=not self._keeps_all)
        self._writer.finish()
