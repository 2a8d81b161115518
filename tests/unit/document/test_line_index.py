"""Offsets become the lines and columns that editors show."""

from gradstream.document.line_index import Stretch, index_lines


def test_line_breaks_of_every_system() -> None:
    """Unix, Windows and old Macintosh line breaks each end one line."""
    text = "a\nb\r\nc\rd"
    span = index_lines(text).span(Stretch(text.index("d"), len(text)), file="f")
    assert (span.line, span.column, span.end_line, span.end_column) == (4, 1, 4, 2)


def test_columns_count_code_points() -> None:
    """A character outside of the basic plane is one column."""
    text = "🙂é: x"
    span = index_lines(text).span(Stretch(4, 5), file="f")
    assert (span.line, span.column) == (1, 5)


def test_unicode_line_separators_are_no_lines() -> None:
    """U+2028 and U+0085 do not begin a line, because no editor shows one there."""
    span = index_lines("a\u2028\u0085b").span(Stretch(3, 4), file="f")
    assert (span.line, span.column) == (1, 4)
