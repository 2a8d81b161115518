"""Diagnostics as a SARIF 2.1.0 log: the format that code hosts and editors show beside the lines.

    run -> tool.driver.rules   one a code, in the order of their first finding, with its page of the docs
        -> results             one a diagnostic; columns count code points, as in all our reports
           -> fixes            one a way to repair it

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.57.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gradstream.diagnostics import Diagnostic, Fix, Span, TextEdit
from gradstream.report.snippet import LINE_BREAK
from gradstream.report.terminal import Sources

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gradstream/v1"
"""The name counts the ways of computing it: code, file, text of the line, and which of such it is."""

DIGEST_BYTES = 12
RULES = Path(__file__).with_name("rules.json")
"""Written by scripts/build_diagnostic_pages.py, as the pages of the docs are."""


def log(diagnostics: Sequence[Diagnostic], *, program: str, sources: Sources) -> dict[str, Any]:
    """Return the whole log, ready to be encoded; `program` is the version of gradstream."""
    codes = list(dict.fromkeys(each.code for each in diagnostics))
    driver = {"name": "gradstream", "version": program, "rules": [_rule(code) for code in codes]}
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [
                    {**_result(each, rule=codes.index(each.code)), "partialFingerprints": {FINGERPRINT: mark}}
                    for each, mark in zip(diagnostics, _fingerprints(diagnostics, sources), strict=True)
                ],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    """Return a code with what its page says; one that has no page has only its name."""
    text = _rules().get(code)
    if text is None:
        return {"id": code}
    title = f"{text['title'][:1].upper()}{text['title'][1:]}."
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": text["means"]},
        "help": {"text": text["help"], "markdown": text["help"]},
        "defaultConfiguration": {"level": "error" if code.startswith("E-") else "warning"},
    }


@cache
def _rules() -> Mapping[str, Mapping[str, str]]:
    rules: Mapping[str, Mapping[str, str]] = json.loads(RULES.read_text(encoding="utf-8"))
    return rules


def _result(diagnostic: Diagnostic, *, rule: int) -> dict[str, Any]:
    fixes = [_fix(each) for each in diagnostic.fixes]
    location = {"artifactLocation": _file(diagnostic.span), "region": _region(diagnostic.span)}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": _text(diagnostic)},
        "locations": [{"physicalLocation": location}],
        **({"fixes": fixes} if fixes else {}),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    """Return a fix, whose edits are all of one file."""
    replacements = [_replacement(edit) for edit in fix.edits]
    changes = [{"artifactLocation": _file(fix.edits[0].span), "replacements": replacements}]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _replacement(edit: TextEdit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _file(span: Span) -> dict[str, str]:
    # A relative reference: a file's name may contain characters that a URI may not.
    return {"uri": quote(span.file.replace("\\", "/"))}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fingerprints(diagnostics: Sequence[Diagnostic], sources: Sources) -> Iterator[str]:
    """Yield what recognises each finding again after lines were added above it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for each in diagnostics:
        key = (each.code, each.span.file, _line(each.span, sources))
        shown = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        yield blake2b(shown.encode("utf-8", "replace"), digest_size=DIGEST_BYTES).hexdigest()


def _line(span: Span, sources: Sources) -> str:
    lines = LINE_BREAK.split(sources(span.file) or "")
    return lines[span.line - 1].strip() if span.line <= len(lines) else ""


def _text(diagnostic: Diagnostic) -> str:
    """Return the finding as one text: viewers show nothing else."""
    phrases = (
        diagnostic.message,
        diagnostic.expected and f"expected {diagnostic.expected}",
        diagnostic.found and f"found {diagnostic.found}",
        diagnostic.repair,
    )
    return "; ".join(phrase for phrase in phrases if phrase)
