"""What a function may change of the fields and results that it fills, beside their values.

    gradstream.update(choices=["a", "b"], visible=True) --checked--> plain properties --with_changes--> Input

The worker checks changes as they are yielded; the server reads a visitor's values by the changed field.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import ValidationError
from msgspec.structs import replace

from gradstream.components.plain import plain
from gradstream.components.real_number import real_number
from gradstream.components.registry import input_kind
from gradstream.components.types import UnusableYieldError
from gradstream.format.kinds import InvalidOption
from gradstream.format.types import Condition, Input, Output
from gradstream.format.values import Plain, word
from gradstream.format.wording import describe, guess

Changes = Mapping[str, Plain]
"""Properties by their keys."""

NEVER: tuple[Condition, ...] = ({"any": []},)
"""A condition that does not hold: that of a hidden component."""

TEXTS = ("label", "description", "placeholder")
FLAGS = ("visible", "interactive")
COUNTS = ("lines", "max_length")
COMMON = ("label", "description", "visible")
SYNONYMS = {"info": "description"}
"""What other tools call the same."""


def properties_of(component: Input | Output) -> tuple[str, ...]:
    """Return the keys that a function may change."""
    if isinstance(component, Output):
        return (*COMMON, "placeholder")
    return (*COMMON, "interactive", *sorted(input_kind(component.kind).properties))


def checked(component: Input | Output, given: Mapping[str, Any]) -> dict[str, Plain]:
    """Return changes as they are sent. Raises UnusableYieldError for one that the component does not have."""
    changes = {SYNONYMS.get(key, key): value for key, value in given.items()}
    known = properties_of(component)
    for key in changes:
        if key not in known:
            meant = guess(key, known)
            hint = f"; did you mean {meant}?" if meant else ""
            raise UnusableYieldError(
                f"`{key}` cannot be changed by an update; what can is value, {', '.join(known)}{hint}"
            )
    return {key: _property(key, value) for key, value in changes.items()}


def check_together(field: Input) -> None:
    """Raise UnusableYieldError for properties of a changed field that contradict each other."""
    try:
        found: InvalidOption | None = next(
            iter(input_kind(field.kind).check_options(field, keys=field.options.keys())), None
        )
    except ValidationError as error:
        raise UnusableYieldError(f"the update does not fit the field: {error}") from error
    if found is not None:
        raise UnusableYieldError(f"the update does not fit the field: {found.message}")


def with_changes(field: Input, changes: Changes) -> Input:
    """Return the field with changed properties."""
    kind = input_kind(field.kind)
    own = {key: value for key, value in changes.items() if key in kind.properties}
    options = {key: value for key, value in {**field.options, **own}.items() if value is not None}
    visible = changes.get("visible")
    return kind.complete(
        replace(
            field,
            label=changes.get("label", field.label),
            description=changes.get("description", field.description),
            show_if=field.show_if if visible is None else () if visible else NEVER,
            options=options,
        )
    )


def _property(key: str, value: Any) -> Plain:
    if key == "choices":
        return _choices(value)
    if key in FLAGS:
        return value if isinstance(value, bool) else _refuse(key, "True or False", value)
    if key in TEXTS:
        is_fine = isinstance(value, str) or (value is None and key != "label")
        return plain(value) if is_fine else _refuse(key, "a text", value)
    if isinstance(value, str):
        return value
    number = None if value is None else real_number(value)
    if value is not None and (number is None or (key in COUNTS and not isinstance(number, int))):
        return _refuse(key, "a whole number" if key in COUNTS else "a number", value)
    return number


def _choices(given: Any) -> Plain:
    """Return choices as the format has them; a pair is what is shown, and the value."""
    if not isinstance(given, list | tuple) or not given:
        return _refuse("choices", "a list of choices", given)
    return [_choice(each) for each in given]


def _choice(given: Any) -> dict[str, Plain]:
    label = description = None
    if isinstance(given, Mapping) and "value" in given:
        given, label, description = given["value"], given.get("label"), given.get("description")
    elif isinstance(given, tuple | list) and len(given) == 2:
        label, given = given
    value = plain(given)
    if not isinstance(value, str | int | float):
        _refuse("choices", "texts, numbers, True or False, or pairs of a label and one of these", given)
    return {
        "value": value,
        "label": word(value) if label is None else str(label),
        "description": None if description is None else str(description),
    }


def _refuse(key: str, expected: str, value: Any) -> Plain:
    raise UnusableYieldError(f"expected {expected} as `{key}` of an update, got {describe(value)}")
