"""Conditions of `show_if`: values that an input never has, and circles.

show_if: {mode: advansed} --check of the input `mode`--> E-NEVER-SHOWN
         a needs b, b needs a --deciding_first--------> E-CIRCLE
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError
from math import ceil, floor
from typing import Any

from gradstream.document.types import Route
from gradstream.format.conditions import comparisons, deciding_first
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.kinds import InputRules, InvalidValue
from gradstream.format.layout import enclosing_conditions, sections
from gradstream.format.rules.inputs import fixes_of, repair_of
from gradstream.format.rules.layout import names_of
from gradstream.format.types import Condition, Input
from gradstream.format.values import Plain, is_same, written
from gradstream.format.wording import enumerated

BOUNDS = ("minimum", "maximum")


def check_conditions(draft: Draft, inputs: Mapping[str, Input], findings: Findings) -> None:
    """Note conditions that can never hold, and those that depend on themselves."""
    for around, condition in _all_conditions(draft):
        for route, used, asked in comparisons(condition):
            if used in inputs:
                _check_asked((*around, *route), asked, inputs[used], draft, findings)
    _check_circles(draft, findings)


def _all_conditions(draft: Draft) -> Iterator[tuple[Route, Condition]]:
    for folder, components in (("inputs", draft.inputs), ("outputs", draft.outputs)):
        for name, config in components.items():
            yield (folder, name, "show_if"), config.get("show_if", {})
    for around, section in sections(draft.values.get("layout", [])):
        yield (*around, "show_if"), section.get("show_if", {})


def _check_asked(route: Route, asked: Plain, field: Input, draft: Draft, findings: Findings) -> None:
    kind = draft.kinds.inputs[field.kind]
    if kind.takes_file:
        _report_file(route, field, findings)
    elif isinstance(asked, Mapping):
        numbers = _numbers_within(asked, field)
        if all(isinstance(kind.check(each, field), InvalidValue) for each in numbers):
            _report_bounds(route, field, findings)
    else:
        for index, value in enumerate(asked) if isinstance(asked, list) else [(None, asked)]:
            at = route if index is None else (*route, index)
            _check_value(at, value, field, kind, findings)


def _check_value(route: Route, value: Plain, field: Input, kind: InputRules, findings: Findings) -> None:
    several = not isinstance(kind.check([], field), InvalidValue)
    checked = kind.check([value] if several else value, field)
    if isinstance(checked, InvalidValue):
        _report_never(route, field, findings, checked)
        return
    held = checked[0] if several and checked else checked
    if not is_same(held, value) and isinstance(held, str | int | float):
        _report_never(
            route,
            field,
            findings,
            InvalidValue(code="", message="", expected=f"`{written(held)}`", accepted=(held,)),
        )


def _report_never(route: Route, field: Input, findings: Findings, invalid: InvalidValue) -> None:
    document = findings.document
    findings.add(
        route,
        "E-NEVER-SHOWN",
        f"`{field.name}` never has this value, so {_consequence(route)}",
        expected=invalid.expected,
        found=findings.describe(route, _value_at(document.values, route)),
        repair=repair_of(invalid, document, route),
        fixes=fixes_of(invalid, document, route),
    )


def _report_bounds(route: Route, field: Input, findings: Findings) -> None:
    findings.add(
        route,
        "E-NEVER-SHOWN",
        f"`{field.name}` never is a number between these bounds, so {_consequence(route)}",
        expected="bounds between which the input has values",
        found=", ".join(
            f"`{key}: {word}`" for key, word in _value_at(findings.document.values, route).items()
        ),
        repair=f"write bounds that `{field.name}` can reach, or compare it with a value",
        at="key",
    )


def _report_file(route: Route, field: Input, findings: Findings) -> None:
    findings.add(
        route,
        "E-NEVER-SHOWN",
        f"`{field.name}` holds a file, which cannot be compared, so {_consequence(route)}",
        expected="an input whose value is not a file",
        found=f"`{field.name}`",
        repair="compare another input, or remove the condition",
        at="key",
    )


def _consequence(route: Route) -> str:
    is_part = any(isinstance(step, int) for step in route)
    if route[0] == "layout":
        return "this section's condition does not hold"
    return "this part of the condition never holds" if is_part else f"`{route[1]}` is never shown"


def _value_at(values: Any, route: Route) -> Any:
    for step in route:
        values = values[step]
    return values


def _numbers_within(bounds: Mapping[str, Any], field: Input) -> Iterator[Plain]:
    """Yield numbers of which the input accepts one if it accepts any between the bounds."""
    options = field.options
    choices = [choice["value"] for choice in options.get("choices", ())]
    limits = [each.get(key) for each in (bounds, options) for key in BOUNDS]
    numbers = [
        each
        for each in (*limits, field.default, *choices)
        if isinstance(each, int | float) and not isinstance(each, bool)
    ]
    start, step = options.get("minimum") or 0, options.get("step") or 1
    on_steps = [start + step * turn((each - start) / step) for each in numbers for turn in (floor, ceil)]
    for number in (*numbers, *on_steps):
        if bounds.get("minimum", number) <= number <= bounds.get("maximum", number):
            yield number


def _check_circles(draft: Draft, findings: Findings) -> None:
    around = enclosing_conditions(draft.values.get("layout", []), names_of(draft))
    placed = {
        name: [
            *([(("inputs", name, "show_if"), config["show_if"])] if "show_if" in config else ()),
            *around.get(f"inputs.{name}", ()),
        ]
        for name, config in draft.inputs.items()
    }
    conditions = {name: [condition for _, condition in each] for name, each in placed.items() if each}
    while (circle := _circle(conditions)) is not None:
        first = next(name for name in draft.inputs if name in circle)
        at = circle.index(first)
        way = [*circle[at:], *circle[:at], first]
        by = f", by way of {enumerated(way[1:-1])}" if len(circle) > 1 else ""
        findings.add(
            placed[first][0][0],
            "E-CIRCLE",
            f"`{first}` is shown depending on itself{by}",
            expected="a condition on inputs that do not depend on this one",
            found=" → ".join(f"`{name}`" for name in way),
            repair="remove the condition of one of them",
            at="key",
        )
        conditions.pop(first)


def _circle(conditions: Mapping[str, Sequence[Condition]]) -> list[str] | None:
    """Return the names of a circle, each before the one that it depends on; None if there is none."""
    try:
        list(deciding_first(conditions))
    except CycleError as error:
        return list(reversed(error.args[1][1:]))
    return None
