"""What jsonschema found, taken out of its exceptions once: where, and what the schema asks there."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from gradstream.document.types import Route


class Departure(Struct, frozen=True, kw_only=True):
    """One place at which values depart from a schema.

    `keyword` is JSON Schema's (`type`, `enum`, …) or one of ours for components; `bound` is what the schema
    asks, `value` what is there, and `schema` the part of the schema that has the keyword.
    """

    route: Route
    keyword: str
    bound: Any
    value: Any
    schema: Mapping[str, Any]


def departures(validator: Any, values: Any) -> Iterator[Departure]:
    """Yield every departure of the values from the validator's schema."""
    for error in validator.iter_errors(values):
        yield Departure(
            route=tuple(error.absolute_path),
            keyword=str(error.validator),
            bound=error.validator_value,
            value=error.instance,
            schema=error.schema if isinstance(error.schema, Mapping) else {},
        )
