"""Actions that others name: those that follow or stop each other, by `then` and `stops`, and `like`.

then: draw                          after success
then: {failed: apologise}           by how it ended: succeeded, failed, ended
a, then b, then a                   E-CIRCLE
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from msgspec.structs import asdict

from gradstream.document.types import Route
from gradstream.format.draft import ActionDraft, Draft
from gradstream.format.findings import Findings
from gradstream.format.rules.names import check_use
from gradstream.format.types import Then
from gradstream.format.wording import enumerated


def read_then(written: Any) -> Then:
    """Return what follows an action, from any of the forms in which it is written."""
    if isinstance(written, Mapping):
        ways = {way: _listed(names) for way, names in written.items() if way in Then.__struct_fields__}
        return Then(**ways)
    return Then(succeeded=_listed(written))


def check_chains(draft: Draft, findings: Findings) -> None:
    """Note names that no action has, actions that stop themselves, and circles."""
    names = [action.name for action in draft.actions]
    for output, config in draft.outputs.items():
        if isinstance(config.get("like"), str):
            check_use(("outputs", output, "like"), config["like"], names, findings, noun="action")
    for action in draft.actions:
        for route, name in _uses(action):
            check_use(route, name, names, findings, noun="action")
        for index, name in enumerate(action.values.get("stops", ())):
            if name == action.name:
                _stops_itself(action.at("stops", index), name, findings)
    _check_circles(draft, findings)


def _listed(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _uses(action: ActionDraft) -> Iterator[tuple[Route, str]]:
    for index, name in enumerate(action.values.get("stops", ())):
        yield action.at("stops", index), name
    yield from _named(action.values.get("then", ()), action.at("then"))


def _named(written: Any, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(written, str):
        yield route, written
    elif isinstance(written, Mapping):
        for way, names in written.items():
            if way in Then.__struct_fields__:
                yield from _named(names, (*route, way))
    else:
        for index, name in enumerate(written):
            yield (*route, index), name


def _stops_itself(route: Route, name: str, findings: Findings) -> None:
    findings.add(
        route,
        "E-CIRCLE",
        f"`{name}` stops itself when it is started",
        expected="other actions",
        found=f"`{name}`",
        repair="remove it: an action has one run at a time anyway",
    )


def _check_circles(draft: Draft, findings: Findings) -> None:
    known = {action.name: action for action in draft.actions}
    following = {name: _followers(action, known) for name, action in known.items()}
    while (circle := _circle(following)) is not None:
        first = next(name for name in known if name in circle)
        at = circle.index(first)
        way = [*circle[at:], *circle[:at], first]
        by = f", by way of {enumerated(way[1:-1])}" if len(circle) > 1 else ""
        findings.add(
            known[first].at("then"),
            "E-CIRCLE",
            f"`{first}` starts itself again when it has ended{by}",
            expected="actions that come to an end",
            found=" → ".join(f"`{name}`" for name in way),
            repair="remove `then` of one of them, or write `every` for what runs again and again",
            at="key",
        )
        following[first] = []


def _followers(action: ActionDraft, known: Mapping[str, ActionDraft]) -> list[str]:
    named = asdict(read_then(action.values.get("then", ()))).values()
    return [name for names in named for name in names if name in known]


def _circle(following: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Return the names of a circle, each before the one that follows it; None if there is none."""
    try:
        list(TopologicalSorter(following).static_order())
    except CycleError as error:
        return list(reversed(error.args[1][1:]))
    return None
