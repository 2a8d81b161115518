"""Which inputs and outputs are shown: `show_if`, decided here as on the page (`web/src/state/conditions.ts`).

    {mode: advanced}             the value, or one of several chosen values, is this one
    {size: [large, huge]}        or one of these
    {count: {minimum: 3}}        a number of at least 3; `maximum` likewise
    {any: [{…}, {…}]}            one of these conditions holds

All parts of a condition must hold. Where an input has no value, its default counts. A condition on an input
that is hidden itself does not hold. Both sides are tested with the cases in
`tests/wire/rules/conditions.json`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any

from gradstream.document.types import Route
from gradstream.format.types import Condition, Input
from gradstream.format.values import Plain, is_same

ANY = "any"
"""The key of a condition below which alternatives are listed; every other key is the name of an input."""


def hidden_inputs(inputs: Sequence[Input], values: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the inputs that are not shown while the inputs have these values, given by name."""
    by_name = {field.name: field for field in inputs}
    hidden: set[str] = set()
    for name in deciding_first({field.name: field.show_if for field in inputs}):
        shown = (_holds(each, by_name, values, hidden) for each in by_name[name].show_if)
        if not all(shown):
            hidden.add(name)
    return frozenset(hidden)


def deciding_first(conditions: Mapping[str, Sequence[Condition]]) -> Iterable[str]:
    """Return names so that each comes after those on which its conditions depend.

    Raises `graphlib.CycleError`, with the names of the circle, where conditions lead back to themselves.
    """
    needed = {
        name: {used for each in given for _, used, _ in comparisons(each) if used in conditions}
        for name, given in conditions.items()
    }
    return TopologicalSorter(needed).static_order()


def comparisons(condition: Mapping[str, Any]) -> Iterator[tuple[Route, str, Plain]]:
    """Yield each comparison: its route within the condition, the input, and what is asked of it."""
    for key, asked in condition.items():
        if key != ANY:
            yield (key,), key, asked
            continue
        for index, one in enumerate(asked):
            yield from (((ANY, index, *route), name, bound) for route, name, bound in comparisons(one))


def _holds(
    condition: Condition, inputs: Mapping[str, Input], values: Mapping[str, Any], hidden: Collection[str]
) -> bool:
    for key, asked in condition.items():
        if key == ANY:
            if not any(_holds(each, inputs, values, hidden) for each in asked):
                return False
        else:
            given = values.get(key)
            value = inputs[key].default if given is None else given
            if key in hidden or not _is_among(value, asked):
                return False
    return True


def _is_among(value: Plain, asked: Plain) -> bool:
    if isinstance(asked, Mapping):
        return _is_within(value, asked)
    wanted = asked if isinstance(asked, list) else [asked]
    chosen = value if isinstance(value, list) else [value]
    return any(is_same(one, each) for one in chosen for each in wanted)


def _is_within(value: Plain, bounds: Mapping[str, Any]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return bool(bounds.get("minimum", value) <= value <= bounds.get("maximum", value))
