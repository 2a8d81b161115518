"""Whether a value that an author wrote fits its input: for defaults and for examples.

Visitors' values are checked by the components; an author's must satisfy the same, and are told where.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gradstream.format.wording import one_of

NUMERIC = frozenset({"number", "slider"})
CHOOSING = frozenset({"radio", "dropdown"})
FILES = frozenset({"image", "audio", "video"})
"""Kinds whose values are files that visitors send: no default, and no part of an example, is served."""

SLIDER_MINIMUM, SLIDER_MAXIMUM = 0, 100
"""What a slider without bounds goes from and to, as the schema says."""


class Misfit(Struct, frozen=True, kw_only=True):
    """Why a value does not fit: what was expected, and what to write."""

    expected: str
    repair: str


def misfit(config: Mapping[str, Any], value: Any) -> Misfit | None:
    """Return why the value does not fit the input; None when it does, or when the input is not known."""
    kind = config.get("type")
    if kind == "text":
        return _text(config, value)
    if kind in NUMERIC:
        return _number(config, value)
    if kind == "checkbox" and not isinstance(value, bool):
        return Misfit(expected="true or false", repair="write true or false, without quotes")
    if kind in CHOOSING:
        return _chosen(config, value)
    return None


def arrives_whole(config: Mapping[str, Any]) -> bool | None:
    """Tell whether the function gets an int (True), a float (False), or the number as it was typed (None).

    An int where minimum, step and default are written as whole numbers; as typed where none of them is given.
    """
    given = config.get("integer")
    if isinstance(given, bool):
        return given
    written = [config[key] for key in ("minimum", "step", "default") if key in config]
    if not written and config.get("type") == "number":
        return None
    return all(isinstance(each, int) for each in written)


def bounds(config: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return the smallest and the largest number that the input accepts, None where there is no bound."""
    is_slider = config.get("type") == "slider"
    minimum = config.get("minimum", SLIDER_MINIMUM if is_slider else None)
    maximum = config.get("maximum", SLIDER_MAXIMUM if is_slider else None)
    return minimum, maximum


def choice_values(config: Mapping[str, Any]) -> list[Any]:
    """Return what can be chosen, as it is handed over."""
    return [each["value"] if isinstance(each, Mapping) else each for each in config.get("choices", ())]


def is_same(one: Any, other: Any) -> bool:
    """Compare two plain values as YAML does: `true` is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _text(config: Mapping[str, Any], value: Any) -> Misfit | None:
    if not isinstance(value, str):
        return Misfit(expected="text", repair=f'put it in quotes: "{value}"')
    longest = config.get("max_length")
    if longest is not None and len(value) > longest:
        return Misfit(
            expected=f"at most {longest} characters", repair=f"shorten it by {len(value) - longest}"
        )
    return None


def _number(config: Mapping[str, Any], value: Any) -> Misfit | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Misfit(expected="a number", repair="write digits, without quotes")
    if arrives_whole(config) and not float(value).is_integer():
        return Misfit(expected="a whole number", repair=f"write {round(value)}, or set `integer: false`")
    minimum, maximum = bounds(config)
    if minimum is not None and value < minimum:
        return Misfit(expected=f"at least {minimum}", repair=f"write {minimum} or more")
    if maximum is not None and value > maximum:
        return Misfit(expected=f"at most {maximum}", repair=f"write {maximum} or less")
    return None


def _chosen(config: Mapping[str, Any], value: Any) -> Misfit | None:
    if config.get("multiple"):
        if not isinstance(value, list):
            return Misfit(expected="a list of choices", repair=f"write it as a list: [{value}]")
        return next((found for each in value if (found := _one_chosen(config, each))), None)
    if isinstance(value, list | dict):
        return Misfit(expected="one of the choices", repair="write one value, or set `multiple: true`")
    return _one_chosen(config, value)


def _one_chosen(config: Mapping[str, Any], value: Any) -> Misfit | None:
    if config.get("allow_custom") or "choices" not in config:
        return None
    known = choice_values(config)
    if any(is_same(value, each) for each in known):
        return None
    return Misfit(expected=one_of(known), repair=f"write {one_of(known)}, or add it to `choices`")
