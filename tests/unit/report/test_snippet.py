"""A snippet shows the lines around a span and underlines exactly what is meant."""

from gradstream.diagnostics import Span
from gradstream.report.snippet import draw


def span(line: int, column: int, *, end_column: int, end_line: int | None = None) -> Span:
    """Return a span of the file that the tests draw."""
    return Span(file="f", line=line, column=column, end_line=end_line or line, end_column=end_column)


def test_one_line_before_and_one_after() -> None:
    """Numbers are aligned, and the underline is below the span."""
    source = "\n".join(f"line {number}" for number in range(1, 12))
    assert draw(source, span(10, 6, end_column=8)) == [
        " 9 | line 9",
        "10 | line 10",
        "   |      ^^",
        "11 | line 11",
    ]


def test_the_edges_of_a_file() -> None:
    """Nothing is made up before the first line and after the last, and trailing blank lines are left out."""
    assert draw("only\n\n", span(1, 1, end_column=5)) == ["1 | only", "  | ^^^^"]


def test_an_empty_span_is_one_mark() -> None:
    """A place without width is still seen, at the end of a line too."""
    assert draw("ab", span(1, 3, end_column=3)) == ["1 | ab", "  |   ^"]


def test_a_span_over_several_lines_marks_the_first() -> None:
    """The rest of the first line is underlined."""
    drawn = draw("a: |\n  b\n", span(1, 4, end_line=2, end_column=4))
    assert drawn == ["1 | a: |", "  |    ^", "2 |   b"]


def test_wide_and_combining_characters() -> None:
    """Marks are counted in cells of the terminal, not in characters."""
    assert draw("日本: e\u0301x", span(1, 5, end_column=7)) == ["1 | 日本: e\u0301x", "  |       ^"]
    assert draw("\u0e17\u0e35\u0e48: x", span(1, 6, end_column=7))[1] == "  |    ^"
    assert draw("日本: x", span(1, 1, end_column=3))[1] == "  | ^^^^"


def test_tabs_are_blanks() -> None:
    """A tab takes four cells, in the line and below it."""
    assert draw("\ta", span(1, 2, end_column=3)) == ["1 |     a", "  |     ^"]


def test_nothing_that_a_terminal_would_obey_gets_through() -> None:
    """Control characters and invisible ones are shown as a replacement."""
    assert draw("a\x1b[31m\u202eb", span(1, 1, end_column=2))[0] == "1 | a\ufffd[31m\ufffdb"


def test_a_long_line_is_cut_around_the_span() -> None:
    """What is underlined stays in sight, with dots for what is left out."""
    drawn = draw("x" * 300 + "HERE" + "y" * 300, span(1, 301, end_column=305))
    line, marks = drawn
    start = marks.index("^")
    assert line[start : start + 4] == "HERE"
    assert marks.count("^") == 4
    assert line.startswith("1 | …")
    assert line.endswith("…")
    assert len(line) < 120


def test_a_span_outside_of_the_source() -> None:
    """A file that has changed meanwhile gives no snippet rather than a wrong one."""
    assert draw("one line", span(5, 1, end_column=2)) == []
