"""Diagnostics as GitHub's workflow commands: each annotates its line in a pull request.

    ::error file=demos/steps.yaml,line=9,col=5,endLine=9,endColumn=8,title=E-UNKNOWN-KEY::a slider has no …

Source: GitHub's documentation of workflow commands; the escapes are those of its toolkit.
"""

from collections.abc import Iterable

from gradstream.diagnostics import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one command a line; "" for none."""
    return "\n".join(_command(each) for each in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties: dict[str, str | int] = {"file": span.file, "line": span.line, "col": span.column}
    properties["endLine"] = span.end_line
    if span.end_line == span.line:
        # Columns are allowed only within one line, and are inclusive.
        properties["endColumn"] = max(span.column, span.end_column - 1)
    properties["title"] = diagnostic.code
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_escape(_text(diagnostic))}"


def _text(diagnostic: Diagnostic) -> str:
    phrases = [("expected", diagnostic.expected), ("found", diagnostic.found), ("repair", diagnostic.repair)]
    lines = [f"{label}: {text}" for label, text in phrases if text]
    return "\n".join([diagnostic.message, *lines])


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
