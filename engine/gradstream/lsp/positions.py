"""TextPlaces of editors and of diagnostics: editors count lines from 0, and columns in the units agreed upon.

    Span --TextPlaces.range_of--> Range        Position --TextPlaces.column_of--> code points
    text, changes of an editor --changed--> text

The editor says which units it knows, and the server which of them it takes: bytes of UTF-8 (Helix, Neovim),
units of UTF-16 (VS Code, and whoever says nothing) or code points (UTF-32).
"""

from collections.abc import Mapping, Sequence

from lsprotocol import types
from lsprotocol.types import Position, Range
from msgspec import Struct

from gradstream.diagnostics import Span
from gradstream.document.line_index import LINE_BREAK, index_lines

UTF_16 = "utf-16"
WIDTHS: Mapping[str, tuple[str, int]] = {
    "utf-8": ("utf-8", 1),
    UTF_16: ("utf-16-le", 2),
    "utf-32": ("utf-32-le", 4),
}
"""How a text is encoded to count its units, and the bytes of one unit."""


class TextPlaces(Struct, frozen=True):
    """A text's lines as editors count them, and the encoding whose units are columns."""

    lines: Sequence[str]
    encoding: str = UTF_16

    def range_of(self, span: Span) -> Range:
        """Return a span as an editor's range."""
        start = self._position(span.line, span.column)
        return Range(start=start, end=self._position(span.end_line, span.end_column))

    def whole(self) -> Range:
        """Return the range of the whole text."""
        end = Position(line=len(self.lines) - 1, character=self._count(self.lines[-1]))
        return Range(start=Position(line=0, character=0), end=end)

    def line_at(self, position: Position) -> str:
        """Return the line of a place; nothing beyond the end of the text."""
        return self.lines[position.line] if position.line < len(self.lines) else ""

    def column_of(self, position: Position) -> int:
        """Return an editor's column in code points, from 0; within a character, where it begins."""
        left = position.character
        line = self.line_at(position)
        for column, sign in enumerate(line):
            left -= self._count(sign)
            if left < 0:
                return column
        return len(line)

    def units(self, line: str, column: int) -> int:
        """Return a column in code points as the editor counts it."""
        return self._count(line[:column])

    def _position(self, line: int, column: int) -> Position:
        index = min(line - 1, len(self.lines) - 1)
        return Position(line=index, character=self._count(self.lines[index][: column - 1]))

    def _count(self, text: str) -> int:
        codec, width = WIDTHS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // width


def places_of(text: str, encoding: str = UTF_16) -> TextPlaces:
    """Return the places of a text."""
    return TextPlaces(lines=LINE_BREAK.split(text), encoding=encoding)


def changed(
    text: str, changes: Sequence[types.TextDocumentContentChangeEvent], encoding: str = UTF_16
) -> str:
    """Return a text after an editor's changes, which come one after the other: of a part, or of all of it.

    Lines end where editors end them; U+2028 and the like are characters within a line.
    """
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = (_offset(text, place, encoding) for place in (change.range.start, change.range.end))
            text = text[:start] + change.text + text[end:]
        else:
            text = change.text
    return text


def _offset(text: str, position: Position, encoding: str) -> int:
    """Return the offset of a place; beyond the last line, the end of the text."""
    starts = index_lines(text).starts
    if position.line >= len(starts):
        return len(text)
    return starts[position.line] + places_of(text, encoding).column_of(position)
