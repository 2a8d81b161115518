"""Diagnostics for the page: every field, and the text of the terminal."""

from collections.abc import Iterable

from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.report.json import fields
from gradstream.report.terminal import Sources, render_one
from gradstream.report.types import PageDiagnostic


def for_page(
    diagnostics: Iterable[Diagnostic], *, sources: Sources, may_repair: bool = False
) -> list[PageDiagnostic]:
    """Return the diagnostics in order; `sources` returns the text of a file, to quote lines from.

    Fixes are for who may make them from the page.
    """
    return [
        {**fields(each if may_repair else replace(each, fixes=())), "text": render_one(each, sources=sources)}
        for each in diagnostics
    ]
