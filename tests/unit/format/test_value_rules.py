"""What `rules` ask of a value is decided on the server as on the page."""

import json
from pathlib import Path
from typing import Any

import pytest

from gradstream.format.text_pattern.javascript import in_javascript
from gradstream.format.text_pattern.read import read_pattern
from gradstream.format.text_pattern.types import PatternProblem
from gradstream.format.types import Rule
from gradstream.format.value_rules import broken_rule, single_rules

FILE = Path(__file__).parents[2] / "wire" / "rules" / "values.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_one_table_holds_here_and_on_the_page(case: dict[str, Any]) -> None:
    """Each case of the table, which the page's tests read as well, is decided as it says."""
    rules = [Rule(**rule) for rule in case["rules"]]
    assert (broken_rule(case["value"], rules, label="X") is None) == case["holds"]


def test_the_page_is_sent_the_patterns_of_the_table() -> None:
    """What the table has as `sent` is what the server writes for the page."""
    for case in CASES:
        for rule in case["rules"]:
            if "pattern" in rule:
                part = read_pattern(rule["pattern"])
                assert not isinstance(part, PatternProblem)
                assert case["sent"] == in_javascript(part)


@pytest.mark.parametrize(
    ("rule", "value", "message", "expected", "found"),
    [
        (Rule(min_length=3), "ab", "Name is too short", "at least 3 characters", "2 characters"),
        (Rule(max_length=1), ["a", "b"], "Name is too long", "at most 1 values", "2 values"),
        (Rule(minimum=3), 2, "Name is too small", "3 or more", "the number `2`"),
        (Rule(maximum=1.5, message="Less, please"), 2, "Less, please", "1.5 or less", "the number `2`"),
        (
            Rule(pattern="a+"),
            "b",
            "Name is not in the right form",
            "a text that matches `a+`",
            "the text `b`",
        ),
    ],
)
def test_what_is_wrong_is_said(rule: Rule, value: object, message: str, expected: str, found: str) -> None:
    """A value that does not satisfy a rule is told of in the rule's words, or in those of the label."""
    problem = broken_rule(value, [rule], label="Name")
    assert problem is not None
    assert (problem.message, problem.expected, problem.found) == (message, expected, found)


def test_the_page_has_one_message_for_each_thing_that_is_asked() -> None:
    """A rule without words of its own gets those of the server."""
    rules = (Rule(min_length=1, max_length=3), Rule(pattern="a+", message="Only a"))
    assert list(single_rules(rules, unit="values")) == [
        Rule(min_length=1, message="Too short: at least 1 values"),
        Rule(max_length=3, message="Too long: at most 3 values"),
        Rule(pattern="a+", message="Only a"),
    ]
