"""Keys of the format in a place that is not theirs: where each belongs, and the edit that moves it there.

key + place --homes of the schemas--> "`live` belongs at the top", moved if nothing is there yet
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import synonym
from gradstream.format.schema.validators import FOLDERS, load_schemas

GROUPS = ("limits", "worker", "server", "history", "access")
"""Keys with a mapping of keys below them."""

NOUNS = {"inputs": "input", "outputs": "output"}
GENERAL = frozenset({"type", "label", "description", "default", "inputs", "outputs", "title"})
"""Keys of several places, or whose place a mistake says nothing about."""


class KeyPlace(Struct, frozen=True):
    """Where a key belongs: in words, and the route of the mapping that has it; None for another file."""

    words: str
    route: Route | None


def report_elsewhere(route: Route, findings: Findings) -> bool:
    """Note a key that belongs elsewhere; False if it is a key of nothing, or there is no one place for it."""
    document, name = findings.document, str(route[-1])
    if name in GENERAL:
        return False
    if _report_rule(route, findings):
        return True
    home = next(_homes(name, route[:-1], document), None)
    if home is None:
        return False
    findings.add(
        route,
        "E-MISPLACED-KEY",
        f"`{name}` {home.words}",
        expected=f"`{name}` there",
        found=f"`{name}` {_place(route[:-1])}",
        repair="move the line there" if home.route is not None else "move it there, or remove it",
        at="key",
        fixes=() if home.route is None else _moved(document, route, home.route),
    )
    return True


def _report_rule(route: Route, findings: Findings) -> bool:
    """Note a key that is written below `rules`, if the component's kind has such a rule."""
    document, name = findings.document, str(route[-1])
    if len(route) != 3 or route[0] != "inputs":
        return False
    component = document.values["inputs"][route[1]]
    schema = load_schemas().kinds["inputs"].get(str(component.get("type")), {})
    rule = synonym(name, schema.get("properties", {}).get("rules", {}).get("properties", {}))
    if rule is None:
        return False
    written = edits.scalar(component[name]) if isinstance(component[name], str | int | float) else "…"
    is_there = isinstance(component.get("rules"), Mapping)
    findings.add(
        route,
        "E-MISPLACED-KEY",
        f"`{name}` is a rule, and belongs below `rules`",
        expected=f"`{rule}` below `rules`",
        found=f"`{name}` {_place(route[:-1])}",
        repair=f"write {'' if is_there else '`rules:` and '}below {'`rules`' if is_there else 'it'} "
        f"`{rule}: {written}`",
        at="key",
        fixes=_as_rule(document, route, rule),
    )
    return True


def _as_rule(document: Document, route: Route, rule: str) -> tuple[Fix, ...]:
    lines, place = edits.own_lines(document, route), edits.place_of(document, route)
    holder = document.values["inputs"][route[1]]
    if lines is None or place is None or place.key is None or rule in (holder.get("rules") or {}):
        return ()
    title = f"write it below `rules` as `{rule}`"
    line = f"{rule}{document.source[place.key.end : place.value.end]}"
    if "rules" in holder:
        new = edits.add_entry(document, (*route[:-1], "rules"), [line], title)
        return tuple(replace(fix, edits=(*fix.edits, edits.edit(document, lines, ""))) for fix in new)
    margin = edits.margin(document.source, place.key.start)
    text = f"rules:\n{margin}{edits.INDENT}{line}"
    whole = Stretch(place.key.start, place.value.end)
    return (Fix(title=title, edits=(edits.edit(document, whole, text),)),)


class OtherKinds(Struct, frozen=True, kw_only=True):
    """Kinds that have keys which a component's own has not: their words, and the changes that make it so."""

    names: Sequence[str]
    keys: Sequence[str]
    kinds: Sequence[str]
    repair: str
    fixes: tuple[Fix, ...]


def other_kinds(route: Route, unknown: Sequence[str], findings: Findings) -> OtherKinds | None:
    """Return the other kinds of a component that have a key, and as many as possible of the unknown ones."""
    if len(route) != 3 or route[0] not in FOLDERS:
        return None
    name = str(route[-1])
    kinds = load_schemas().kinds[str(route[0])]
    every = {key for schema in kinds.values() for key in schema["properties"]}
    words = {each: key for each in unknown if (key := synonym(each, every))}
    key = words.get(name)
    having = [kind for kind, schema in kinds.items() if key in schema["properties"]]
    if key is None or len(having) == len(kinds):
        return None
    all_of_them = [kind for kind in having if set(words.values()) <= set(kinds[kind]["properties"])]
    if not all_of_them or len(set(words.values())) < len(words):
        words = {name: key}
    having = all_of_them if len(words) > 1 else having
    renamed = [(each, own) for each, own in words.items() if each != own]
    own_words = " and ".join(f"`{own}` for `{each}`" for each, own in renamed)
    more = f" with {own_words}" if own_words else ""
    titles = [f"write `type: {kind}`{more}" for kind in having]
    return OtherKinds(
        names=list(words),
        keys=list(words.values()),
        kinds=having,
        repair=f"write `type: {'` or `type: '.join(having)}`{more}",
        fixes=_made(route, renamed, having, titles, findings),
    )


