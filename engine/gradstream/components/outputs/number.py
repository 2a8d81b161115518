"""The output kind `number`: one number, or nothing."""

from decimal import Decimal
from typing import Any

from gradstream.components.plain import plain, scalar
from gradstream.components.types import Plain, Store, UnusableYield
from gradstream.components.wording import kind_name
from gradstream.format.types import Output


class NumberOutput:
    """Shows an int or a float of any library."""

    def encode(self, value: Any, _output: Output, _store: Store) -> Plain:
        """Return the number; NaN and infinities become None."""
        number = float(value) if isinstance(value, Decimal) else scalar(value)
        if number is None or isinstance(number, int | float):
            return plain(number)
        raise UnusableYield(f"{kind_name(value)} is no number; accepted are int, float and NumPy's numbers")
