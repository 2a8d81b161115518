"""A diagnostic and its file, for the tests of reports."""

from gradstream.diagnostics import Diagnostic, Severity, Span, write_instead

SOURCE = "gradstream: 1\nsteps:\n  min: 1\n"


def finding(*, severity: Severity = "error", found: str = "`min`") -> Diagnostic:
    """Return a diagnostic about the third line of `SOURCE`."""
    span = Span(file="demos/a.yaml", line=3, column=3, end_line=3, end_column=6)
    return Diagnostic(
        span=span,
        code="E-UNKNOWN-KEY",
        severity=severity,
        message="`min` is not a key of a slider input",
        expected="`minimum`",
        found=found,
        repair="write `minimum` instead of `min`",
        fixes=write_instead(span, "minimum"),
    )
