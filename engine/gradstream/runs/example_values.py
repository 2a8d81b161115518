"""Which example a wish is for: the one that has exactly its values, so that a recording can stand for both.

A run may stand for an example only where the values alone decide its result: no changed properties, no event,
nothing asked for beside it.
"""

from collections.abc import Mapping
from typing import Any

from gradstream.format.types import Demo
from gradstream.runs.contract import RunWish


def example_of(wish: RunWish) -> int | None:
    """Return the number of the example; None for other values, or where no recording may be kept."""
    demo = wish.demo
    if not demo.cache or wish.event is not None or wish.exact or wish.properties:
        return None
    (action,) = demo.actions
    if wish.action not in (None, action.name):
        return None
    names = {*action.inputs, *wish.inputs} & {field.name for field in demo.inputs}
    given = {name: wish.inputs.get(name, _default(demo, name)) for name in names}
    return next(
        (number for number, example in enumerate(demo.examples) if _is_same(given, example.inputs)), None
    )


def _default(demo: Demo, name: str) -> Any:
    return next(field.default for field in demo.inputs if field.name == name)


def _is_same(given: Mapping[str, Any], example: Mapping[str, Any]) -> bool:
    return all(name in example and _equal(value, example[name]) for name, value in given.items())


def _equal(one: Any, other: Any) -> bool:
    """Return whether two plain values are the same; true is not 1, although Python has it so."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
