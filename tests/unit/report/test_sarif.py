"""The SARIF log has what the standard asks for, and places as our other reports have them."""

from gradstream.report.sarif import log
from tests.unit.report.findings import finding


def test_the_whole_log() -> None:
    """One run with its tool, a rule for each code, and a result for each finding."""
    warning = finding(severity="warning", found="")
    text = "`min` is not a key of a slider input; expected `minimum`"
    assert log([finding(), warning], program="1.2.3") == {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "gradstream",
                        "version": "1.2.3",
                        "rules": [{"id": "E-UNKNOWN-KEY"}],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": "E-UNKNOWN-KEY",
                        "ruleIndex": 0,
                        "level": level,
                        "message": {"text": f"{text}{found}; write `minimum` instead of `min`"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "demos/a.yaml"},
                                    "region": {
                                        "startLine": 3,
                                        "startColumn": 3,
                                        "endLine": 3,
                                        "endColumn": 6,
                                    },
                                }
                            }
                        ],
                    }
                    for level, found in (("error", "; found `min`"), ("warning", ""))
                ],
            }
        ],
    }


def test_nothing_to_report() -> None:
    """No findings are a run without results, which says that the check took place."""
    (run,) = log([], program="1.2.3")["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
