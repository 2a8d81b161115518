"""Editors count columns in units of UTF-8, UTF-16 or UTF-32, diagnostics in code points."""

import pytest
from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from gradstream.diagnostics import Span
from gradstream.lsp.positions import changed, places_of

TEXT = "a: é😀b\r\nc"
UNITS = {"utf-8": (9, 10), "utf-16": (6, 7), "utf-32": (5, 6)}


@pytest.mark.parametrize("encoding", UNITS)
def test_columns_behind_characters_of_several_units(encoding: str) -> None:
    """The same place in all counts, there and back; within a character it is where that begins."""
    places, (first, last) = places_of(TEXT, encoding), UNITS[encoding]
    found = places.range_of(Span(file="x", line=1, column=6, end_line=1, end_column=7))
    assert (found.start, found.end) == (Position(line=0, character=first), Position(line=0, character=last))
    assert [places.column_of(each) for each in (found.start, found.end)] == [5, 6]
    assert places.units(places.lines[0], 5) == first
    inside = Position(line=0, character=first - 1)
    assert places.column_of(inside) == 4


def test_places_beyond_the_end() -> None:
    """A finding behind the last line is at its end; so is a cursor."""
    places = places_of(TEXT)
    span = Span(file="x", line=9, column=1, end_line=9, end_column=1)
    assert places.range_of(span).start.line == 1
    assert places.column_of(Position(line=9, character=3)) == 0
    assert places.column_of(Position(line=1, character=99)) == 1
    assert places.whole().end == Position(line=1, character=1)


@pytest.mark.parametrize("encoding", UNITS)
def test_changes_come_one_after_the_other(encoding: str) -> None:
    """Each counts in the text after the one before; beyond a line is its end, beyond the text the text's."""
    first, last = UNITS[encoding]

    def change(line: int, start: int, end: int, text: str) -> TextDocumentContentChangePartial:
        places = Position(line=line, character=start), Position(line=line, character=end)
        return TextDocumentContentChangePartial(range=Range(start=places[0], end=places[1]), text=text)

    made = [change(0, first, last, "x\n"), change(1, 99, 99, "!"), change(9, 0, 0, "?")]
    assert changed(TEXT, made, encoding) == "a: é😀x\n!\r\nc?"
    assert changed(TEXT, [*made, TextDocumentContentChangeWholeDocument(text="new")], encoding) == "new"


def test_lines_end_where_editors_end_them() -> None:
    """The breaks that only Unicode knows are characters within a line."""
    text = "a: x\u2028y\u0085z\nb: 1\n"
    place = Position(line=1, character=3)
    made = TextDocumentContentChangePartial(range=Range(start=place, end=place), text="2")
    assert changed(text, [made]) == "a: x\u2028y\u0085z\nb: 21\n"
