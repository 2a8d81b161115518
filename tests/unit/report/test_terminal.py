"""Diagnostics in a terminal: place, message, lines, and what to do."""

from pathlib import Path

from gradstream.report.terminal import render, render_one
from tests.unit.report.findings import SOURCE, finding

NOTHING: dict[str, str] = {}
TEXT = """\
demos/a.yaml:3:3: error E-UNKNOWN-KEY: `min` is not a key of a slider input
  2 | steps:
  3 |   min: 1
    |   ^^^
  expected: `minimum`
  found:    `min`
  repair:   write `minimum` instead of `min`"""


def test_the_whole_text() -> None:
    """The place comes first, so that editors and terminals make a link of it."""
    assert render_one(finding(), sources={"demos/a.yaml": SOURCE}.get) == TEXT


def test_without_source_the_rest_is_shown() -> None:
    """A file that cannot be read costs the snippet and nothing else."""
    lines = render_one(finding(), sources=NOTHING.get).splitlines()
    assert lines == [TEXT.splitlines()[0], *TEXT.splitlines()[4:]]


def test_empty_phrases_are_left_out() -> None:
    """A phrase that says nothing has no line."""
    assert "found:" not in render_one(finding(found=""), sources=NOTHING.get)


def test_files_are_read_below_the_root(tmp_path: Path) -> None:
    """Several diagnostics are parted by an empty line, each with lines of its file."""
    file = tmp_path / "demos" / "a.yaml"
    file.parent.mkdir()
    file.write_text(SOURCE)
    assert render([finding(), finding()], root=tmp_path) == f"{TEXT}\n\n{TEXT}"
    assert render([], root=tmp_path) == ""


def test_colour_changes_nothing_but_colour() -> None:
    """With the escape sequences taken out, the text is the same."""
    coloured = render_one(finding(severity="warning"), sources={"demos/a.yaml": SOURCE}.get, colour=True)
    for style in ("31", "33", "1", "2", "0"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == TEXT.replace("error", "warning")
