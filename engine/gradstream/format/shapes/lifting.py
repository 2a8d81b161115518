"""Keys one level too deep, below a word of their own, and members of a list that are keys of a mapping.

steps:                     steps:              limits:               limits:
  type: slider               type: slider        - timeout: 5s         timeout: 5s
  options:            ->     minimum: 1          - queue: 3      ->    queue: 3
    min: 1
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import meant_key
from gradstream.format.schema.validators import FOLDERS, load_schemas
from gradstream.format.shapes.blocks import CODE, Shape, entry, quoted, report, value_at
from gradstream.format.shapes.calls import component_of, kind_of

MAPPINGS = ("inputs", "outputs", "actions", "limits", "worker", "with", "state")
"""Keys of the top whose value is a mapping."""

COMMON = frozenset({"label", "description", "default", "required", "section"})
"""Keys that may be words for a kind as well."""

AROUND_KIND = ("schema", "selector", "config", "component", "props", "options", "field", "spec")
"""Words below which other tools have the kind of a component with its keys."""

WRAPPERS = frozenset(
    {"app", "demo", "interface", "blocks", "spec", "config", "gradio", "streamlit", "page", "ui"}
)


def check_levels(findings: Findings) -> None:
    """Note what is a level too deep."""
    document = findings.document
    top = list(load_schemas().demo.schema["properties"])
    for name, value in document.values.items():
        if name not in top and isinstance(value, Mapping) and _is_demo(name, value, top):
            _lift((name,), top, findings, what=f"the demo is below `{name}`")
        elif name in MAPPINGS and isinstance(value, list):
            _undash((name,), value, findings)
    _below_marker(top, findings)
    _dotted(top, findings)
    for folder in FOLDERS:
        components = document.values.get(folder)
        for name, component in (components if isinstance(components, Mapping) else {}).items():
            _component((folder, name), component, findings)
    actions = document.values.get("actions")
    for name, action in (actions if isinstance(actions, Mapping) else {}).items():
        if isinstance(action, list):
            _undash(("actions", name), action, findings)


def _below_marker(top: Sequence[str], findings: Findings) -> None:
    """Recognise `gradstream: {title: …, generator: …}`: the demo below its marker."""
    document = findings.document
    below = document.values.get("gradstream")
    names = [name for name in below if name != "version"] if isinstance(below, Mapping) else []
    if not names or not all(_key(name, top) for name in names):
        return
    route: Route = ("gradstream",)
    lines = ["gradstream: 1"]
    for name in names:
        lines += entry(document, (*route, name), name=_key(name, top) or name)
    findings.add(
        route,
        CODE,
        "the demo is below `gradstream`, which is the format's version",
        expected="`gradstream: 1`, and the other keys at the edge",
        found="`gradstream:` around them",
        repair=f"write in its place: {quoted(lines)}",
        at="key",
        fixes=_in_place_of(document, route, lines),
    )
    for name in names:
        findings.note_meant((_key(name, top) or name,))


def _is_demo(name: str, value: Mapping[str, Any], top: Sequence[str]) -> bool:
    known = sum(key in top or meant_key(key, top) is not None for key in value)
    return known == len(value) > 0 and (known > 1 or name in WRAPPERS)


def _component(route: Route, component: Any, findings: Findings) -> None:
    if isinstance(component, list):
        _in_a_row(route, component, findings)
        _undash(route, component, findings)
        return
    if not isinstance(component, Mapping):
        return
    _below_its_kind(route, component, findings)
    kind, _ = kind_of(str(component.get("type", "")), str(route[0]))
    if kind is None and _below_a_schema(route, component, findings):
        return
    if kind is None:
        return
    known = list(load_schemas().kinds[str(route[0])][kind]["properties"])
    for name, value in component.items():
        is_below = isinstance(value, Mapping) and name not in known and value
        if isinstance(value, list) and name not in known and meant_key(name, known) is None and value:
            keys = [next(iter(each)) for each in value if isinstance(each, Mapping) and len(each) == 1]
            if len(keys) == len(value) and all(_key(key, known) for key in keys):
                _lift_members((*route, name), value, known, findings)
        if is_below and all(_key(key, known) for key in value):
            what = f"keys of `{route[-1]}` are below `{name}`"
            _lift((*route, name), [each for each in known if each not in component], findings, what=what)


def _below_a_schema(route: Route, component: Mapping[str, Any], findings: Findings) -> bool:
    """Recognise a component whose kind is below a word: `schema: {type: string}`, `selector: {number: …}`."""
    document, folder = findings.document, str(route[0])
    name = next((each for each in AROUND_KIND if isinstance(component.get(each), Mapping)), None)
    inner = component.get(name or "")
    if "type" in component or name is None or not inner:
        return False
    only = next(iter(inner))
    is_key = len(inner) == 1 and isinstance(inner[only], Mapping | None)
    word, around = (only, (*route, name, only)) if is_key else (str(inner.get("type")), (*route, name))
    below = inner[only] if is_key else inner
    kind, key = kind_of(word, folder)
    if kind is None:
        return False
    known = list(load_schemas().kinds[folder][kind]["properties"])
    lines = [f"type: {kind}"]
    lines += (
        [key] if key and not any(_key(each, known) == key.partition(":")[0] for each in below or ()) else []
    )
    for each in below or ():
        lines += entry(document, (*around, each), name=_key(each, known) or each) if each != "type" else []
    for each in component:
        lines += entry(document, (*route, each), name=_key(each, known) or each) if each != name else []
    report(
        Shape(
            route=route,
            message=f"the kind of `{route[-1]}` is below `{name}`",
            expected=f"`type: {kind}`, and the other keys beside it",
            found=f"`{name}:`",
            lines=lines,
        ),
        findings,
    )
    return True


def _dotted(top: Sequence[str], findings: Findings) -> None:
    """Recognise `inputs.place: text`: the way to a key as one key with dots, as TOML has it."""
    document = findings.document
    groups: dict[str, list[str]] = {}
    for name in document.values:
        first, dot, rest = name.partition(".")
        if dot and rest and first in top and first not in document.values:
            groups.setdefault(first, []).append(name)
    for first, names in groups.items():
        tree: dict[str, Any] = {}
        for name in names:
            _plant(tree, name.split(".")[1:], document.values[name])
        lines = [f"{first}:", *edits.indented(edits.block(tree))]
        findings.add(
            (names[0],),
            CODE,
            f"`{names[0]}` is the way to a key, and not a key",
            expected="each name on a line of its own, below the one before",
            found=f"`{names[0]}`",
            repair=f"write in its place: {quoted(lines)}",
            at="key",
            fixes=_gathered(document, names, lines),
        )
        for name in names:
            findings.mark((name,))
        findings.note_meant((first,))


def _plant(tree: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    """Put a value into nested mappings; a name that has a value already keeps it."""
    first, *others = steps
    if not others:
        tree.setdefault(first, value)
    elif isinstance(tree.setdefault(first, {}), dict):
        _plant(tree[first], others, value)


def _gathered(document: Document, names: Sequence[str], lines: Sequence[str]) -> tuple[Fix, ...]:
    """Write the lines in place of the first of these keys, and remove the others."""
    first, *others = [edits.own_lines(document, (name,)) for name in names]
    if first is None or any(each is None for each in others):
        return ()
    written = edits.edit(document, first, "\n".join(lines) + "\n")
    removed = [edits.edit(document, each, "") for each in others if each is not None]
    return (Fix(title="write the names below each other", edits=(written, *removed)),)


def _below_its_kind(route: Route, component: Mapping[str, Any], findings: Findings) -> None:
    """Recognise `steps: {slider: {minimum: 1}}`: the kind as a key, with the others below it."""
    named = [name for name in component if kind_of(name, str(route[0]))[0] and name not in COMMON]
    below = component[named[0]] if len(named) == 1 else None
    if "type" in component or not isinstance(below, Mapping) or not below:
        return
    document, folder = findings.document, str(route[0])
    kind, key = kind_of(named[0], folder)
    known = list(load_schemas().kinds[folder][kind or ""]["properties"])
    if not all(_key(name, known) for name in below):
        return
    lines = [f"type: {kind}", *([key] if key and key.partition(":")[0] not in below else [])]
    for name in below:
        lines += entry(document, (*route, named[0], name), name=_key(name, known) or name)
    for name in component:
        lines += entry(document, (*route, name)) if name != named[0] else []
    report(
        Shape(
            route=route,
            message=f"the kind of `{route[-1]}` is a key, with its other keys below it",
            expected=f"`type: {kind}`, and the other keys beside it",
            found=f"`{named[0]}:`",
            lines=lines,
        ),
        findings,
    )


def _in_a_row(route: Route, members: list[Any], findings: Findings) -> None:
    """Recognise `steps: [slider, 1, 10]`: a kind and its values, as a call has them."""
    if not members or not all(isinstance(each, str | int | float) for each in members):
        return
    kind, _ = kind_of(str(members[0]), str(route[0]))
    if any(isinstance(each, str) and kind_of(each, str(route[0]))[0] for each in members[1:]):
        return
    component = component_of(f"{kind}({', '.join(map(repr, members[1:]))})", str(route[0])) if kind else None
    if component is not None and len(component.lines) == len(members):
        report(
            Shape(
                route=route,
                message=f"`{route[-1]}` is a list of a kind and its values",
                expected="a key for each value",
                found="a list",
                lines=component.lines,
            ),
            findings,
        )


def _lift_members(route: Route, members: list[Any], known: Sequence[str], findings: Findings) -> None:
    """Write keys that are members of a list in the place of the word above them."""
    document = findings.document
    lines = [
        line
        for index, each in enumerate(members)
        for name in each
        for line in entry(document, (*route, index, name), name=_key(name, known) or name)
    ]
    findings.add(
        route,
        CODE,
        f"keys of `{route[-2]}` are members of a list below `{route[-1]}`",
        expected="the same keys one level higher, without dashes",
        found=f"`{route[-1]}` around them",
        repair=f"write in its place: {quoted(lines)}",
        at="key",
        fixes=_in_place_of(document, route, lines),
    )


def _key(name: str, known: Sequence[str]) -> str | None:
    return name if name in known else meant_key(name, known)


def _lift(route: Route, known: Sequence[str], findings: Findings, *, what: str) -> None:
    """Write the keys below a word in its place."""
    document = findings.document
    lines = [
        line
        for name in value_at(document, route)
        for line in entry(document, (*route, name), name=_key(name, known) or name)
    ]
    findings.add(
        route,
        CODE,
        what,
        expected="the same keys one level higher",
        found=f"`{route[-1]}` around them",
        repair=f"write in its place: {quoted(lines)}",
        at="key",
        fixes=_in_place_of(document, route, lines),
    )


def _in_place_of(document: Document, route: Route, lines: Sequence[str]) -> tuple[Fix, ...]:
    place = edits.place_of(document, route)
    stretch = edits.own_lines(document, route)
    if place is None or place.key is None or stretch is None:
        return ()
    margin = edits.margin(document.source, place.key.start)
    # A dash before the key stays.
    begin = place.key.start
    text = f"\n{margin}".join(lines) + "\n"
    whole = edits.edit(document, Stretch(begin, stretch.end), text)
    return (Fix(title="write its keys in its place", edits=(whole,)),)


def _undash(route: Route, members: list[Any], findings: Findings) -> None:
    """Recognise a list whose members are one key each."""
    document = findings.document
    keys = [next(iter(each)) for each in members if isinstance(each, Mapping) and len(each) == 1]
    if not keys or len(keys) != len(members) or len(set(keys)) != len(keys) or findings.is_wrong(route):
        return
    report(
        Shape(
            route=route,
            message=f"`{route[-1]}` is a list, and its keys have no dashes",
            expected="keys on lines of their own, without dashes",
            found="a dash before each key",
            lines=list(_members(document, route, members)),
        ),
        findings,
    )


def _members(document: Document, route: Route, members: list[Any]) -> Iterator[str]:
    for index, each in enumerate(members):
        for name in each:
            yield from entry(document, (*route, index, name))
