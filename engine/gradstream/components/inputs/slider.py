"""The input kind `slider`: a number chosen by dragging a handle, or with `range: true` two of them.

[2, 8] --check--> [2, 8] --decode--> (2, 8)
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import DecodeError, Struct, convert, json

from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.number import NumberInput, largest
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain, written
from gradstream.format.wording import describe

BETWEEN_NUMBERS = ";"
"""Separates the two in a cell of a CSV file, where a comma separates cells."""


class SliderOptions(Struct, frozen=True):
    """The keys of a slider that the form of its value depends on."""

    range: bool = False


class SliderInput(NumberInput):
    """Hands over an int or a float, or a tuple of two of which the first is not the greater one."""

    page_events: ClassVar[tuple[str, ...]] = ("change",)

    properties = frozenset({"minimum", "maximum", "step"})

    is_range = True

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the number or both, or why the value is not accepted."""
        if value is None or not _has_range(field):
            return super().check_value(value, field)
        if not isinstance(value, list) or len(value) != 2:
            return _not_two(value, field)
        checked: list[Plain] = []
        for one in value:
            end = super().check_value(one, field)
            if isinstance(end, InvalidValue):
                # What would be accepted is about one of the two, and nothing to write in place of both.
                return _of_one(end)
            checked.append(end)
        low, high = checked
        if low is None or high is None:
            return _not_two(value, field)
        return [low, high] if low <= high else _turned(low, high, field)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return the number, or a tuple of both."""
        return tuple(plain) if isinstance(plain, list) else plain

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a number within the range, or of two."""
        one = super().value_schema(field)
        if not _has_range(field):
            return one
        return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}

    def untouched(self, field: Input) -> Plain:
        """Return the minimum, or the whole range."""
        low = field.options["minimum"]
        return [low, largest(field)] if _has_range(field) else low

    def parse(self, text: str, field: Input) -> Plain:
        """Return the number, or both: `2;8`, or as JSON."""
        if not _has_range(field):
            return super().parse(text, field)
        try:
            return json.decode(text)
        except DecodeError:
            return [super(SliderInput, self).parse(part, field) for part in text.split(BETWEEN_NUMBERS)]


KINDS: Mapping[str, InputKind] = {"slider": SliderInput()}


def _has_range(field: Input) -> bool:
    return convert(field.options, SliderOptions).range


def _of_one(problem: InvalidValue) -> InvalidValue:
    return InvalidValue(
        code=problem.code,
        message=problem.message,
        expected=problem.expected,
        found=problem.found,
        repair=problem.repair,
        remedy=problem.remedy,
    )


def _not_two(value: object, field: Input) -> InvalidValue:
    low, high = field.options["minimum"], field.options["maximum"]
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes two numbers",
        expected=f"a list of two numbers, such as {written([low, high])}",
        found=f"a list of {len(value)}" if isinstance(value, list) else describe(value),
        repair="send both numbers, the lower one first",
        remedy="write both numbers between square brackets, or remove `range: true`",
    )


def _turned(low: float, high: float, field: Input) -> InvalidValue:
    return InvalidValue(
        code="E-RANGE",
        message=f"{field.label} has its numbers the wrong way round",
        expected="the lower number first",
        found=written([low, high]),
        repair=f"send {written([high, low])}",
        accepted=([high, low],),
    )
