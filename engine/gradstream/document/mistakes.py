"""What is wrong with a text, before it is known where in which file: a stretch instead of a span."""

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.document.line_index import Lines, Stretch


class Mistake(Struct, frozen=True, kw_only=True):
    """A diagnostic whose place is still in offsets."""

    stretch: Stretch
    code: str
    message: str
    expected: str = ""
    found: str = ""
    repair: str = ""


def locate(mistake: Mistake, lines: Lines, *, file: str) -> Diagnostic:
    """Turn the mistake into a diagnostic of the file."""
    return Diagnostic(
        span=lines.span(mistake.stretch, file=file),
        code=mistake.code,
        message=mistake.message,
        expected=mistake.expected,
        found=mistake.found,
        repair=mistake.repair,
    )
