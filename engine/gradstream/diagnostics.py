"""A finding about something that an author or a developer wrote, with its place.

Checks collect diagnostics and continue; nothing here raises. Only `report/` converts them to text:

    check -> Diagnostic(span, expected, found, repair, fixes)
          --repairs.trial--> the same with fixes that work --> report.terminal | report.json | the page
"""

from collections.abc import Iterable
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


class TextEdit(Struct, frozen=True, kw_only=True):
    """A change of a file: `text` takes the place of the span; where the span is empty, it is inserted."""

    span: Span
    text: str


class Fix(Struct, frozen=True, kw_only=True):
    """A repair as changes of one file that do not overlap; `title` says in few words what they do."""

    title: str
    edits: tuple[TextEdit, ...]


def write_instead(span: Span, text: str) -> tuple[Fix, ...]:
    """Return the fix that writes another text in place of a span."""
    return (Fix(title=f"write {text}", edits=(TextEdit(span=span, text=text),)),)


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One mistake, reported once: where, what was expected, what was found, and what to do.

    `code` is stable (`E-UNKNOWN-KEY`, `W-…`); `message` is one line without a full stop;
    `expected`, `found` and `repair` are short phrases, empty if there is nothing to add.

    `fixes` are the repair as changes: one, or several to choose from. `otherwise` is said in place of
    `repair` where none of them works. Checks propose them; `repairs.trial` keeps those that work.
    """

    span: Span
    code: str
    message: str
    severity: Severity = "error"
    expected: str = ""
    found: str = ""
    repair: str = ""
    fixes: tuple[Fix, ...] = ()
    otherwise: str = ""

    @property
    def is_error(self) -> bool:
        """Return whether the demo cannot be served because of this finding."""
        return self.severity == "error"


def once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return each finding once: some of a check are found again by the import, which knows no fixes."""
    unique: dict[tuple[Span, str, str], Diagnostic] = {}
    for each in found:
        unique.setdefault((each.span, each.code, each.message), each)
    return list(unique.values())
