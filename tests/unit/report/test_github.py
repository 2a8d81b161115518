"""Findings become workflow commands that GitHub reads back as they were meant."""

from msgspec.structs import replace

from gradstream.report.github import render
from tests.unit.report.findings import finding


def test_each_finding_is_a_line() -> None:
    """Severity, place and code lead; what was expected, found and to be done follows on lines of its own."""
    head = "file=demos/a.yaml,line=3,col=3,endLine=3,endColumn=5,title=E-UNKNOWN-KEY"
    said = "`min` is not a key of a slider input%0Aexpected: `minimum`"
    repair = "%0Arepair: write `minimum` instead of `min`"
    assert render([finding(), finding(severity="warning", found="")]).splitlines() == [
        f"::error {head}::{said}%0Afound: `min`{repair}",
        f"::warning {head}::{said}{repair}",
    ]


def test_what_would_end_a_command_early_is_escaped() -> None:
    """Percent signs, line breaks, colons and commas survive in messages and in names of files."""
    odd = finding()
    odd = replace(odd, message="100% or\nnothing", span=replace(odd.span, file="a,b:c.yaml"))
    (line,) = render([odd]).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.yaml,line=3,")
    assert "::100%25 or%0Anothing%0A" in line


def test_a_finding_over_several_lines_has_no_end_column() -> None:
    """GitHub takes columns within one line only."""
    long = finding()
    long = replace(long, span=replace(long.span, end_line=5))
    assert "line=3,col=3,endLine=5,title=" in render([long])


def test_nothing_to_report() -> None:
    """Without findings there are no commands."""
    assert render([]) == ""
