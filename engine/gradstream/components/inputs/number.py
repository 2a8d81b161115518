"""The input kind `number`: one value within a range.

Numbers arrive as written. Where minimum, step and default are whole, or the YAML says `integer: true`, the
generator gets an int, else a float; a number about which the YAML says nothing arrives as the visitor wrote
it.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar

from msgspec import Struct, convert
from msgspec.structs import replace

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidOption, InvalidValue
from gradstream.format.mistakes.numerals import number_in
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import LONGEST_GUESSED, describe

Number = int | float

STEP_TOLERANCE = 1e-6
"""Share of a step by which a value may miss it: 0.1 added three times is not 0.3."""


class NumberOptions(Struct, frozen=True):
    """The keys of a number that its value depends on; `integer` None: as the visitor writes it."""

    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    integer: bool | None = None


class NumberInput(InputKind):
    """Hands over an int or a float, None for a field that was not filled in."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "submit", "clear")

    properties = frozenset({"minimum", "maximum", "step", "placeholder"})

    is_range: ClassVar[bool] = False
    """Whether the maximum must be above the minimum, and not only equal to it."""

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about numbers."""
        return frozenset({"minimum", "maximum"})

    def is_awaited(self, field: Input) -> bool:
        """Return whether nothing is written in it at first."""
        return field.default is None

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the number as int or float, or why the value is not accepted."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return _not_a_number(value, field)
        options = convert(field.options, NumberOptions)
        if options.integer and not _is_whole(value):
            return _not_whole(value, field)
        number = _converted(value, options)
        return _range_problem(number, options, field) or _step_problem(number, options, field) or number

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a number within the range; the check of steps allows for rounding."""
        options = convert(field.options, NumberOptions)
        name = "integer" if options.integer else "number"
        schema: JsonSchema = {"type": name}
        if options.minimum is not None:
            schema["minimum"] = options.minimum
        if options.maximum is not None:
            schema["maximum"] = options.maximum
        return schema

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield an empty range, and bounds that are not whole beside `integer: true`."""
        options = convert(field.options, NumberOptions)
        low, high = options.minimum, options.maximum
        if low is not None and high is not None and (low > high or (low == high and self.is_range)):
            yield _empty_range(low, high, field, keys)
        if options.integer:
            for key in ("minimum", "maximum", "step"):
                value = getattr(options, key)
                if value is not None and not _is_whole(value):
                    yield _fraction(key, value)

    def complete(self, field: Input) -> Input:
        """Return the input with `integer` as its other numbers are written."""
        return replace(field, options={**field.options, "integer": _arrives_whole(field)})

    def parse(self, text: str, field: Input) -> Plain:
        """Return the number."""
        for convert_to in (int, float):
            try:
                return convert_to(text)
            except ValueError:
                continue
        return text


KINDS: Mapping[str, InputKind] = {"number": NumberInput()}


def _arrives_whole(field: Input) -> bool | None:
    options = convert(field.options, NumberOptions)
    if options.integer is not None:
        return options.integer
    default = field.default if isinstance(field.default, list) else [field.default]
    written = [one for one in (options.minimum, options.step, *default) if isinstance(one, int | float)]
    return all(isinstance(one, int) for one in written) if written else None


def _is_whole(number: Number) -> bool:
    return isinstance(number, int) or number.is_integer()


def _converted(value: Number, options: NumberOptions) -> Number:
    match options.integer:
        case True:
            return int(value)
        case False:
            return float(value)
        case None:
            return value


def _empty_range(low: Number, high: Number, field: Input, keys: Collection[str]) -> InvalidOption:
    default = field.default if isinstance(field.default, list) else [field.default]
    fits = all(high <= one <= low for one in default if isinstance(one, int | float))
    is_swapped = low > high and {"minimum", "maximum"} <= set(keys) and fits
    return InvalidOption(
        route=("maximum" if "maximum" in keys else "minimum",),
        code="E-RANGE",
        message=f"there is nothing between a minimum of {low} and a maximum of {high}",
        expected="a minimum below the maximum",
        found=f"{low} to {high}",
        repair=f"write minimum: {high} and maximum: {low}"
        if is_swapped
        else "raise the maximum, or lower the minimum",
        suggested={"minimum": high, "maximum": low} if is_swapped else {},
    )


def _fraction(key: str, value: Number) -> InvalidOption:
    return InvalidOption(
        route=(key,),
        code="E-RANGE",
        message=f"`{key}` is not a whole number, and `integer: true` asks for whole numbers",
        expected="a whole number",
        repair=f"write {round(value)}, or remove `integer: true`",
    )


def _not_a_number(value: object, field: Input) -> InvalidValue:
    meant = _number_in(value)
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes a number",
        expected="a number",
        found=describe(value),
        repair="" if meant is None else f"send {value} without quotes",
        accepted=_readings(value) if meant is None else (meant,),
    )


def _readings(value: object) -> tuple[Number, ...]:
    """Return the number that a text stands for as people write it: `1,5`, `five`."""
    written = number_in(value) if isinstance(value, str) and len(value) <= LONGEST_GUESSED else None
    number = None if written is None else _number_in(written)
    return () if number is None else (number,)


def _number_in(value: Any) -> Number | None:
    try:
        number = float(value) if isinstance(value, str) and len(value) <= LONGEST_GUESSED else math.nan
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _not_whole(value: Number, field: Input) -> InvalidValue:
    near = (math.floor(value), math.ceil(value))
    return InvalidValue(
        code="E-NOT-WHOLE",
        message=f"{field.label} takes whole numbers",
        expected="a whole number",
        found=describe(value),
        repair=f"{near[0]} or {near[1]}",
        accepted=near,
        remedy="set `integer: false`",
    )


def _range_problem(number: Number, options: NumberOptions, field: Input) -> InvalidValue | None:
    low, high = options.minimum, options.maximum
    if low is not None and number < low:
        nearest, size, remedy = low, "small", "lower `minimum`"
    elif high is not None and number > high:
        nearest, size, remedy = _largest(high, options, field), "large", "raise `maximum`"
    else:
        return None
    return InvalidValue(
        code="E-RANGE",
        message=f"{field.label} is too {size}",
        expected=_range_words(low, high),
        found=describe(number),
        repair=f"the nearest is {nearest}",
        accepted=(nearest,),
        remedy=remedy,
    )


def largest(field: Input) -> Number | None:
    """Return the largest number that an input accepts, None where it has no maximum."""
    options = convert(field.options, NumberOptions)
    return None if options.maximum is None else _largest(options.maximum, options, field)


def _largest(high: Number, options: NumberOptions, field: Input) -> Number:
    """Return the largest number in steps that is not above the maximum."""
    top = math.floor(high) if options.integer else high
    if not options.step:
        return top
    start = _start(options, field)
    count = _steps(top, start, options.step)
    return top if count is None else next(_neighbours(start, options.step, count + STEP_TOLERANCE))


def _range_words(low: Number | None, high: Number | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"from {low} to {high}"


def _step_problem(number: Number, options: NumberOptions, field: Input) -> InvalidValue | None:
    """Check the step as HTML does: counted from the minimum, else from the default, else from 0."""
    step = options.step
    if not step:
        return None
    start = _start(options, field)
    count = _steps(number, start, step)
    if count is None or abs(count - round(count)) <= STEP_TOLERANCE:
        return None
    near = [one for one in _neighbours(start, step, count) if _is_within(one, options)]
    return InvalidValue(
        code="E-STEP",
        message=f"{field.label} moves in steps of {step}",
        expected=f"a multiple of {step}, counted from {start}",
        found=describe(number),
        repair=" or ".join(dict.fromkeys(f"{one:g}" for one in near)),
        accepted=tuple(near),
        remedy="change `step`",
    )


def _start(options: NumberOptions, field: Input) -> Number:
    starts = (options.minimum, field.default, 0)
    return next(one for one in starts if isinstance(one, int | float))


def _steps(number: Number, start: Number, step: Number) -> float | None:
    """Return the distance in steps; None where no float is between two steps, as they are too far away."""
    count = (number - start) / step
    return count if math.isfinite(count) else None


def _neighbours(start: Number, step: Number, count: float) -> Iterator[Number]:
    """Yield the numbers below and above, without the noise of adding fractions."""
    for steps in (math.floor(count), math.ceil(count)):
        exact = start + step * steps
        yield exact if isinstance(exact, int) else float(f"{exact:.12g}")


def _is_within(number: Number, options: NumberOptions) -> bool:
    low, high = options.minimum, options.maximum
    return (low is None or number >= low) and (high is None or number <= high)