def _made(
    route: Route,
    renamed: Sequence[tuple[str, str]],
    kinds: Sequence[str],
    titles: Sequence[str],
    findings: Findings,
) -> tuple[Fix, ...]:
    """Write another kind, and its own words for keys."""
    document, component = findings.document, route[:-1]
    more = [
        edit
        for each, own in renamed
        for fix in edits.replace_key(document, (*component, each), own)
        for edit in fix.edits
    ]
    return tuple(
        replace(fix, title=title, edits=(*fix.edits, *more))
        for kind, title in zip(kinds, titles, strict=True)
        for fix in edits.replace_value(document, (*component, "type"), kind)
    )


def _place(holder: Route) -> str:
    return f"below `{holder[-1]}`" if holder and isinstance(holder[-1], str) else "at the top"


def _homes(name: str, holder: Route, document: Document) -> Iterator[KeyPlace]:
    """Yield the places of a key, the likeliest first."""
    subject = "catalog" if _is_catalog(document) else "demo"
    top = _top(subject)
    folder = holder[0] if len(holder) == 2 and holder[0] in FOLDERS else None
    if holder and name in top:
        yield KeyPlace(f"belongs at the top of the file, and not {_place(holder)}", ())
    for other in FOLDERS:
        if other != folder and name in _keys_of_components(other):
            routes = _components(other, name, document)
            yield KeyPlace(f"is a key of an {NOUNS[other]}", routes[0] if len(routes) == 1 else None)
    for group in GROUPS:
        if holder != (group,) and group in top and name in _keys_below(subject, group):
            yield KeyPlace(f"belongs below `{group}`", (group,))
    if subject == "demo":
        if name in _top("catalog") or any(name in _keys_below("catalog", each) for each in GROUPS):
            yield KeyPlace("belongs into gradstream.yaml, and holds for all demos", None)
    elif name in _top("demo"):
        yield KeyPlace("belongs into a demo's file, or below `defaults`", None)


def _is_catalog(document: Document) -> bool:
    return document.file.rpartition("/")[2] == "gradstream.yaml"


@cache
def _top(subject: str) -> frozenset[str]:
    return frozenset(_schema(subject)["properties"])


def _schema(subject: str) -> Mapping[str, Any]:
    schemas = load_schemas()
    schema: Mapping[str, Any] = (schemas.catalog if subject == "catalog" else schemas.demo).schema
    return schema


@cache
def _keys_below(subject: str, group: str) -> frozenset[str]:
    return frozenset(_schema(subject)["properties"].get(group, {}).get("properties", {}))


@cache
def _keys_of_components(folder: str) -> frozenset[str]:
    kinds = load_schemas().kinds[folder].values()
    return frozenset(key for schema in kinds for key in schema["properties"])


def _components(folder: str, name: str, document: Document) -> list[Route]:
    """Return the components that may have a key and do not."""
    written = document.values.get(folder)
    kinds = load_schemas().kinds[folder]
    routes: list[Route] = []
    for component, config in (written if isinstance(written, Mapping) else {}).items():
        kind = config.get("type") if isinstance(config, Mapping) else config
        has = isinstance(config, Mapping) and name in config
        if isinstance(kind, str) and kind in kinds and name in kinds[kind]["properties"] and not has:
            routes.append((folder, component))
    return routes


def _moved(document: Document, route: Route, home: Route) -> tuple[Fix, ...]:
    """Move the lines of a key into another mapping."""
    lines, place = edits.own_lines(document, route), edits.place_of(document, route)
    holder = document.values
    for step in home:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    if lines is None or place is None or place.key is None:
        return ()
    if isinstance(holder, Mapping) and route[-1] in holder:
        return ()
    text = document.source[place.key.start : place.value.end]
    margin = place.key.start - edits.line_start(document.source, place.key.start)
    own = [text.splitlines()[0], *(line[margin:] for line in text.splitlines()[1:])]
    removed = edits.edit(document, lines, "")
    title = f"move `{route[-1]}`"
    if not home:
        at = edits.line_start(document.source, _top_key(document, route))
        added = edits.edit(document, Stretch(at, at), "\n".join(own) + "\n")
        return (Fix(title=title, edits=(added, removed)),)
    if isinstance(holder, str):
        new = edits.replace_lines(document, home, [f"type: {holder}", *own], title)
    elif holder is None:
        new = _new_group(document, route, str(home[-1]), own)
    else:
        new = edits.add_entry(document, home, own, title)
    return tuple(Fix(title=title, edits=(*fix.edits, removed)) for fix in new)


def _new_group(document: Document, route: Route, group: str, own: Sequence[str]) -> tuple[Fix, ...]:
    at = edits.line_start(document.source, _top_key(document, route))
    text = "\n".join([f"{group}:", *edits.indented(own)]) + "\n"
    return (Fix(title=f"move `{route[-1]}`", edits=(edits.edit(document, Stretch(at, at), text),)),)


def _top_key(document: Document, route: Route) -> int:
    """Return where the key of the top begins that the route leads through."""
    place = document.places.get(route[:1])
    return 0 if place is None or place.key is None else place.key.start
