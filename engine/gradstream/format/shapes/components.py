"""Inputs and outputs in other shapes: lists, kinds alone, one without a name, calls of other tools.

- name: card            card:                    [text, slider]      text: text
  type: markdown   ->     type: markdown                        ->   slider: slider
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import KEYS, synonym
from gradstream.format.schema.hints import fallback, kind_for_annotation, known_keys
from gradstream.format.schema.validators import FOLDERS
from gradstream.format.shapes.blocks import (
    CODE,
    Shape,
    comments_above,
    entries,
    entry,
    identifier,
    named,
    report,
    unique,
    value_at,
    written,
)
from gradstream.format.shapes.calls import Component, component_of, kind_of
from gradstream.format.shapes.declarations import declarations
from gradstream.format.shapes.groups import Block, in_groups
from gradstream.format.shapes.json_schemas import (
    SCHEMA_WORDS,
    is_json_schema,
    missing_reference,
    notes_of,
    object_schema,
    of_schema,
    resolved,
)
from gradstream.format.shapes.translating import is_idle
from gradstream.format.wording import label_of

NAMES = ("name", "id", "key", "param", "parameter", "field", "variable", "var", "argument", "arg")
"""Keys under which other tools write a component's name."""

LISTS = (
    "fields",
    "items",
    "components",
    "list",
    "elements",
    "parameters",
    "params",
    "widgets",
    "inputs",
    "outputs",
)
"""Words below which other tools have the list of all inputs or outputs."""

KIND_KEYS = ("type", *(word for word, keys in KEYS.items() if keys == ("type",)))
NOUNS = {"inputs": "an input", "outputs": "an output", "actions": "an action"}
NEEDED = {"inputs": "type", "outputs": "type", "actions": "generator"}

NAMED = re.compile(
    r"(?P<name>[A-Za-z_]\w*)\s*"
    r"(?:\((?P<inner>[^()]+)\)|(?:[:=|\u2013\u2014-]|->|→|\bas\b)\s*(?P<kind>[\w. ]+))"
)
"""A name, and a kind between parentheses or after a sign."""


def check_components(findings: Findings) -> None:
    """Note inputs, outputs and actions that have a shape of another tool."""
    document = findings.document
    for folder in (*FOLDERS, "actions"):
        value = document.values.get(folder)
        shape = None
        wrapper = _list_within(value)
        if isinstance(value, list):
            shape = _listed((folder,), value, document)
        elif wrapper:
            shape = _listed((folder, wrapper), value[wrapper], document)
        elif isinstance(value, str) and folder in FOLDERS:
            shape = _kinds_alone(folder, value, document)
        elif isinstance(value, Mapping) and folder in FOLDERS:
            shape = (
                _json_schema(folder, value, document)
                or _without_a_name(folder, value, document)
                or in_groups(folder, value, document, block=_block)
            )
            if shape is None:
                _check_calls(folder, value, findings)
        if shape is not None:
            report(shape, findings)


def _list_within(value: Any) -> str:
    """Return the only key of a mapping, if a list of components is below it; "" otherwise."""
    key = next(iter(value)) if isinstance(value, Mapping) and len(value) == 1 else ""
    return key if key in LISTS and isinstance(value[key], list) else ""


def _listed(route: Route, members: list[Any], document: Document) -> Shape | None:
    folder = str(route[0])
    blocks = [_block(folder, (*route, index), each, document) for index, each in enumerate(members)]
    known = [each for each in blocks if each is not None]
    if not known or len(known) < len(members):
        return None
    return _shape(folder, known, found="a list")


def _shape(folder: str, blocks: list[Block], *, found: str) -> Shape:
    names = unique(name for name, _ in blocks)
    lines: list[str] = []
    for name, (_, below) in zip(names, blocks, strict=True):
        beside = below[0] if len(below) == 1 and _is_kind(below[0], folder) else ""
        lines += [f"{name}: {beside}"] if beside else named(name, below)
    noun = NOUNS[folder]
    return Shape(
        route=(folder,),
        message=f"`{folder}` is {found}, and {noun} has its name before a colon",
        expected=f"the name of {noun} on a line, and its keys indented below it",
        found=found,
        lines=lines,
    )


