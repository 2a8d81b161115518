"""The input kinds `number` and `slider`: one value within a range.

Numbers arrive as written. Where minimum, step and default are whole, or the YAML says `integer: true`, the
generator gets an int, else a float; a number about which the YAML says nothing arrives as the visitor wrote
it.
"""

import math
from collections.abc import Iterator

from msgspec import Struct, convert

from gradstream.components.types import Plain, Problem
from gradstream.components.wording import describe
from gradstream.format.types import Input

Number = int | float

STEP_TOLERANCE = 1e-6
"""Share of a step by which a value may miss it: 0.1 added three times is not 0.3."""


class Options(Struct, frozen=True):
    """The keys of a number that its value depends on."""

    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    integer: bool | None = None


class NumberInput:
    """Hands over an int or a float; a field that nobody filled in is None."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return the number as int or float, or what is wrong with it."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return _not_a_number(value, field)
        options = convert(field.options, Options)
        number = _as_written(value, _whole(options, field.default))
        if number is None:
            return _not_whole(value, field)
        return _range_problem(number, options, field) or _step_problem(number, options, field) or number

    def decode(self, plain: Plain, _field: Input) -> Plain:
        """Return the number."""
        return plain


def _whole(options: Options, default: object) -> bool | None:
    """Tell whether values are ints (True), floats (False), or as the visitor writes them (None)."""
    if options.integer is not None:
        return options.integer
    given = [one for one in (options.minimum, options.step, default) if isinstance(one, int | float)]
    return all(_is_whole(one) for one in given) if given else None


def _is_whole(number: Number) -> bool:
    return isinstance(number, int) or number.is_integer()


def _as_written(value: Number, whole: bool | None) -> Number | None:  # noqa: FBT001 (three states, named where it is called)
    match whole:
        case True:
            return int(value) if _is_whole(value) else None
        case False:
            return float(value)
        case None:
            return value


def _not_a_number(value: object, field: Input) -> Problem:
    repair = f"send {value} without quotes" if isinstance(value, str) and _reads_as_number(value) else ""
    return Problem(
        code="E-TYPE",
        message=f"{field.label} takes a number",
        expected="a number",
        found=describe(value),
        repair=repair,
    )


def _reads_as_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _not_whole(value: Number, field: Input) -> Problem:
    return Problem(
        code="E-NOT-WHOLE",
        message=f"{field.label} takes whole numbers",
        expected="a whole number",
        found=describe(value),
        repair=f"{math.floor(value)} or {math.ceil(value)}",
    )


def _range_problem(number: Number, options: Options, field: Input) -> Problem | None:
    low, high = options.minimum, options.maximum
    if low is not None and number < low:
        nearest, message = low, f"{field.label} is too small"
    elif high is not None and number > high:
        nearest, message = high, f"{field.label} is too large"
    else:
        return None
    return Problem(
        code="E-RANGE",
        message=message,
        expected=_range_words(low, high),
        found=describe(number),
        repair=f"the nearest is {nearest}",
    )


def _range_words(low: Number | None, high: Number | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"from {low} to {high}"


def _step_problem(number: Number, options: Options, field: Input) -> Problem | None:
    """Check the step as HTML does: counted from the minimum, else from the default, else from 0."""
    step = options.step
    if not step:
        return None
    starts = (options.minimum, field.default, 0)
    start = next(one for one in starts if isinstance(one, int | float))
    count = (number - start) / step
    if abs(count - round(count)) <= STEP_TOLERANCE:
        return None
    near = dict.fromkeys(f"{one:g}" for one in _neighbours(start, step, count) if _within(one, options))
    return Problem(
        code="E-STEP",
        message=f"{field.label} moves in steps of {step}",
        expected=f"a multiple of {step}, counted from {start}",
        found=describe(number),
        repair=" or ".join(near),
    )


def _neighbours(start: Number, step: Number, count: float) -> Iterator[Number]:
    yield start + step * math.floor(count)
    yield start + step * math.ceil(count)


def _within(number: Number, options: Options) -> bool:
    low, high = options.minimum, options.maximum
    return (low is None or number >= low) and (high is None or number <= high)
