"""What the schemas say of a place in a file, by its route.

("limits", "timeout") --properties, items, $ref, anyOf--> schemas that may speak of it
("inputs", "size") --> "inputs": a component, whose keys are those of its kind
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.document.types import Route
from gradstream.format.schema.bundle import Subject, bundle
from gradstream.format.schema.validators import FOLDERS


def component_at(subject: Subject, route: Route) -> str | None:
    """Return "inputs" or "outputs" if a component is at a route, None for anything else."""
    inside = route[1:] if subject == "catalog" and route[:1] == ("defaults",) else route
    return str(inside[0]) if len(inside) == 2 and inside[0] in FOLDERS else None


def schemas_at(subject: Subject, route: Route) -> Iterator[Mapping[str, Any]]:
    """Yield all schemas that may speak of a route; of a component, those that all kinds share."""
    found = list(_parts(subject, bundle(subject)))
    for step in route:
        found = [
            part for schema in found for below in _below(schema, step) for part in _parts(subject, below)
        ]
    yield from found


def _parts(subject: Subject, schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema, and what it refers to and combines."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    if (reference := schema.get("$ref")) is not None:
        name = reference.removeprefix("#/definitions/")
        yield from _parts(subject, bundle(subject)["definitions"].get(name))
    for keyword in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(keyword, ()):
            yield from _parts(subject, each)


def _below(schema: Mapping[str, Any], step: str | int) -> Iterator[Any]:
    """Yield the schemas of a key, or of a list's member."""
    if isinstance(step, int):
        yield schema.get("items")
    elif step in schema.get("properties", {}):
        yield schema["properties"][step]
    else:
        yield schema.get("additionalProperties")
