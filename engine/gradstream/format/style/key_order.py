"""The order of keys: that of the documentation.

    route of a mapping, its values --schemas--> keys in order | None where the keys are names of the author's

A component begins with type, label, description and how it is streamed; then come its kind's own keys, and
last what all kinds have. Everywhere else the order is that of the schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from gradstream.document.types import Route
from gradstream.format.schema.bundle import Subject, bundle
from gradstream.format.schema.validators import FOLDERS, load_schemas

FIRST = ("type", "label", "description", "streaming", "updates")
LAST = ("default", "required", "placeholder", "section", "show_if", "rules", "validator")


def key_order(subject: Subject, route: Route, value: Mapping[Any, Any]) -> Sequence[str] | None:
    """Return the order of the keys of the mapping at a route; None where every order is the author's."""
    inside = route[1:] if subject == "catalog" and route[:1] == ("defaults",) else route
    if len(inside) == 2 and inside[0] in FOLDERS:
        return _component_order(str(inside[0]), value.get("type"))
    keys = dict.fromkeys(
        key for schema in _schemas_at(subject, route) for key in schema.get("properties", ())
    )
    return list(keys) or None


def _component_order(side: str, kind: Any) -> Sequence[str]:
    kinds = load_schemas().kinds[side]
    keys = list(kinds[kind]["properties"]) if isinstance(kind, str) and kind in kinds else []
    own = [key for key in keys if key not in FIRST and key not in LAST]
    return [*FIRST, *own, *LAST]


def _schemas_at(subject: Subject, route: Route) -> Iterator[Mapping[str, Any]]:
    """Yield all schemas that may speak of a route."""
    found = list(_parts(subject, _bundled(subject)))
    for step in route:
        found = [
            part for schema in found for below in _below(schema, step) for part in _parts(subject, below)
        ]
    yield from found


@cache
def _bundled(subject: Subject) -> Mapping[str, Any]:
    return bundle(subject)


def _parts(subject: Subject, schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema, and what it refers to and combines."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    if (reference := schema.get("$ref")) is not None:
        name = reference.removeprefix("#/definitions/")
        yield from _parts(subject, _bundled(subject)["definitions"].get(name))
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
