"""Places of editors and of diagnostics: editors count lines from 0, and columns in units of UTF-16."""

from collections.abc import Sequence

from lsprotocol.types import Position, Range

from gradstream.diagnostics import Span
from gradstream.document.line_index import LINE_BREAK


def text_lines(text: str) -> Sequence[str]:
    """Return a text's lines as editors count them."""
    return LINE_BREAK.split(text)


def range_of(span: Span, lines: Sequence[str]) -> Range:
    """Return a span as an editor's range; of an empty one, the word behind it."""
    start = _position(span.line, span.column, lines)
    end = _position(span.end_line, span.end_column, lines)
    return Range(start=start, end=end)


def whole(lines: Sequence[str]) -> Range:
    """Return the range of a whole text."""
    end = Position(line=len(lines) - 1, character=_units(lines[-1]))
    return Range(start=Position(line=0, character=0), end=end)


def line_at(position: Position, lines: Sequence[str]) -> str:
    """Return the line of a place; nothing beyond the end of the text."""
    return lines[position.line] if position.line < len(lines) else ""


def column_of(position: Position, lines: Sequence[str]) -> int:
    """Return an editor's column, in code points from 0."""
    line = line_at(position, lines)
    return len(line.encode("utf-16-le")[: 2 * position.character].decode("utf-16-le", "ignore"))


def units(line: str, column: int) -> int:
    """Return a column in code points as an editor counts it."""
    return _units(line[:column])


def _position(line: int, column: int, lines: Sequence[str]) -> Position:
    index = min(line - 1, len(lines) - 1)
    return Position(line=index, character=_units(lines[index][: column - 1]))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
