"""Writers of values that are encoded in the generator's own thread, and of those that are held back."""

from collections.abc import Callable
from typing import Any, Protocol

from gradstream.components.outputs.delivery import Joined
from gradstream.format.values import Plain
from gradstream.worker.outputs.sender import OutputSender, Send

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
        self._shown = self._sender.change(self._shown, self._encode(value))

    def hold(self, value: Any) -> Send:
        """Encode a step and return what sends it as a whole."""
        return self._sender.hold(self._encode(value))

    def finish(self) -> None:
        """Do nothing: every step has been sent."""


class AppendTextWriter:
    """Each step is text at the end of what is shown.

    Half of a surrogate pair at the end of a step waits for the other one: a service that cuts by units of
    UTF-16 may cut within an emoji.
    """

    def __init__(self, sender: OutputSender, *, encode: Callable[[Any], str | None]) -> None:
        self._sender = sender
        self._encode = encode
        self._half = ""

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send the step itself."""
        text = self._half + (self._encode(value) or "")
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        if len(text) > len(self._half):
            self._sender.append(text.removesuffix(self._half))

    def finish(self) -> None:
        """Send what waits: half of a pair, or the beginning of a secret; also where the run has failed."""
        if self._half:
            self._sender.append(self._half)
            self._half = ""
        self._sender.flush()


class AppendEditsWriter:
    """Each step is added by the kind's own rule."""

    def __init__(self, sender: OutputSender, *, join: Callable[[Plain, Any], Joined]) -> None:
        self._sender = sender
        self._join = join
        self._shown: Plain = None

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send what is added."""
        send = self.hold(value)
        if send is not None:
            send()

    def hold(self, value: Any) -> Send | None:
        """Encode what is added and return what sends it, None for nothing."""
        if value is None:
            return None
        is_first = self._shown is None
        joined = self._join(self._shown, value)
        self._shown = joined.value
        if is_first:
            return self._sender.hold(joined.value)
        return self._sender.hold_patch(joined.edits) if joined.edits else None

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
        self._sender.flush()


class Holdable(Protocol):
    """A writer whose steps can be sent later."""

    def hold(self, value: Any) -> Send | None:
        """Convert a step, so that it shares nothing with the generator; return what sends it, if anything.

        Raises UnusableYieldError, as `write` does.
        """


class HeldWriter:
    """Sends nothing until the run has succeeded: `streaming: false`.

    A step is converted when it is yielded, whether it is shown later or not: a generator may modify its value
    afterwards, and one that cannot be used fails the run at its yield, as in a run that streams.
    """

    def __init__(self, writer: Holdable, *, keeps_all: bool) -> None:
        self._writer = writer
        self._keeps_all = keeps_all
        self._held: list[Send] = []

    def write(self, value: Any, *, is_last: bool) -> None:
        """Keep the step: all of them when appending, else the last one."""
        send = self._writer.hold(value)
        if not self._keeps_all:
            self._held.clear()
        if send is not None:
            self._held.append(send)

    def finish(self) -> None:
        """Send what was kept."""
        for send in self._held:
            send()
