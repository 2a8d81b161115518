"""The SARIF log has what the standard asks for, and places as our other reports have them."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from gradstream.diagnostics import Diagnostic
from gradstream.report.sarif import log
from tests.unit.report.findings import SOURCE, finding

STANDARD = Draft202012Validator(
    json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
)
"""OASIS's own schema of the format, as Microsoft's `sarif-multitool` 5.7 carries it."""


def log_of(*findings: Diagnostic, source: str = SOURCE) -> dict[str, Any]:
    """Return the log of findings in a file with this text."""
    return log(findings, program="1.2.3", sources={"demos/a.yaml": source}.get)


def run_of(*findings: Diagnostic, source: str = SOURCE) -> dict[str, Any]:
    """Return the log's only run."""
    (run,) = log_of(*findings, source=source)["runs"]
    return dict(run)


def test_the_log_fits_the_standard() -> None:
    """Nothing is left out that the standard asks for, and nothing added that it does not know."""
    warning = finding(severity="warning", found="")
    for found in ((), (finding(),), (finding(), warning)):
        assert list(STANDARD.iter_errors(log_of(*found))) == []


def test_a_result() -> None:
    """A finding has its rule, its text in one line, its place and its repair."""
    (result,) = run_of(finding())["results"]
    mark = result.pop("partialFingerprints")
    assert set(mark) == {"gradstream/v1"}
    place = {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 6}
    file = {"uri": "demos/a.yaml"}
    text = "`min` is not a key of a slider input; expected `minimum`; found `min`"
    assert result == {
        "ruleId": "E-UNKNOWN-KEY",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": f"{text}; write `minimum` instead of `min`"},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": place}}],
        "fixes": [
            {
                "description": {"text": "write minimum"},
                "artifactChanges": [
                    {
                        "artifactLocation": file,
                        "replacements": [{"deletedRegion": place, "insertedContent": {"text": "minimum"}}],
                    }
                ],
            }
        ],
    }


def test_a_rule_says_what_its_page_says() -> None:
    """A code host shows the meaning of a code and an example, without a look at the documentation."""
    (rule,) = run_of(finding(), finding())["tool"]["driver"]["rules"]
    assert rule["id"] == "E-UNKNOWN-KEY"
    assert rule["shortDescription"]["text"].endswith(".")
    assert "```yaml" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_a_finding_is_recognised_when_lines_were_added_above_it() -> None:
    """Its fingerprint is that of its line; of two in equal lines, each has its own."""

    def marks(*findings: Diagnostic, source: str) -> list[str]:
        return [
            each["partialFingerprints"]["gradstream/v1"]
            for each in run_of(*findings, source=source)["results"]
        ]

    (before,) = marks(finding(), source=SOURCE)
    (after,) = marks(finding(), source="x\ny\n  min: 1\n")
    other = marks(finding(), finding(), source=SOURCE)
    assert before == after
    assert other[0] == before
    assert other[1] != before


def test_nothing_to_report() -> None:
    """No findings are a run without results, which says that the check took place."""
    run = run_of()
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
