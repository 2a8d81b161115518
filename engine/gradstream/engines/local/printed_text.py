r"""Printed bytes -> lines as a person reads them, with secrets masked.

    bytes --LineAssembler--> line | piece of a very long line --clean--> text

`\r` starts a line again, so of a progress bar only the last state is left. Colours and other terminal
sequences are removed. A line that has no end yet is kept until it is requested by `flush`.
"""

import re
from collections.abc import Collection, Iterator

from gradstream.limits import WORKER_LIMITS
from gradstream.redaction.mask import hide, mask_of

_TERMINAL = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links
    r"|\x1b[ -/]*[0-~]?"  # character sets and all others
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # control characters but tab and line feed
)
"""Sequences of ECMA-48 and xterm, and single control characters."""


class LineAssembler:
    """Collects the bytes of one stream. `secrets` may grow.

    A line of more than `longest` bytes is passed on in pieces of about this size.
    """

    def __init__(self, secrets: Collection[str], *, longest: int = WORKER_LIMITS.line_bytes) -> None:
        self._longest = longest
        self.touched_at = 0.0
        """When its owner last added bytes."""
        self._secrets = secrets
        self._unfinished = b""

    @property
    def is_empty(self) -> bool:
        """Whether there is no line without an end."""
        return not self._unfinished

    def add(self, data: bytes) -> Iterator[str]:
        """Yield the texts that are complete; empty lines are left out."""
        *lines, unfinished = (self._unfinished + data).split(b"\n")
        self._unfinished = _last_version(unfinished)
        for line in lines:
            yield from self._finish(line)
        # Beyond what is kept by each cut, so that a secret longer than a line is not searched at each write.
        if len(self._unfinished) > self._longest + mask_of(self._secrets).longest:
            yield from self._cut()

    def flush(self) -> Iterator[str]:
        """Yield the line that has no end; the beginning of a secret at its end is masked."""
        line, self._unfinished = self._unfinished, b""
        text = mask_of(self._secrets).hide_open(_legible(line))
        if text.strip():
            yield from self._pieces(text)

    def _finish(self, line: bytes) -> Iterator[str]:
        text = hide(_legible(line), self._secrets)
        if text.strip():
            yield from self._pieces(text)

    def _pieces(self, text: str) -> Iterator[str]:
        for start in range(0, len(text), self._longest):
            yield text[start : start + self._longest]

    def _cut(self) -> Iterator[str]:
        """Yield the line so far, except for an end that may be the beginning of a secret."""
        hidden = hide(clean(self._unfinished.decode(errors="surrogateescape")), self._secrets)
        kept = max(0, mask_of(self._secrets).longest - 1)
        piece, rest = (hidden[:-kept], hidden[-kept:]) if kept else (hidden, "")
        self._unfinished = rest.encode(errors="surrogateescape")
        if piece:
            yield from self._pieces(piece.encode(errors="surrogateescape").decode(errors="replace"))


def clean(text: str) -> str:
    """Return the text without terminal sequences and control characters."""
    return _TERMINAL.sub("", text).rstrip()


def _legible(line: bytes) -> str:
    return clean(_last_version(line).decode(errors="replace"))


def _last_version(line: bytes) -> bytes:
    """Return what is visible of a line that returns to its beginning; a final return changes nothing yet."""
    body = line.rstrip(b"\r")
    return line[body.rfind(b"\r") + 1 :]
