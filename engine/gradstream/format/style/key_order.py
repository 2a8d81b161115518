"""The order of keys: that of the documentation.

    route of a mapping, its values --schemas--> keys in order | None where the keys are names of the author's

A component begins with type, label, description and how it is streamed; then come its kind's own keys, and
last what all kinds have. Everywhere else the order is that of the schema.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.document.types import Route
from gradstream.format.schema.bundle import Subject
from gradstream.format.schema.lookup import component_at, schemas_at
from gradstream.format.schema.validators import load_schemas

FIRST = ("type", "label", "description", "streaming", "updates")
LAST = ("default", "required", "placeholder", "section", "show_if", "rules", "validator")


def key_order(subject: Subject, route: Route, value: Mapping[Any, Any]) -> Sequence[str] | None:
    """Return the order of the keys of the mapping at a route; None where every order is the author's."""
    side = component_at(subject, route)
    if side is not None:
        return _component_order(side, value.get("type"))
    keys = dict.fromkeys(key for schema in schemas_at(subject, route) for key in schema.get("properties", ()))
    return list(keys) or None


def _component_order(side: str, kind: Any) -> Sequence[str]:
    kinds = load_schemas().kinds[side]
    keys = list(kinds[kind]["properties"]) if isinstance(kind, str) and kind in kinds else []
    own = [key for key in keys if key not in FIRST and key not in LAST]
    return [*FIRST, *own, *LAST]
