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
            new_end = begin + len(change.text)
            is_point = start == end and begin <= start <= new_end
            if is_point or (start < new_end and begin < end) or (begin == new_end and start < begin < end):
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
    """Return whole lines to replace, or their indentation alone, which make the new text of the old one."""
    before, after = _lines(old), _lines(new)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    lines = index_lines(old)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    edits: list[TextEdit] = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        pairs = list(zip(range(first, last), range(begin, end), strict=False))
        if kind == "replace" and last - first == end - begin:
            for one, other in pairs:
                stretch, text = _line_edit(before[one], after[other], starts[one])
                edits.append(TextEdit(span=lines.span(stretch, file=file), text=text))
        elif kind != "equal":
            whole = Stretch(starts[first], starts[last])
            edits.append(TextEdit(span=lines.span(whole, file=file), text="".join(after[begin:end])))
    return tuple(edits)


def _line_edit(old: str, new: str, start: int) -> tuple[Stretch, str]:
    """Return the change of one line: its indentation where that is all, else the line."""
    content = old.lstrip(" \t")
    if content and content == new.lstrip(" \t"):
        indent = len(old) - len(content)
        return Stretch(start, start + indent), new[: len(new) - len(content)]
    return Stretch(start, start + len(old)), new


def _offset(line: int, column: int, lines: LineIndex) -> int:
    return lines.starts[min(line, len(lines.starts)) - 1] + column - 1


def _lines(text: str) -> list[str]:
    """Return the lines with their breaks."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _line_break(text: str) -> str:
    found = LINE_BREAK.search(text)
    return found.group() if found else "\n"