def _block(folder: str, route: Route, member: Any, document: Document) -> Block | None:
    if isinstance(member, str):
        return _named_text(folder, member) or _of_text(folder, member)
    if isinstance(member, list) and len(member) == 2 and all(isinstance(each, str) for each in member):
        return _named_kind(folder, *member)
    if not isinstance(member, Mapping) or not member:
        return None
    key = next((each for each in NAMES if isinstance(member.get(each), str)), None)
    others = [name for name in member if name != key]
    if key is not None and others:
        name = identifier(member[key])
        place = document.places[(*route, key)].key
        lines = [*(comments_above(document, place.start) if place else ()), *entries(document, route, others)]
        if name != member[key] and "label" not in member and folder in FOLDERS:
            lines.append(f"label: {edits.text(member[key])}")
        return name, lines
    if len(member) == 1:
        ((name, value),) = member.items()
        if isinstance(value, Mapping):
            return name, entries(document, (*route, name))
        if isinstance(value, str) and name not in ("type", *KIND_KEYS):
            return name, [written(document, (*route, name))]
    if any(synonym(each, [NEEDED[folder]]) for each in member) or any(
        each in member for each in KIND_KEYS if folder in FOLDERS
    ):
        return _made_name(member, folder), entries(document, route)
    return None


def _made_name(member: Mapping[str, Any], folder: str) -> str:
    """Return a name for a component that has none: of its label, or of its kind."""
    label = member.get("label") or member.get("title") or member.get("button")
    if isinstance(label, str) and len(label.split()) <= 2 and identifier(label).isascii():
        return identifier(label)
    kind = next((member[each] for each in KIND_KEYS if isinstance(member.get(each), str)), "")
    return identifier(kind_of(kind, folder)[0] or kind or "run") if folder in FOLDERS else "run"


def _named_text(folder: str, text: str) -> Block | None:
    """Return a name and a kind in one text: `age (number)`, `age: number`, `age = number`, `age - number`."""
    found = NAMED.fullmatch(text.strip())
    return None if found is None else _named_kind(folder, found["name"], found["inner"] or found["kind"])


def _named_kind(folder: str, name: str, word: str) -> Block | None:
    if folder not in FOLDERS or not name.isidentifier():
        return None
    component = component_of(word, folder)
    if component is not None:
        return name, [component.kind] if len(component.lines) == 1 else list(component.lines)
    kind, key = kind_of(word.strip(), folder)
    return None if kind is None else (name, [f"type: {kind}", key] if key else [kind])


def _of_text(folder: str, text: str) -> Block | None:
    if folder not in FOLDERS:
        return None
    component = component_of(text, folder)
    if component is not None and component.left_out:
        return None
    if component is not None:
        is_kind_alone = len(component.lines) == 1
        name = component.name or component.kind
        return identifier(name), [component.kind] if is_kind_alone else list(component.lines)
    kind, key = kind_of(text, folder)
    if kind is not None:
        return identifier(kind), [kind] if not key else [f"type: {kind}", key]
    return (text, [fallback(folder)]) if text.isidentifier() else None


def _is_kind(line: str, folder: str) -> bool:
    return folder in FOLDERS and ":" not in line


def _kinds_alone(folder: str, text: str, document: Document) -> Shape | None:
    """Recognise `inputs: text` and `inputs: text, slider`."""
    component = component_of(text, folder)
    parts = declarations(text) or [part.strip() for part in text.strip("[]()").split(",")]
    parts = [text] if component is not None else parts
    blocks = [_of_text(folder, part) for part in parts]
    known = [each for each in blocks if each is not None]
    if not known or len(known) < len(parts) or document.names_at((folder,)):
        return None
    return _shape(folder, known, found="a kind without a name" if len(parts) == 1 else "kinds without names")


def _json_schema(folder: str, value: Mapping[str, Any], document: Document) -> Shape | None:
    """Recognise a JSON Schema of an object, whose properties are the components."""
    described = object_schema(value, document.values)
    if described is None or document.names_at((folder,)):
        return None
    blocks = [
        (name, list(of_schema(folder, each, is_required=name in described.required)))
        for name, each in described.properties.items()
    ]
    shape = _shape(folder, blocks, found="a JSON Schema")
    return replace(shape, lines=[*notes_of(described), *shape.lines])


def _without_a_name(folder: str, value: Mapping[str, Any], document: Document) -> Shape | None:
    """Recognise a component's keys where its name should be."""
    kind = next((value[each] for each in KIND_KEYS if isinstance(value.get(each), str)), None)
    if kind is None or kind_of(kind, folder)[0] is None or not set(value) - set(KEYS) <= known_keys(folder):
        return None
    others = [each for name, each in value.items() if name not in KIND_KEYS]
    if (
        not others
        or None in others
        or all(
            isinstance(each, Mapping) or (isinstance(each, str) and kind_of(each, folder)[0])
            for each in others
        )
    ):
        return None
    block = (_made_name(value, folder), entries(document, (folder,)))
    return _shape(folder, [block], found="the keys of a component without a name")


