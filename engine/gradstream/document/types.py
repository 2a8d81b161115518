"""A YAML file that was read: plain values, and the place of each in the text.

route ("inputs", "steps", "minimum") -> NodePlace(key="minimum", value="1") -> Span
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic, Span
from gradstream.document.line_index import LineIndex, Stretch
from gradstream.redaction.forms import SHORTEST_SECRET
from gradstream.redaction.mask import hide

Route = tuple[str | int, ...]
"""The path from the root to a node: keys of mappings and indices of lists."""

SECRET_UNDER = frozenset({"with", "worker", "access"})
"""A value from the environment below one of these keys is never shown, logged or served."""


class NodePlace(NamedTuple):
    """Where a node is: its key (None for the root and for members of lists) and its value."""

    key: Stretch | None
    value: Stretch


class Document(Struct, frozen=True, kw_only=True):
    """One file's values, with the place of every node by its route.

    `substituted` maps routes to the names of the variables in their value, and `variables` has what the
    environment says of them; `holes` are routes whose value could not be read, each already reported as a
    diagnostic. `below` has the catalog's defaults.
    """

    file: str
    source: str
    values: Any
    places: Mapping[Route, NodePlace]
    lines: LineIndex
    substituted: Mapping[Route, tuple[str, ...]] = {}
    variables: Mapping[str, str] = {}
    holes: frozenset[Route] = frozenset()
    below: "Document | None" = None

    def span(self, route: Route) -> Span:
        """Return the place of the node's value, or that of its nearest ancestor if it is not in the file."""
        holder, near = self._nearest(route)
        place = holder.places[near]
        return holder.lines.span(place.value if near else holder.lines.first_line(), file=holder.file)

    def key_span(self, route: Route) -> Span:
        """Return the place of the node's key, or of its value if it has no key."""
        holder, near = self._nearest(route)
        key = holder.places[near].key
        return self.span(route) if key is None else holder.lines.span(key, file=holder.file)

    def names_at(self, route: Route) -> tuple[str, ...]:
        """Return the names of the variables in the node's value."""
        return self.substituted.get(route, ())

    def is_secret(self, route: Route) -> bool:
        """Return whether the node's value is from the environment and below a key for secrets."""
        return route in self.substituted and any(part in SECRET_UNDER for part in route)

    def secret_values(self) -> tuple[str, ...]:
        """Return the secrets as text, in the order of the file, without repeats.

        A default is none: everybody can read it in the file.
        """
        secret: dict[str, None] = {}
        for route, names in self.substituted.items():
            given = [self.variables[name] for name in names if name in self.variables]
            if given and self.is_secret(route):
                value = self._value(route)
                secret |= {} if isinstance(value, bool | None) else dict.fromkeys((str(value), *given))
        return tuple(text for text in secret if len(text) >= SHORTEST_SECRET)

    def without_secrets(self) -> "Document":
        """Return the document with secrets masked in values that are shown, such as a title."""
        routes = [route for route in self.substituted if self.is_secret(route)]
        secret = {name for route in routes for name in self.substituted[route]}
        values = self.values
        for route, names in self.substituted.items():
            hidden = [self.variables[name] for name in secret.intersection(names) if name in self.variables]
            hidden = [text for text in hidden if len(text) >= SHORTEST_SECRET]
            if hidden and not self.is_secret(route):
                values = _with_value(values, route, hide(str(self._value(route)), hidden))
        return replace(self, values=values)

    def _value(self, route: Route) -> Any:
        value = self.values
        for step in route:
            value = value[step]
        return value

    def _nearest(self, route: Route) -> tuple["Document", Route]:
        if route in self.places:
            return self, route
        if self.below is not None and route in self.below.places:
            return self.below, route
        near = route
        while near not in self.places:
            near = near[:-1]
        return self, near


def _with_value(values: Any, route: Route, value: Any) -> Any:
    """Return a copy of nested lists and mappings with another value at a route."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    copy = list(values) if isinstance(values, list) else dict(values)
    copy[step] = _with_value(values[step], rest, value)  # type: ignore[index]
    return copy


class Reading(Struct, frozen=True, kw_only=True):
    """The result of reading a file. `document` is None if the text could not be parsed."""

    source: str
    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
