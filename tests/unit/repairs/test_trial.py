"""Repairs that are tried before they are said."""

import re
from collections.abc import Iterator

from gradstream.diagnostics import Diagnostic, Fix, TextEdit
from gradstream.document.line_index import Stretch, index_lines
from gradstream.repairs import trial
from gradstream.repairs.safe import repaired
from gradstream.repairs.trial import Verdict, settle

RULES = {"bad": "good", "ping": "pong", "pong": "ping", "first": "second", "second": "third"}
"""A language of words: a word on the left is a mistake, whose repair is the word on the right."""

VAIN = {"worse": "worse still", "trap": "dead", "two": ""}


def finding(text: str, found: re.Match[str], *fixes: str) -> Diagnostic:
    """Return the finding about a word."""
    span = index_lines(text).span(Stretch(found.start(), found.end()), file="words")
    ways = tuple(Fix(title=f"write {new}", edits=(TextEdit(span=span, text=new),)) for new in fixes)
    repair = f"write {' or '.join(fixes)}" if fixes else "think"
    return Diagnostic(
        span=span,
        code=f"E-{found.group()[:3].upper()}",
        message=f"`{found.group()}`",
        repair=repair,
        fixes=ways,
    )


def words_of(text: str) -> Iterator[Diagnostic]:
    """Yield a finding for each word that is one; `echo` is wrong only beside `bad`."""
    for found in re.finditer(r"\w+", text):
        word = found.group()
        if word in RULES:
            yield finding(text, found, RULES[word])
        elif word in VAIN:
            yield finding(text, found, *(("x", "dead") if word == "two" else (VAIN[word],)))
        elif word == "dead" or (word == "echo" and "bad" in text):
            yield finding(text, found)


def judge(text: str) -> Verdict:
    """Check a text of words."""
    return Verdict(diagnostics=tuple(words_of(text)))


def find(text: str) -> tuple[Diagnostic, ...]:
    """Return the findings with the repairs that work."""
    return settle(text, judge(text), judge)


def said(text: str) -> list[str]:
    """Return the repairs of a text."""
    return [each.repair for each in find(text)]


def test_a_repair_that_works_is_said() -> None:
    """Its finding goes and no other comes."""
    (found,) = find("a bad word")
    assert found.repair == "write good"
    assert len(found.fixes) == 1


def test_a_repair_that_brings_another_mistake_is_not_promised() -> None:
    """The words say what would come."""
    (found,) = find("a trap")
    assert found.repair == "write dead; that alone is not enough: `dead`"
    assert found.fixes == ()


def test_a_repair_that_leaves_its_finding_is_not_said() -> None:
    """It would be followed in vain."""
    (found,) = find("worse")
    assert found.repair == "see the example on the page of E-WOR"
    assert found.fixes == ()


def test_two_repairs_that_belong_together_are_said_together() -> None:
    """The second is the answer to what comes by the first, and both are one fix."""
    (found,) = find("the first word")
    assert found.repair == "write second; then, as `second`, write third"
    assert repaired("the first word", find) == "the third word"


def test_two_rules_that_lead_to_each_other_promise_nothing() -> None:
    """An author would go in a circle."""
    assert said("ping") == ["write pong; that alone is not enough: `pong`"]
    assert repaired("ping", find) == "ping"


def test_an_echo_is_not_told() -> None:
    """What another's repair removes is no mistake of its own."""
    assert said("bad echo echo") == ["write good"]


def test_of_several_ways_those_that_work_are_left_and_none_is_made_by_itself() -> None:
    """A program does not guess; where one way is left, it is certain."""
    assert said("two") == ["write x"]
    assert repaired("two", find) == "x"


def test_other_mistakes_stay_and_are_repaired_in_one_go() -> None:
    """A repair is judged by its own finding, whatever else is wrong."""
    assert said("bad trap bad") == [
        "write good",
        "write dead; that alone is not enough: `dead`",
        "write good",
    ]
    assert repaired("bad trap bad", find) == "good trap good"


def test_a_text_costs_a_bounded_number_of_checks() -> None:
    """A file with a thousand mistakes is checked some times again, and a large one not at all."""
    checks = []

    def counted(text: str) -> Verdict:
        checks.append(text)
        return judge(text)

    text = "bad " * 1000
    found = settle(text, judge(text), counted)
    assert len(checks) == trial.MOST_TRIALS
    assert [bool(each.fixes) for each in found[: trial.MOST_TRIALS + 1]] == [True] * trial.MOST_TRIALS + [
        False
    ]
    checks.clear()
    large = text + " " * trial.MOST_CHARACTERS
    settle(large, judge(large), counted)
    assert checks == []
