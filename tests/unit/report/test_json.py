"""The report of `check --format json` has exactly the keys that the wire promises."""

from gradstream.report.json import report
from tests.unit.report.findings import finding


def test_the_whole_report() -> None:
    """Version 1, and each diagnostic flat with its place."""
    assert report([finding()]) == {
        "version": 1,
        "diagnostics": [
            {
                "file": "demos/a.yaml",
                "line": 3,
                "column": 3,
                "end_line": 3,
                "end_column": 6,
                "severity": "error",
                "code": "E-UNKNOWN-KEY",
                "message": "`min` is not a key of a slider input",
                "expected": "`minimum`",
                "found": "`min`",
                "repair": "write `minimum` instead of `min`",
                "fixes": [
                    {
                        "title": "write minimum",
                        "edits": [
                            {"line": 3, "column": 3, "end_line": 3, "end_column": 6, "text": "minimum"}
                        ],
                    }
                ],
            }
        ],
    }


def test_nothing_to_report() -> None:
    """No findings are an empty list."""
    assert report([]) == {"version": 1, "diagnostics": []}
