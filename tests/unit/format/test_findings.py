"""Findings are collected by route and come out in file order, each mistake once."""

from gradstream.document.read import read_text
from gradstream.document.types import Document
from gradstream.format.findings import Findings


def findings_of(text: str) -> Findings:
    """Return no findings yet about a text."""
    document = read_text(text, file="f", environ={"TOKEN": "hush"}).document
    assert isinstance(document, Document)
    return Findings(document)


def test_file_order() -> None:
    """The order of the checks does not show."""
    findings = findings_of("a: 1\nb: 2\n")
    findings.add(("b",), "E-B", "second")
    findings.add(("a",), "E-A", "first", at="key")
    assert [(each.code, each.span.line, each.span.column) for each in findings.sorted()] == [
        ("E-A", 1, 1),
        ("E-B", 2, 4),
    ]


def test_within_what_is_wrong_nothing_more_is_said() -> None:
    """A wrong node silences what is in it, and a warning silences nothing."""
    findings = findings_of("a:\n  b: 1\n")
    findings.add(("a", "b"), "W-X", "only a warning", severity="warning")
    assert not findings.has_errors()
    findings.add(("a",), "E-X", "wrong")
    findings.add(("a", "b"), "E-Y", "follows from it")
    assert [each.code for each in findings.sorted()] == ["E-X", "W-X"]
    assert findings.has_errors()


def test_what_is_missing_stands_where_it_should_be() -> None:
    """A missing key is told at the mapping that lacks it, unless another key was meant to be it."""
    findings = findings_of("gradstream: 1\na:\n  typ: x\n")
    findings.note_meant(("a", "type"))
    findings.add_missing(("a", "type"), "no type", expected="type", repair="add it")
    findings.add_missing(("a", "label"), "no label", expected="label", repair="add it")
    findings.add_missing(("title",), "no title", expected="title", repair="add it")
    assert [(each.message, each.span.line) for each in findings.sorted()] == [
        ("no title", 1),
        ("no label", 2),
    ]


def test_values_of_the_environment_are_never_shown() -> None:
    """A value that came from a variable is called by the variable's name."""
    findings = findings_of("with: {token: '${TOKEN}', other: plain}\n")
    assert findings.describe(("with", "token"), "hush") == "the value of `TOKEN`"
    assert findings.describe(("with", "other"), "plain") == "the text `plain`"
