"""The output kind `number`: one number, or nothing."""

import math
from collections.abc import Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.kind import OutputKind
from gradstream.components.real_number import as_said, real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name


class NumberOutput(OutputKind):
    """Shows an int or a float of any library."""

    handed_as: ClassVar[str | None] = "number"

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the number; NaN and infinities become None, with a warning."""
        if value is None:
            return None
        number = real_number(value)
        if number is None:
            raise UnusableYieldError(
                f"expected a number (int, float or NumPy scalar), got {kind_name(value)}"
            )
        if isinstance(number, float) and not math.isfinite(number):
            store.warn(
                f"output `{output.name}`: {as_said(value)} cannot be said in JSON and is shown as none"
            )
            return None
        return number

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a number or null."""
        return {"type": ["number", "null"]}


KINDS: Mapping[str, OutputKind] = {"number": NumberOutput()}
