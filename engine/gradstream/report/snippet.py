"""The lines of a file around a span, with the span underlined.

 8 |   steps:
 9 |     min: 1
   |     ^^^
10 |     maximum: 10
"""

import re
import unicodedata

from gradstream.diagnostics import Span
from gradstream.redaction.written import hide_written

LINES_AROUND = 1
"""One line before and one after give context; more would push the next diagnostic off the screen."""

WIDEST = 110
"""A longer line is cut, so that the underline stays below it in a terminal of usual width."""

CONTEXT_BEFORE = 40
"""How many characters of a long line are kept before the underlined part."""

YAML = (".yaml", ".yml")

LINE_BREAK = re.compile(r"\r\n|\r|\n")
TAB = "    "
REPLACEMENT = "\ufffd"
"""Replaces characters that would move the cursor or change a terminal's state."""


def draw(source: str, span: Span) -> list[str]:
    """Return the lines to show; none if the span is outside the source."""
    lines = LINE_BREAK.split(hide_written(source) if span.file.endswith(YAML) else source)
    if span.line > len(lines):
        return []
    first = max(1, span.line - LINES_AROUND)
    last = min(len(lines), span.line + LINES_AROUND)
    while last > span.line and not lines[last - 1].strip():
        last -= 1
    width = len(str(last))
    drawn = []
    for number in range(first, last + 1):
        shown, marks = _line(lines[number - 1], span=span if number == span.line else None)
        drawn.append(f"{number:>{width}} | {shown}".rstrip())
        if marks:
            drawn.append(f"{'':>{width}} | {marks}")
    return drawn


def _line(line: str, *, span: Span | None) -> tuple[str, str]:
    """Return the line to show, and the underline."""
    if span is None:
        return _clean(line[:WIDEST] + ("…" if len(line) > WIDEST else "")), ""
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    cut = start - CONTEXT_BEFORE if len(line) > WIDEST and start > CONTEXT_BEFORE else 0
    before = ("…" if cut else "") + line[cut:start]
    rest = line[start : start + WIDEST - len(before)]
    after = "…" if len(line) > start + len(rest) else ""
    marked = line[start : min(end, start + len(rest))]
    marks = " " * _width(_clean(before)) + "^" * max(1, _width(_clean(marked)))
    return _clean(before + rest + after), marks


def _clean(text: str) -> str:
    """Return the text with tabs as spaces and without control characters."""
    return "".join(
        REPLACEMENT if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} else character
        for character in text.replace("\t", TAB)
    )


def _width(text: str) -> int:
    """Return how many terminal cells the text occupies."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    # Drawn over the character before it; many such marks, such as Thai vowels, have no combining class.
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
