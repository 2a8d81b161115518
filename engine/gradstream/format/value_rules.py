"""What the `rules` of an input ask of its values, decided here as on the page (`web/src/state/rules.ts`).

    {max_length: 200, message: Please be brief}    characters of a text, or members of a list
    {pattern: "[a-z]+"}                            the whole text, or each text of a list
    {minimum: 1, maximum: 9}                       a number, or each number of a list

A value that is not given satisfies all rules: `required` is for that. Both sides are tested with the cases in
`tests/wire/rules/values.json`.
"""

from collections.abc import Iterator, Sequence

from gradstream.format.kinds import InvalidValue
from gradstream.format.text_pattern.match import matches
from gradstream.format.types import Rule
from gradstream.format.values import Plain
from gradstream.format.wording import describe

ASKED = {
    "min_length": ("too short", "at least {bound} {unit}"),
    "max_length": ("too long", "at most {bound} {unit}"),
    "minimum": ("too small", "{bound} or more"),
    "maximum": ("too large", "{bound} or less"),
    "pattern": ("not in the right form", "a text that matches `{bound}`"),
}
"""What a value is that does not satisfy a part of a rule, and what is expected."""


def broken_rule(value: Plain, rules: Sequence[Rule], *, label: str) -> InvalidValue | None:
    """Return why a value does not satisfy the rules, None if it does."""
    if value in (None, "", []):
        return None
    unit = "values" if isinstance(value, list) else "characters"
    for rule in rules:
        found = _departure(value, rule)
        if found is not None:
            key, departing = found
            said, expected = ASKED[key][0], _expected(rule, key, unit)
            is_length = key in ("min_length", "max_length")
            return InvalidValue(
                code="E-RULE",
                message=rule.message or f"{label} is {said}",
                expected=expected,
                found=f"{len(departing)} {unit}" if is_length else describe(departing),
                repair="" if rule.message else f"give {expected}",
                remedy=f"write {expected}, or change `rules`",
            )
    return None


def single_rules(rules: Sequence[Rule], *, unit: str) -> Iterator[Rule]:
    """Yield rules that ask for one thing each, with what is said if a value is not so."""
    for rule in rules:
        for key, (said, _) in ASKED.items():
            bound = getattr(rule, key)
            if bound is not None:
                message = rule.message or f"{said.capitalize()}: {_expected(rule, key, unit)}"
                yield Rule(**{key: bound}, message=message)


def _expected(rule: Rule, key: str, unit: str) -> str:
    return ASKED[key][1].format(bound=getattr(rule, key), unit=unit)


def _departure(value: Plain, rule: Rule) -> tuple[str, Plain] | None:
    """Return the part of a rule that a value does not satisfy, and the value or member that it is about."""
    if isinstance(value, str | list):
        if rule.min_length is not None and len(value) < rule.min_length:
            return "min_length", value
        if rule.max_length is not None and len(value) > rule.max_length:
            return "max_length", value
    for one in value if isinstance(value, list) else [value]:
        key = _departure_of_one(one, rule)
        if key is not None:
            return key, one
    return None


def _departure_of_one(value: Plain, rule: Rule) -> str | None:
    if isinstance(value, str):
        return None if rule.pattern is None or matches(rule.pattern, value) else "pattern"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if rule.minimum is not None and value < rule.minimum:
            return "minimum"
        if rule.maximum is not None and value > rule.maximum:
            return "maximum"
    return None
