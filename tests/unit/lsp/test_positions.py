"""Editors count in units of UTF-16, diagnostics in code points."""

from lsprotocol.types import Position

from gradstream.diagnostics import Span
from gradstream.lsp.positions import column_of, range_of, text_lines, units, whole

LINES = text_lines("a: 😀b\r\nc")


def test_columns_behind_a_character_of_two_units() -> None:
    """The same place in both counts."""
    span = Span(file="x", line=1, column=5, end_line=1, end_column=6)
    found = range_of(span, LINES)
    assert (found.start, found.end) == (Position(line=0, character=5), Position(line=0, character=6))
    assert column_of(Position(line=0, character=5), LINES) == 4
    assert units(LINES[0], 4) == 5


def test_places_beyond_the_end() -> None:
    """A finding behind the last line is at its end; so is a cursor."""
    span = Span(file="x", line=9, column=1, end_line=9, end_column=1)
    assert range_of(span, LINES).start.line == 1
    assert column_of(Position(line=9, character=3), LINES) == 0
    assert whole(LINES).end == Position(line=1, character=1)
