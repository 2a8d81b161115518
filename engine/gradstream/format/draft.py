"""A demo between schema and spec: plain values of which every one has passed the schema, in one shape.

Document --prune(wrong)--> values without what was found wrong --expand--> Draft --rules, load--> Demo
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gradstream.document.types import Document, Route
from gradstream.format.findings import Findings
from gradstream.format.kinds import Kinds
from gradstream.limits import Limits

ACTION_KEYS = ("button", "with", "returns", "live", "every", "on_open", "runs_on")
"""Keys of an action that are allowed at the top, where `generator` is the only action."""

NAMED = frozenset({"inputs", "outputs", "actions"})
"""Under these keys a wrong member keeps its name, so that uses of the name are not reported as well."""


class DemoPlace(Struct, frozen=True, kw_only=True):
    """Where a demo stands: its address, its file relative to `root`, and absolute folders."""

    address: str
    file: str
    folder: str
    root: str
    examples_bytes: int = Limits().examples_bytes
    """How large a file of examples may be."""


class ActionDraft(Struct, frozen=True, kw_only=True):
    """One action's keys, and the route under which they are written; () for the top-level generator."""

    name: str
    route: Route
    values: Mapping[str, Any]

    def at(self, *steps: str | int) -> Route:
        """Return the route of one of the action's keys."""
        return (*self.route, *steps)


class Draft(Struct, frozen=True, kw_only=True):
    """What can be relied on: components as mappings with a known `type`, or empty where they are wrong."""

    document: Document
    place: DemoPlace
    kinds: Kinds
    values: Mapping[str, Any]
    inputs: Mapping[str, Mapping[str, Any]]
    outputs: Mapping[str, Mapping[str, Any]]
    actions: tuple[ActionDraft, ...]

    @property
    def state(self) -> Mapping[str, Any]:
        """The values that are kept per visitor."""
        state: Mapping[str, Any] = self.values.get("state", {})
        return state


def draft(findings: Findings, *, place: DemoPlace, kinds: Kinds) -> Draft:
    """Return what is sound in the findings' document."""
    document = findings.document
    values = prune(document.values, findings.wrong)
    return Draft(
        document=document,
        place=place,
        kinds=kinds,
        values=values,
        inputs=_expand(values.get("inputs", {})),
        outputs=_expand(values.get("outputs", {})),
        actions=_actions(values),
    )


def prune(values: Any, wrong: frozenset[Route]) -> Any:
    """Return the values without the nodes at these routes; a list with a wrong member goes as a whole."""
    if not wrong:
        return values
    return _without(values, (), frozenset(_up_to_list(route) for route in wrong))


def _up_to_list(route: Route) -> Route:
    for index, step in enumerate(route):
        if isinstance(step, int):
            return route[:index]
    return route


def _without(values: Any, route: Route, wrong: frozenset[Route]) -> Any:
    if not isinstance(values, Mapping):
        return values
    kept = {}
    for key, value in values.items():
        below = (*route, key)
        if below not in wrong:
            kept[key] = _without(value, below, wrong)
        elif len(below) == 2 and below[0] in NAMED:
            kept[key] = {}
    return kept


def _expand(components: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        name: {"type": component} if isinstance(component, str) else component
        for name, component in components.items()
    }


def _actions(values: Mapping[str, Any]) -> tuple[ActionDraft, ...]:
    named = values.get("actions")
    if isinstance(named, Mapping):
        return tuple(
            ActionDraft(name=name, route=("actions", name), values=action) for name, action in named.items()
        )
    own = {key: values[key] for key in ("generator", *ACTION_KEYS) if key in values}
    return (ActionDraft(name="run", route=(), values=own),)
