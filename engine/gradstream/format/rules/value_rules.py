"""The `rules` of an input as written: patterns that can be read, bounds in order, keys that say something.

rules: {max_length: 200}   or a list of such mappings   --read_rules--> (Rule, …)
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.text_pattern.read import read_pattern
from gradstream.format.text_pattern.types import PatternProblem
from gradstream.format.types import Input, Rule
from gradstream.format.wording import one_of

BOUNDS = (("min_length", "max_length"), ("minimum", "maximum"))
KEYS = ("min_length", "max_length", "minimum", "maximum", "pattern", "message")


def read_rules(
    field: Input, config: Mapping[str, Any], *, usable: frozenset[str], findings: Findings
) -> tuple[Rule, ...]:
    """Return the rules of an input; `usable` are the keys that say something about its values."""
    rules = []
    for route, written in _each(("inputs", field.name, "rules"), config.get("rules", ())):
        given = {key: written[key] for key in KEYS if key in written}
        idle = [key for key in given if key not in usable and key != "message"]
        for key in idle:
            _note_idle((*route, key), field, usable, findings, around=_around(route, given, idle))
        is_sound = _check_pattern(route, given, findings) and _check_bounds(route, given, findings)
        if is_sound and not idle:
            _check_message(route, given, findings)
            rules.append(Rule(**given))
    return tuple(rules)


def _each(route: Route, written: Any) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    if isinstance(written, Mapping):
        yield route, written
    else:
        for index, one in enumerate(written):
            yield (*route, index), one


def _around(route: Route, given: Mapping[str, Any], idle: Sequence[str]) -> Route | None:
    """Return what goes with a key that says nothing, where nothing else of its mapping says anything."""
    return route if len(idle) == 1 and set(given) <= {*idle, "message"} else None


def _note_idle(
    route: Route, field: Input, usable: frozenset[str], findings: Findings, *, around: Route | None
) -> None:
    what = "it" if around is None else "the rule"
    findings.add(
        route,
        "E-RULE-IDLE",
        f"`{route[-1]}` says nothing about the values of `{field.name}`",
        expected=one_of(key for key in KEYS if key in usable) or "no rules: nothing could be compared",
        found=f"`{route[-1]}`",
        repair=f"remove {what}, or check the value in a `validator`",
        at="key",
        fixes=edits.remove(findings.document, around or route),
    )


def _check_pattern(route: Route, given: Mapping[str, Any], findings: Findings) -> bool:
    problem = read_pattern(given.get("pattern", ""))
    if not isinstance(problem, PatternProblem):
        return True
    findings.add(
        (*route, "pattern"),
        "E-PATTERN",
        problem.message,
        expected=problem.expected,
        found=problem.found,
        repair=problem.repair,
    )
    return False


def _check_bounds(route: Route, given: Mapping[str, Any], findings: Findings) -> bool:
    for low, high in BOUNDS:
        if low in given and high in given and given[low] > given[high]:
            findings.add(
                (*route, high),
                "E-RANGE",
                f"`{high}` is below `{low}`, so no value satisfies the rule",
                expected=f"{given[low]} or more",
                found=findings.describe((*route, high), given[high]),
                repair="exchange the two",
            )
            return False
    return True


def _check_message(route: Route, given: Mapping[str, Any], findings: Findings) -> None:
    if len(given) > 1 or "message" not in given:
        return
    findings.add(
        (*route, "message"),
        "E-RULE-IDLE",
        "a rule with a message alone asks for nothing",
        expected=f"{one_of(KEYS[:-1])} beside the message",
        found="`message`",
        repair="say what is asked of the value",
        at="key",
    )
