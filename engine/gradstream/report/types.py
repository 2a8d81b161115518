"""The shapes of diagnostics in `check --format json` and on the page.

wire.md, "gradstream check --format json", is the source; `FORMAT_VERSION` counts its incompatible changes.
"""

from typing import TypedDict

FORMAT_VERSION = 1


class EditFields(TypedDict):
    """One change of the finding's file: `text` replaces what is between the two places."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class FixFields(TypedDict):
    """One way to repair a finding; its edits are made together."""

    title: str
    edits: list[EditFields]


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
    fixes: list[FixFields]


class PageDiagnostic(DiagnosticFields):
    """A diagnostic with `text`, its rendering for the terminal without colour."""

    text: str


class Report(TypedDict):
    """All findings of one check."""

    version: int
    diagnostics: list[DiagnosticFields]
