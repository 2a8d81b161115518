"""A finding about something that an author or a developer wrote, with its place.

Checks collect diagnostics and continue; nothing here raises. Only `report/` converts them to text:

    check -> Diagnostic(span, expected, found, repair) -> report.terminal | report.json | the page
"""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Span(Struct, frozen=True, kw_only=True):
    """A part of a file: 1-based lines and columns, columns in code points, the end exclusive.

    `file` is shown unchanged: the path relative to the catalog's root where there is one.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def file_start(cls, file: str) -> "Span":
        """Return the first character of a file, for what concerns the file as a whole."""
        return cls(file=file, line=1, column=1, end_line=1, end_column=1)


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One mistake, reported once: where, what was expected, what was found, and what to do.

    `code` is stable (`E-UNKNOWN-KEY`, `W-…`); `message` is one line without a full stop;
    `expected`, `found` and `repair` are short phrases, empty if there is nothing to add.
    """

    span: Span
    code: str
    message: str
    severity: Severity = "error"
    expected: str = ""
    found: str = ""
    repair: str = ""

    @property
    def is_error(self) -> bool:
        """Return whether the demo cannot be served because of this finding."""
        return self.severity == "error"
