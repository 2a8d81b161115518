"""The input kind `location`: a point or a box in a picture, or several, in whole pixels of the picture.

    {"x", "y"} | {"x", "y", "width", "height"} | a list of them --check--> the same, for the function

The size of the picture is known on the page alone: it keeps what a visitor draws within the picture.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import DecodeError, Struct, convert, json

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe
from gradstream.media.pictures.types import MAX_SIDE

PlaceShape = Literal["point", "box"]

KEYS: Mapping[PlaceShape, tuple[str, ...]] = {"point": ("x", "y"), "box": ("x", "y", "width", "height")}
SIZES = frozenset({"width", "height"})
"""Of a box: at least one pixel."""

BETWEEN_PLACES = ";"


class LocationOptions(Struct, frozen=True):
    """The keys of a location input that its value depends on."""

    shape: PlaceShape = "point"
    multiple: bool = False


class LocationInput(InputKind):
    """Hands over a mapping, or a list of them; no place is None, or an empty list."""

    picture_key = "picture"

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about the number of places, if there can be several."""
        return frozenset({"min_length", "max_length"}) if _options(field).multiple else frozenset()

    def check_value(self, value: Any, field: Input) -> Plain | InvalidValue:
        """Return the place or the places, or why one is not accepted."""
        options = _options(field)
        if not options.multiple:
            return None if value is None else _check_place(value, field, options.shape)
        if value is None:
            return []
        if not isinstance(value, list):
            return _wrong(field, expected=f"a list of {_form(options.shape)}", found=describe(value))
        checked = [_check_place(each, field, options.shape) for each in value]
        return next((each for each in checked if isinstance(each, InvalidValue)), checked)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a mapping with the shape's numbers, or of a list of them."""
        options = _options(field)
        keys = KEYS[options.shape]
        one: JsonSchema = {
            "type": "object",
            "properties": {
                key: {"type": "integer", "minimum": _least(key), "maximum": MAX_SIDE} for key in keys
            },
            "required": list(keys),
            "additionalProperties": False,
        }
        if not options.multiple:
            return one
        several: JsonSchema = {"type": "array", "items": one}
        return {**several, "minItems": 1} if field.required else several

    def untouched(self, field: Input) -> Plain:
        """Return no place."""
        return [] if _options(field).multiple else None

    def parse(self, text: str, field: Input) -> Plain:
        """Return the place of `120,80`, of several with `;` between them, or of JSON."""
        try:
            return json.decode(text)
        except DecodeError:
            options = _options(field)
            places = [_parse_place(each, KEYS[options.shape]) for each in text.split(BETWEEN_PLACES)]
            found = places if options.multiple else places[0] if len(places) == 1 else None
            return text if found is None or None in places else found


KINDS: Mapping[str, InputKind] = {"location": LocationInput()}


def _options(field: Input) -> LocationOptions:
    return convert(field.options, LocationOptions)


def _parse_place(text: str, keys: tuple[str, ...]) -> dict[str, int] | None:
    numbers = [each.strip() for each in text.split(",")]
    if len(numbers) != len(keys) or not all(each.isdecimal() for each in numbers):
        return None
    return dict(zip(keys, map(int, numbers), strict=True))


def _check_place(value: Any, field: Input, shape: PlaceShape) -> Plain | InvalidValue:
    keys = KEYS[shape]
    if not isinstance(value, dict) or set(value) != set(keys):
        return _wrong(field, expected=_form(shape), found=_found(value))
    for key in keys:
        number = value[key]
        if not _is_whole(number):
            return _wrong(field, expected=f"a whole number of pixels as `{key}`", found=describe(number))
        if not _least(key) <= number <= MAX_SIDE:
            return InvalidValue(
                code="E-RANGE",
                message=f"{field.label} is not a place in a picture",
                expected=f"`{key}` from {_least(key)} to {MAX_SIDE:,}",
                found=describe(number),
                repair="choose a place in the picture",
            )
    return {key: int(value[key]) for key in keys}


def _is_whole(value: object) -> bool:
    """Return whether a value is an integer, as an int or a float."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _found(value: Any) -> str:
    if not isinstance(value, dict):
        return describe(value)
    return f"a mapping with {', '.join(f'`{key}`' for key in value)}" if value else "an empty mapping"


def _least(key: str) -> int:
    return 1 if key in SIZES else 0


def _form(shape: PlaceShape) -> str:
    return "{" + ", ".join(KEYS[shape]) + "}"


def _wrong(field: Input, *, expected: str, found: str) -> InvalidValue:
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes places in a picture",
        expected=expected,
        found=found,
        repair="send the numbers of pixels from the upper left corner of the picture",
    )
