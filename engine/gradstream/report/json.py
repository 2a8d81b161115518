"""Diagnostics as plain values, for `check --format json`."""

from collections.abc import Iterable

from gradstream.diagnostics import Diagnostic, TextEdit
from gradstream.report.types import FORMAT_VERSION, DiagnosticFields, EditFields, Report


def report(diagnostics: Iterable[Diagnostic]) -> Report:
    """Return the whole report, ready to be encoded."""
    return {"version": FORMAT_VERSION, "diagnostics": [fields(each) for each in diagnostics]}


def fields(diagnostic: Diagnostic) -> DiagnosticFields:
    """Return one diagnostic with its span as separate fields."""
    span = diagnostic.span
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "expected": diagnostic.expected,
        "found": diagnostic.found,
        "repair": diagnostic.repair,
        "fixes": [{"title": fix.title, "edits": list(map(_edit, fix.edits))} for fix in diagnostic.fixes],
    }


def _edit(edit: TextEdit) -> EditFields:
    span = edit.span
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "text": edit.text,
    }
