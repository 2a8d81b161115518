"""Diagnostics as the page gets them: every field, and the terminal's text."""

from collections.abc import Iterable

from gradstream.diagnostics import Diagnostic
from gradstream.report.json import fields
from gradstream.report.terminal import Sources, render_one
from gradstream.report.types import PageDiagnostic


def for_page(diagnostics: Iterable[Diagnostic], *, sources: Sources) -> list[PageDiagnostic]:
    """Return the diagnostics in order; `sources` gives the text of a file, for the lines that are shown."""
    return [{**fields(each), "text": render_one(each, sources=sources)} for each in diagnostics]
