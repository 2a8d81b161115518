"""Reading texts in tests."""

from typing import Any

from gradstream.diagnostics import Diagnostic
from gradstream.document.read import read_text
from gradstream.document.types import Document, Reading

ENVIRON = {"NAME": "Ada", "COUNT": "5", "YES": "true", "LONG": "long enough"}


def reading_of(text: str) -> Reading:
    """Read a text with a small environment."""
    return read_text(text, file="demo.yaml", environ=ENVIRON)


def document_of(text: str) -> Document:
    """Return the document of a sound text."""
    reading = reading_of(text)
    assert reading.document is not None
    assert reading.diagnostics == ()
    return reading.document


def values_of(text: str) -> Any:
    """Return the values of a sound text."""
    return document_of(text).values


def mistake_of(text: str) -> Diagnostic:
    """Return the only mistake of a text."""
    (mistake,) = reading_of(text).diagnostics
    return mistake


def place_of(mistake: Diagnostic) -> tuple[int, int, int, int]:
    """Return line, column, end line and end column."""
    span = mistake.span
    return span.line, span.column, span.end_line, span.end_column
