"""The shapes of diagnostics in `check --format json` and on the page.

wire.md, "gradstream check --format json", is the source; `FORMAT_VERSION` counts its incompatible changes.
"""

from typing import TypedDict

FORMAT_VERSION = 1


class DiagnosticFields(TypedDict):
    """One diagnostic, flat."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str
    code: str
    message: str
    expected: str
    found: str
    repair: str


class PageDiagnostic(DiagnosticFields):
    """A diagnostic with `text`, its rendering for the terminal without colour."""

    text: str


class Report(TypedDict):
    """All findings of one check."""

    version: int
    diagnostics: list[DiagnosticFields]
