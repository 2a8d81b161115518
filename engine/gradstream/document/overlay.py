"""Lays one document below another: what the upper one omits comes from the lower one, with its place."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.document.types import Document, Route


def lay_below(upper: Document, lower: Document) -> Document:
    """Return `upper` with the keys that only `lower` has; mappings merge, other values are replaced."""
    kept = {route: names for route, names in lower.substituted.items() if _shows(upper, route)}
    holes = {route for route in lower.holes if _shows(upper, route)}
    return replace(
        upper,
        values=_merge(upper.values, lower.values),
        substituted={**kept, **upper.substituted},
        variables={**lower.variables, **upper.variables},
        holes=upper.holes | holes,
        below=lower,
    )


def part(document: Document, route: Route) -> Document:
    """Return one node as a document, with routes relative to it."""
    depth = len(route)
    values = document.values
    for step in route:
        values = values[step]
    return replace(
        document,
        values=values,
        places={each[depth:]: place for each, place in document.places.items() if each[:depth] == route},
        substituted={
            each[depth:]: names for each, names in document.substituted.items() if each[:depth] == route
        },
        holes=frozenset(each[depth:] for each in document.holes if each[:depth] == route),
    )


def without(document: Document, routes: Collection[Route]) -> Document:
    """Return the document without these nodes."""

    def stays(route: Route) -> bool:
        return not any(route[: len(each)] == each for each in routes)

    values = document.values
    for route in routes:
        values = _without(values, route)
    return replace(
        document,
        values=values,
        places={route: place for route, place in document.places.items() if stays(route)},
        substituted={route: names for route, names in document.substituted.items() if stays(route)},
        holes=frozenset(filter(stays, document.holes)),
    )


def _without(values: Any, route: Route) -> Any:
    if not isinstance(values, Mapping) or route[0] not in values:
        return values
    rest = {key: value for key, value in values.items() if key != route[0]}
    return rest if len(route) == 1 else {**values, route[0]: _without(values[route[0]], route[1:])}


def _merge(upper: Any, lower: Any) -> Any:
    if not isinstance(upper, Mapping) or not isinstance(lower, Mapping):
        return upper
    merged = {key: _merge(value, lower[key]) if key in lower else value for key, value in upper.items()}
    return merged | {key: value for key, value in lower.items() if key not in upper}


def _shows(upper: Document, route: Route) -> bool:
    """Return whether no node of the upper document covers the lower one's at this route."""
    value = upper.values
    for step in route:
        if not isinstance(value, Mapping):
            return False
        if step not in value:
            return True
        value = value[step]
    return False
