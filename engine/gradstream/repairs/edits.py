"""Changes of a text: making them, and where the places of the old text are in the new one.

text + edits --apply--> new text + Shift;  Shift: offset in the text -> offset in the new text
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from gradstream.diagnostics import Span, TextEdit
from gradstream.document.line_index import LINE_BREAK, LineIndex, Stretch, index_lines


class Splice(Struct, frozen=True, kw_only=True):
    """An edit by offsets."""

    stretch: Stretch
    text: str


class Changed(Struct, frozen=True, kw_only=True):
    """A text after its changes, which are in order and do not overlap."""

    text: str
    changes: Sequence[Splice]

    def moved(self, offset: int) -> int:
        """Return where a place of the old text is now; within a change, the beginning of its new text."""
        by = 0
        for change in self.changes:
            if offset < change.stretch.start or offset == change.stretch.start == change.stretch.end:
                break
            if offset < change.stretch.end:
                return change.stretch.start + by
            by += len(change.text) - (change.stretch.end - change.stretch.start)
        return offset + by

    def touches(self, start: int, end: int) -> bool:
        """Return whether a part of the new text has been changed, wholly or partly."""
        by = 0
        for change in self.changes:
            begin = change.stretch.start + by
            if start <= begin + len(change.text) and begin <= end:
                return True
            by += len(change.text) - (change.stretch.end - change.stretch.start)
        return False


def apply(text: str, edits: Sequence[TextEdit]) -> Changed | None:
    """Make the changes, with the text's own line breaks; None if they overlap or change nothing."""
    lines = index_lines(text)
    line_break = _line_break(text)
    changes = sorted(
        (
            Splice(stretch=stretch_of(edit.span, lines), text=LINE_BREAK.sub(line_break, edit.text))
            for edit in edits
        ),
        key=lambda change: change.stretch,
    )
    parts, at = [], 0
    for change in changes:
        if change.stretch.start < at or change.stretch.end > len(text):
            return None
        parts += [text[at : change.stretch.start], change.text]
        at = change.stretch.end
    new = "".join([*parts, text[at:]])
    return None if new == text else Changed(text=new, changes=changes)


def stretch_of(span: Span, lines: LineIndex) -> Stretch:
    """Return a span's offsets; a line that does not exist is the end of the text."""
    return Stretch(_offset(span.line, span.column, lines), _offset(span.end_line, span.end_column, lines))


def edits_between(old: str, new: str, *, file: str) -> tuple[TextEdit, ...]:
    """Return whole lines to replace, which make the new text of the old one."""
    before, after = _lines(old), _lines(new)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    lines = index_lines(old)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return tuple(
        TextEdit(
            span=lines.span(Stretch(starts[first], starts[last]), file=file),
            text="".join(after[begin:end]),
        )
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
    )


def _offset(line: int, column: int, lines: LineIndex) -> int:
    return lines.starts[min(line, len(lines.starts)) - 1] + column - 1


def _lines(text: str) -> list[str]:
    """Return the lines with their breaks."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _line_break(text: str) -> str:
    found = LINE_BREAK.search(text)
    return found.group() if found else "\n"
