"""What only adds to an output's value: it may wait a little and become one event with what follows.

    append "lo"  ----------------> GrowingText   --record--> append
    edits that append or insert -> GrowingEdits  --record--> patch

All of it is encoded where it is yielded, so that joining and sending, in whichever thread, cannot fail.
"""

from collections.abc import Sequence
from typing import Self

from msgspec import Struct, json

from gradstream.events.types import Append, Edit, Record
from gradstream.worker.sending.records import record

_encode = json.Encoder().encode


class GrowingText(Struct):
    """Text appended to one output that is not a record yet, in pieces, and its number of characters."""

    output: str
    pieces: list[str]
    length: int

    @classmethod
    def of(cls, output: str, text: str) -> Self:
        """Return the text of one step."""
        return cls(output, [text], len(text))

    def continues(self, waiting: object) -> bool:
        """Add this to what waits, if that is short text of the same output; return whether it was added."""
        if type(waiting) is not GrowingText or not _may_continue(waiting, self.output):
            return False
        waiting.pieces += self.pieces
        waiting.length += self.length
        return True

    def record(self) -> Record:
        """Return the text as one event."""
        return record(Append(output=self.output, text="".join(self.pieces)))


class GrowingEdits(Struct):
    """Edits that add to one output's value, encoded in pieces of their list, and the number of bytes.

    `open_at` is the beginning of the last edit, up to its text, if it appends one: what is appended at the
    same place continues it.
    """

    output: str
    pieces: list[bytes]
    length: int
    open_at: bytes

    @classmethod
    def of(cls, patch: Record, edits: Sequence[Edit]) -> Self | None:
        """Return the edits of an encoded step, None if they do more than add."""
        if patch.output is None or not edits or any(op not in {"append", "insert"} for op, _, _ in edits):
            return None
        content = patch.body[len(_head(patch.output)) : -len(TAIL)]
        op, path, _ = edits[-1]
        open_at = b'["append",%s,"' % _encode(path) if len(edits) == 1 and op == "append" else b""
        return cls(patch.output, [content], len(content), open_at)

    def continues(self, waiting: object) -> bool:
        """Add these to what waits, if that is few edits of the same output; return whether it took them."""
        if type(waiting) is not GrowingEdits or not _may_continue(waiting, self.output):
            return False
        if self.open_at and self.open_at == waiting.open_at:
            waiting.pieces[-1] = waiting.pieces[-1].removesuffix(CLOSED)
            waiting.pieces.append(self.pieces[0].removeprefix(self.open_at))
        else:
            waiting.pieces += b",", *self.pieces
            waiting.open_at = self.open_at
        waiting.length += self.length
        return True

    def record(self) -> Record:
        """Return the edits as one event."""
        return Record("patch", self.output, b"".join((_head(self.output), *self.pieces, TAIL)))


Growing = GrowingText | GrowingEdits

MERGED_LENGTH = 2**16
"""Characters of a text, or bytes of edits, from which on no more is merged; what is longer never is."""

TAIL = b"]}"
CLOSED = b'"]'
"""The end of an edit whose value is a text."""


def _head(output: str) -> bytes:
    """Return the body of a patch up to its first edit."""
    return b'"output":%s,"edits":[' % _encode(output)


def _may_continue(waiting: Growing, output: str) -> bool:
    return waiting.output == output and waiting.length < MERGED_LENGTH
