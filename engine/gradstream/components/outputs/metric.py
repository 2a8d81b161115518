"""The output kind `metric`: one figure, and how much it has changed.

figure | (figure, change) | {"value", "delta"?} --> {"value", "delta"}
"""

import math
from collections.abc import Mapping
from typing import Any

from gradstream.components.outputs.kind import OutputKind
from gradstream.components.real_number import as_said, real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a figure, (figure, change), or {'value', 'delta'}"


class MetricOutput(OutputKind):
    """Shows a number or a short text, large, with the change below it."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the figure and its change; NaN and infinities become None, with a warning."""
        if value is None:
            return None
        figure, change = _parts(value)
        where = f"output `{output.name}`"
        return {"value": _figure(figure, where, store), "delta": _figure(change, where, store)}

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a figure and its change, or null."""
        figure: JsonSchema = {"type": ["number", "string", "null"]}
        return {
            "type": ["object", "null"],
            "properties": {"value": figure, "delta": figure},
            "required": ["value", "delta"],
            "additionalProperties": False,
        }

    def as_text(self, value: Plain) -> str | None:
        """Return the figure, with its change in brackets."""
        if not isinstance(value, dict):
            return None
        change = "" if value["delta"] is None else f" ({value['delta']})"
        return f"{value['value']}{change}"


KINDS: Mapping[str, OutputKind] = {"metric": MetricOutput()}


def _parts(value: Any) -> tuple[Any, Any]:
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("value", "delta")]
        if "value" not in value or unknown:
            found = f"with {unknown[0]!r}" if unknown else "without 'value'"
            raise UnusableYieldError(f"expected {ACCEPTED}, got a mapping {found}")
        return value["value"], value.get("delta")
    if isinstance(value, tuple | list):
        if len(value) != 2:
            raise UnusableYieldError(f"expected {ACCEPTED}, got a list of {len(value)}")
        return value[0], value[1]
    return value, None


def _figure(value: Any, where: str, store: Store) -> Plain:
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    number = real_number(value)
    if number is None:
        raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")
    if isinstance(number, float) and not math.isfinite(number):
        store.warn(f"{where}: {as_said(value)} cannot be said in JSON and is shown as none")
        return None
    return number
