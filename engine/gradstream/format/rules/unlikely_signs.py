"""Signs that were changed or lost before the file came here: `fÃ¼r` for `für`, and U+FFFD.

Whatever is written with them is valid, and visitors would read it so.
"""

from gradstream.diagnostics import Diagnostic, Fix
from gradstream.document.line_index import Stretch
from gradstream.document.pasted.garbled import LOST, MESSAGE, mended
from gradstream.format import edits
from gradstream.format.findings import Findings

CODE = "W-UNLIKELY"


def check_signs(findings: Findings) -> None:
    """Note text that was read in the wrong coding, once for the file, and each sign that was lost."""
    document = findings.document
    parts = mended(document.source)
    if parts:
        stretch, meant = parts[0]
        written = document.source[stretch.start : stretch.end]
        fix = Fix(
            title=f"write {meant}", edits=tuple(edits.edit(document, part, text) for part, text in parts)
        )
        _append(
            stretch,
            findings,
            MESSAGE,
            expected=f"`{meant}`, in UTF-8",
            found=f"`{written}`",
            repair=f"write `{meant}`" + (f", and {len(parts) - 1} more in this file" if parts[1:] else ""),
            fixes=(fix,),
        )
    at = document.source.find(LOST)
    if at >= 0:
        _append(
            Stretch(at, at + 1),
            findings,
            "a sign was lost here when the file was read in another coding than its own",
            expected="the sign that was there",
            found="a replacement character (U+FFFD)",
            repair="type it again, or save the file again as UTF-8 from where it came",
        )


def _append(
    stretch: Stretch,
    findings: Findings,
    message: str,
    *,
    expected: str,
    found: str,
    repair: str,
    fixes: tuple[Fix, ...] = (),
) -> None:
    document = findings.document
    findings.append(
        Diagnostic(
            span=document.lines.span(stretch, file=document.file),
            code=CODE,
            message=message,
            severity="warning",
            expected=expected,
            found=found,
            repair=repair,
            fixes=fixes,
        )
    )
