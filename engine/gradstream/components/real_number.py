"""The number in a value of any library: an int with all of its digits, or a float."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from gradstream.components.plain import scalar

MAX_EXACT = 2.0**1023
"""Whole numbers of `Decimal` and `Fraction` below this keep their digits; a float says the others."""


def real_number(value: Any) -> int | float | None:
    """Return the int or float in a value, infinite and NaN included; None when it is not one number.

    `True` and `False`, of Python or NumPy, do not count.
    """
    number = _from_exact(value) if isinstance(value, Decimal | Fraction) else scalar(value)
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
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
