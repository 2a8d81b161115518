"""What a report looks like when it leaves the program: the shapes of `check --format json` and of the page.

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
    """The same with `text`, the terminal's rendering without colour."""

    text: str


class Report(TypedDict):
    """All findings of one check."""

    version: int
    diagnostics: list[DiagnosticFields]
