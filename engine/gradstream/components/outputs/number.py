"""The output kind `number`: one number, or nothing."""

from decimal import Decimal
from typing import Any

from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import plain, scalar
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name


class NumberOutput(OutputKind):
    """Shows an int or a float of any library."""

    def encode(self, value: Any, _output: Output, _store: Store) -> Plain:
        """Return the number; NaN and infinities become None."""
        number = float(value) if isinstance(value, Decimal) else scalar(value)
        if number is None or isinstance(number, int | float):
            return plain(number)
        raise UnusableYieldError(f"expected a number (int, float or NumPy scalar), got {kind_name(value)}")

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a number or null."""
        return {"type": ["number", "null"]}
