"""A finding about something an author or a developer wrote, and the place it is about.

Checks collect diagnostics and go on; nothing here raises. `report/` alone turns them into text:

    check -> Diagnostic(span, expected, found, repair) -> report.terminal | report.json | the page
"""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of one file: 1-based lines and columns, columns in code points, the end exclusive.

    `file` is shown as it is: the path relative to the catalog's root where there is one.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One mistake, said once: where, what was expected, what was found, and what to do.

    `code` is stable (`E-UNKNOWN-KEY`, `W-…`); `message` is one line without a full stop;
    `expected`, `found` and `repair` are short phrases, empty where they would say nothing.
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
        """Tell whether this finding keeps its demo from being served."""
        return self.severity == "error"
