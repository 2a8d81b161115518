"""Converts offsets to lines and columns: the parser counts code points, people count lines."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from gradstream.diagnostics import Span

LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""Line breaks as editors count them. YAML 1.1 also counts U+0085, U+2028 and U+2029, which editors do not."""


class Stretch(NamedTuple):
    """A part of a text by offsets in code points, the end exclusive."""

    start: int
    end: int


class LineIndex(Struct, frozen=True, kw_only=True):
    """The offset at which each line of a text starts; the first is 0."""

    starts: Sequence[int]

    def span(self, stretch: Stretch, *, file: str) -> Span:
        """Return the stretch as 1-based lines and columns."""
        line, column = self._position(stretch.start)
        end_line, end_column = self._position(stretch.end)
        return Span(file=file, line=line, column=column, end_line=end_line, end_column=end_column)

    def first_line(self) -> Stretch:
        """Return the start of the text: the place of a finding about the file as a whole."""
        return Stretch(0, 0)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def index_lines(text: str) -> LineIndex:
    """Find where the lines of the text start."""
    return LineIndex(starts=[0, *(found.end() for found in LINE_BREAK.finditer(text))])
