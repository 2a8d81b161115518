"""Diagnostics as a SARIF 2.1.0 log: the format that code hosts and editors show beside the lines.

    run -> tool.driver.rules   one a code, in the order of their first finding
        -> results             one a diagnostic; columns count code points, as in all our reports

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from gradstream.diagnostics import Diagnostic

VERSION = "2.1.0"


def log(diagnostics: Sequence[Diagnostic], *, program: str) -> dict[str, Any]:
    """Return the whole log, ready to be encoded; `program` is the version of gradstream."""
    codes = list(dict.fromkeys(each.code for each in diagnostics))
    driver = {"name": "gradstream", "version": program, "rules": [{"id": code} for code in codes]}
    return {
        "version": VERSION,
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, rule=codes.index(each.code)) for each in diagnostics],
            }
        ],
    }


def _result(diagnostic: Diagnostic, *, rule: int) -> dict[str, Any]:
    span = diagnostic.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    # A relative reference: a file's name may contain characters that a URI may not.
    location = {"uri": quote(span.file.replace("\\", "/"))}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": _text(diagnostic)},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
    }


def _text(diagnostic: Diagnostic) -> str:
    """Return the finding as one text: viewers show nothing else."""
    phrases = (
        diagnostic.message,
        diagnostic.expected and f"expected {diagnostic.expected}",
        diagnostic.found and f"found {diagnostic.found}",
        diagnostic.repair,
    )
    return "; ".join(phrase for phrase in phrases if phrase)
