"""What is wrong with a text, located by offsets: a stretch instead of a span."""

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.document.line_index import LineIndex, Stretch


class Mistake(Struct, frozen=True, kw_only=True):
    """A diagnostic whose place is given by offsets."""

    stretch: Stretch
    code: str
    message: str
    expected: str = ""
    found: str = ""
    repair: str = ""


def locate(mistake: Mistake, lines: LineIndex, *, file: str) -> Diagnostic:
    """Convert the mistake to a diagnostic of the file."""
    return Diagnostic(
        span=lines.span(mistake.stretch, file=file),
        code=mistake.code,
        message=mistake.message,
        expected=mistake.expected,
        found=mistake.found,
        repair=mistake.repair,
    )
