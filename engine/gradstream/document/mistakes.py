"""What is wrong with a text, located by offsets: a stretch instead of a span."""

from msgspec import Struct

from gradstream.diagnostics import Diagnostic, Fix, TextEdit
from gradstream.document.line_index import LineIndex, Stretch


class Rewrite(Struct, frozen=True, kw_only=True):
    """A repair as parts of the text to replace, each with its new text; `title` says what it does."""

    title: str
    parts: tuple[tuple[Stretch, str], ...]


class Mistake(Struct, frozen=True, kw_only=True):
    """A diagnostic whose place is given by offsets."""

    stretch: Stretch
    code: str
    message: str
    expected: str = ""
    found: str = ""
    repair: str = ""
    changes: tuple[Rewrite, ...] = ()
    otherwise: str = ""


def locate(mistake: Mistake, lines: LineIndex, *, file: str) -> Diagnostic:
    """Convert the mistake to a diagnostic of the file."""
    return Diagnostic(
        span=lines.span(mistake.stretch, file=file),
        code=mistake.code,
        message=mistake.message,
        expected=mistake.expected,
        found=mistake.found,
        repair=mistake.repair,
        fixes=tuple(_fix(change, lines, file=file) for change in mistake.changes),
        otherwise=mistake.otherwise,
    )


def _fix(change: Rewrite, lines: LineIndex, *, file: str) -> Fix:
    edits = tuple(TextEdit(span=lines.span(stretch, file=file), text=text) for stretch, text in change.parts)
    return Fix(title=change.title, edits=edits)