def _check_calls(folder: str, components: Mapping[str, Any], findings: Findings) -> None:
    is_plain = any(isinstance(value, bool | int | float) for value in components.values())
    for name, value in components.items():
        if (
            (is_plain or value == "")
            and folder == "inputs"
            and _report_default((folder, name), value, findings)
        ):
            continue
        if isinstance(value, Mapping) and is_json_schema(folder, value):
            _report_schema((folder, name), value, findings)
        elif isinstance(value, str):
            _call((folder, name), value, None, findings)
        elif isinstance(value, Mapping):
            key = next((each for each in KIND_KEYS if isinstance(value.get(each), str)), None)
            if key is not None:
                _call((folder, name), value[key], key, findings)


def _report_schema(route: Route, value: Mapping[str, Any], findings: Findings) -> None:
    """Note a component that a JSON Schema describes, or a reference of it that leads nowhere."""
    folder, roots = str(route[0]), (findings.document.values,)
    missing = missing_reference(value, roots)
    if missing is not None:
        findings.add(
            route,
            CODE,
            f"`{route[-1]}` refers to `{missing}`, which is not in this file",
            expected="what is described there: `type:` with a kind, and its other keys",
            found=f"`$ref: {missing}`",
            repair="write what is there in its place; a demo refers to no other part and no other file",
            at="key",
        )
        return
    found = next(key for key in (*SCHEMA_WORDS, "items") if key in value or key == "items")
    shape = Shape(
        route=route,
        message=f"`{route[-1]}` is described as JSON Schema does",
        expected="a kind of its own for such values",
        found=f"`{found}`",
        lines=list(of_schema(folder, resolved(value, roots))),
    )
    report(shape, findings)


def _report_default(route: Route, value: Any, findings: Findings) -> bool:
    """Recognise `steps: 20` among the inputs: a default in the place of a kind."""
    folder, name = str(route[0]), route[-1]
    is_text = (
        isinstance(value, str) and kind_of(value, folder)[0] is None and component_of(value, folder) is None
    )
    keys = (
        kind_for_annotation(folder, type(value).__name__) if is_text or not isinstance(value, str) else None
    )
    if keys is None or not isinstance(value, bool | int | float | str) or findings.document.names_at(route):
        return False
    kind = {key: each for key, each in keys.items() if key == "type"}
    lines = [line for pair in {**kind, "default": value}.items() for line in edits.entry(*pair)]
    shape = Shape(
        route=route,
        message=f"`{name}` has a value where its kind should be",
        expected="`type:`, and the value at `default:`",
        found=findings.describe(route, value),
        lines=lines,
    )
    report(shape, findings)
    return True


def _call(route: Route, text: str, key: str | None, findings: Findings) -> None:
    document, folder = findings.document, str(route[0])
    component = component_of(text, folder)
    if component is None:
        return
    component = _with_unit(component, route, key, document)
    shape = Shape(
        route=route,
        message=f"`{route[-1]}` is written as another tool or language has it",
        expected=f"`type: {component.kind}`, and other keys on lines of their own",
        found=f"`{text}`",
        lines=list(_merged(component, route, key, document)),
        note=f"; there is nothing like `{'`, `'.join(component.left_out)}`" if component.left_out else "",
    )
    if key is None and len(component.lines) == 1 and not component.left_out:
        findings.add(
            route,
            CODE,
            shape.message,
            expected=f"`{component.kind}`",
            found=shape.found,
            repair=f"write {component.kind}",
            fixes=edits.replace_value(document, route, component.kind),
        )
    elif all(is_idle(name, value="given") for name in component.left_out):
        report(shape, findings)
    else:
        report_without_promise(shape, findings)


def _with_unit(component: Component, route: Route, key: str | None, document: Document) -> Component:
    """Return a component whose label says what its numbers are measured in."""
    if not component.unit:
        return component
    given = value_at(document, route).get("label") if key is not None else None
    label = f"{given or label_of(str(route[-1]))} ({component.unit})"
    return replace(component, lines=[*component.lines, *edits.entry("label", label)])


def report_without_promise(shape: Shape, findings: Findings) -> None:
    """Note a shape whose repair leaves something out: the author decides about it."""
    findings.add(
        shape.route,
        CODE,
        shape.message,
        expected=shape.expected,
        found=shape.found,
        repair="write " + ", ".join(f"`{line}`" for line in shape.lines) + shape.note,
        at="key",
    )


def _merged(component: Component, route: Route, key: str | None, document: Document) -> Iterator[str]:
    """Yield the lines of the call, then those of the component's other keys."""
    yield from component.lines
    if key is None:
        return
    said = {line.partition(":")[0] for line in component.lines}
    for name in value_at(document, route):
        if name != key and name not in said:
            yield from entry(document, (*route, name))
