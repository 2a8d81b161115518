"""The number in a value of any library: an int with all of its digits, or a float."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from gradstream.components.plain import scalar
from gradstream.components.types import UnusableYieldError

MAX_EXACT = 2.0**1023
"""Whole numbers of `Decimal` and `Fraction` below this keep their digits; a float says the others."""


MOST_BITS = 13_287
"""4,000 digits: Python writes no more than 4,300 as text, which takes long."""

LONGEST_SAID = 40
"""Characters of a number in a message."""


def as_said(value: Any) -> str:
    """Return a number as its own type writes it: `1E+5000` is not infinite."""
    number = value if isinstance(value, Decimal | Fraction) else real_number(value)
    text = str(number) if not isinstance(number, Fraction) else "a fraction"
    return text if len(text) <= LONGEST_SAID else f"{text[: LONGEST_SAID - 1]}…"


def real_number(value: Any) -> int | float | None:
    """Return the int or float in a value, infinite and NaN included; None when it is not one number.

    `True` and `False`, of Python or NumPy, do not count.
    """
    number = _from_exact(value) if isinstance(value, Decimal | Fraction) else scalar(value)
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    if isinstance(number, int) and number.bit_length() > MOST_BITS:
        raise UnusableYieldError("a whole number of more than 4,000 digits cannot be shown: yield it as text")
    # Subclasses may have another text: the wire has that of the number.
    return int(number) if isinstance(number, int) else float(number)


def _from_exact(value: Decimal | Fraction) -> int | float:
    try:
        number = float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    except ValueError:
        # A signaling NaN.
        return float("nan")
    if abs(number) < MAX_EXACT and number.is_integer() and value == (whole := int(value)):
        return whole
    return number
