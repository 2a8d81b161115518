"""What may be written at a cursor: keys, kinds, values, functions, and names of inputs and outputs.

TextCursor --schemas, names in the file, Python beside it--> [Suggestion]
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.document.read import read_text
from gradstream.document.types import Route
from gradstream.format.generator.resolve import functions_below
from gradstream.format.schema.bundle import Subject
from gradstream.format.schema.lookup import component_at, schemas_at
from gradstream.format.schema.validators import load_schemas
from gradstream.format.style.key_order import key_order
from gradstream.format.values import word
from gradstream.lsp.cursor import TextCursor

NAMES_AT: Mapping[str, tuple[str, ...]] = {
    "inputs": ("inputs",),
    "outputs": ("outputs",),
    "returns": ("outputs", "state"),
    "then": ("actions",),
    "succeeded": ("actions",),
    "failed": ("actions",),
    "ended": ("actions",),
    "stops": ("actions",),
    "change": ("inputs", "outputs"),
    "submit": ("inputs",),
    "clear": ("inputs",),
    "select": ("inputs", "outputs"),
    "play": ("inputs", "outputs"),
}
"""Keys whose value is a list of names, and the sections that have these."""


class Suggestion(Struct, frozen=True, kw_only=True):
    """A word to write, what it means, and whether it is a key, a kind, a value, a function or a name."""

    label: str
    sort: str
    words: str = ""
    detail: str = ""


class OpenFile(Struct, frozen=True, kw_only=True):
    """A file as it is in the editor, with its values as far as they can be read.

    `roots` are the folders in which its generators are looked for.
    """

    path: Path
    text: str
    roots: tuple[str, ...]
    values: Any

    @property
    def subject(self) -> Subject:
        """Whether it is a demo's file or the catalog's."""
        return "catalog" if self.path.name == CATALOG_FILE else "demo"

    def value_at(self, route: Route) -> Any:
        """Return the value at a route, None if there is none."""
        value = self.values
        for step in route:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def names(self, section: str) -> tuple[str, ...]:
        """Return the names below a key at the edge, such as those of all inputs."""
        found = self.value_at((section,))
        return tuple(map(str, found)) if isinstance(found, dict) else ()

    def kind_at(self, route: Route) -> str | None:
        """Return the kind of the component at a route, as far as it has been written."""
        component = self.value_at(route)
        kind = component.get("type") if isinstance(component, dict) else component
        return kind if isinstance(kind, str) else None


def read_open(path: Path, text: str, *, roots: tuple[str, ...], line: int | None = None) -> OpenFile:
    """Read a file as it is in the editor; if it cannot be read, without the line on which the cursor is."""
    document = read_text(text, file="", environ={}).document
    if document is None and line is not None:
        lines = text.split("\n")
        rest = "\n".join([*lines[:line], "", *lines[line + 1 :]])
        document = read_text(rest, file="", environ={}).document
    return OpenFile(path=path, text=text, roots=roots, values=None if document is None else document.values)


def suggest(cursor: TextCursor, file: OpenFile) -> list[Suggestion]:
    """Return what may be written, in the order in which it is offered."""
    found = _keys(cursor, file) if cursor.is_key else _values(cursor.route, file)
    return list({each.label: each for each in found}.values())


def describe(route: Route, file: OpenFile, *, value: str | None = None) -> str:
    """Return what a key means, in Markdown; with `value`, what that value of it means."""
    if value is not None:
        return next((each.words for each in _values(route, file) if each.label == value), "")
    if not route:
        return ""
    schema = _schema_of(route[:-1], route[-1], file)
    return str(schema.get("description", "")) if schema else ""


def _keys(cursor: TextCursor, file: OpenFile) -> Iterator[Suggestion]:
    route = cursor.route
    names = _names_of_keys(route, file)
    if names is not None:
        yield from (Suggestion(label=name, sort="name") for name in names if name not in cursor.siblings)
        return
    kind = file.kind_at(route)
    values: Mapping[str, Any] = {} if kind is None else {"type": kind}
    for name in key_order(file.subject, route, values) or ():
        schema = _schema_of(route, name, file)
        if name in cursor.siblings or schema is None or schema.get("doNotSuggest"):
            continue
        yield Suggestion(label=name, sort="key", words=str(schema.get("description", "")))


def _names_of_keys(route: Route, file: OpenFile) -> tuple[str, ...] | None:
    """Return the names of inputs where an example or a condition is written, None elsewhere."""
    if route[:1] == ("examples",) and len(route) == 2:
        return file.names("inputs")
    if route[-1:] == ("show_if",) or route[-3:-1] == ("show_if", "any"):
        return file.names("inputs")
    return None


def _sections_named_at(route: Route) -> tuple[str, ...] | None:
    """Return the sections whose names are written at a route; None where something else is."""
    key = str(route[-1]) if route else ""
    if key in NAMES_AT and (len(route) > 1 or key == "returns"):
        return NAMES_AT[key]
    return ("inputs", "outputs", "actions") if route[:1] == ("layout",) else None


def _values(route: Route, file: OpenFile) -> Iterator[Suggestion]:
    if not route:
        return
    if (names := _names_of_keys(route, file)) is not None:
        # A member of a list that is a mapping begins with a key.
        yield from (Suggestion(label=name, sort="name") for name in names)
        return
    member = route[:-1] if isinstance(route[-1], int) else route
    key = member[-1] if member else ""
    side = component_at(file.subject, route)
    if side is not None or (key == "type" and component_at(file.subject, member[:-1]) is not None):
        yield from _kinds(side or str(component_at(file.subject, member[:-1])))
    elif key == "generator":
        for name, detail, words in functions_below(file.roots):
            yield Suggestion(label=name, sort="function", detail=detail, words=words)
    elif (sections := _sections_named_at(member)) is not None:
        for section in sections:
            yield from (Suggestion(label=name, sort="name") for name in file.names(section))
    elif member[:1] == ("examples",) and len(route) == 3:
        choices = list(_choices(file, str(route[2])))
        yield from choices or _of_schema(_schema_of(("inputs", route[2]), "default", file))
    else:
        yield from _of_schema(_schema_of(member[:-1], key, file))


def _kinds(side: str) -> Iterator[Suggestion]:
    for kind, schema in sorted(load_schemas().kinds[side].items()):
        yield Suggestion(label=kind, sort="kind", words=str(schema.get("description", "")))


def _of_schema(schema: Mapping[str, Any] | None) -> Iterator[Suggestion]:
    """Yield the values that a schema names: all, if it names all; else its examples."""
    if schema is None:
        return
    words = schema.get("enumDescriptions", ())
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    for index, value in enumerate(listed):
        text = str(words[index]) if index < len(words) else ""
        yield Suggestion(label=word(value), sort="value", words=text)
    kinds = schema.get("type", ())
    if "boolean" in ([kinds] if isinstance(kinds, str) else kinds):
        yield from (Suggestion(label=each, sort="value") for each in ("true", "false"))
    if not listed:
        for value in schema.get("examples", ()):
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                yield Suggestion(label=word(value), sort="value", detail="for example")


def _choices(file: OpenFile, name: str) -> Iterator[Suggestion]:
    """Yield the choices of an input."""
    component = file.value_at(("inputs", name))
    choices = component.get("choices") if isinstance(component, dict) else None
    for each in choices if isinstance(choices, list) else ():
        value = each.get("value") if isinstance(each, dict) else each
        label = each.get("label") if isinstance(each, dict) else None
        if value is not None:
            yield Suggestion(label=word(value), sort="value", detail="" if label is None else str(label))


def _schema_of(route: Route, key: str | int, file: OpenFile) -> Mapping[str, Any] | None:
    """Return the schema of a key of the mapping at a route."""
    side = component_at(file.subject, route)
    if side is not None:
        kind = file.kind_at(route)
        kinds = load_schemas().kinds[side]
        found = [kinds[kind]] if kind is not None and kind in kinds else list(kinds.values())
        for each in found:
            if key in each.get("properties", {}):
                schema: Mapping[str, Any] = each["properties"][key]
                return schema
        return None
    merged: dict[str, Any] = {}
    for schema in schemas_at(file.subject, (*route, key)):
        merged = {**schema, **merged}
    return merged or None
