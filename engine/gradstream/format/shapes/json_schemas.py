"""Components that a JSON Schema describes, as OpenAPI, forms and the tools of language models have them.

{type: object, properties: {mood: {$ref: "#/$defs/Mood"}}} --resolved--> {enum: [a, b]} --> type: dropdown
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from gradstream.format import edits
from gradstream.format.mistakes.synonyms import meant_key
from gradstream.format.schema.hints import fallback
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.calls import kind_of

DEFINITIONS = ("definitions", "$defs", "components")
"""Where schemas have what `$ref` names."""

SCHEMA_KEYS = frozenset(
    {
        *("type", "properties", "required", "title", "description", "additionalProperties", "$schema", "$id"),
        *("if", "then", "else", "allOf", "anyOf", "oneOf", "not", "dependencies", "dependentRequired"),
        *("dependentSchemas", "patternProperties", "propertyNames", "minProperties", "maxProperties"),
        *("unevaluatedProperties", "$comment", "examples", "example", "discriminator", "nullable", "strict"),
        *DEFINITIONS,
    }
)
"""Keys of a JSON Schema that describes an object."""

SAID = frozenset({"type", "properties", "required", "additionalProperties", "$schema", "$id", *DEFINITIONS})
"""Those of them that the components say, or that say nothing of a form."""

AROUND = ("function", "parameters", "inputSchema", "input_schema", "schema", "args_schema", "json_schema")
"""Keys below which tools of language models have a schema."""

LABEL_KEYS = ("enumNames", "x-enum-labels", "x-enumNames", "x-enum-varnames")
"""Where schemas have the labels of choices."""

NOT_KEPT = frozenset({"type", "format", "items", "additionalProperties", *LABEL_KEYS})
"""Keys of a JSON Schema that the kind, or its choices, say."""

WAYS = ("oneOf", "anyOf")
SCHEMA_WORDS = ("$ref", "enum", *WAYS, "allOf", "format")
"""Keys by which a component is seen to be described so; else it is by its `items`."""

DEEPEST = 8
"""References and alternatives within each other: what is deeper describes no field of a form."""


class Described(Struct, frozen=True, kw_only=True):
    """A schema of an object that was found, and what is beside it or around it and has no place in a form."""

    properties: Mapping[str, Any]
    required: tuple[str, ...]
    notes: Mapping[str, Any]


def object_schema(value: Mapping[str, Any], root: Any) -> Described | None:
    """Return the schema of an object whose properties are the components, also where tools wrap it."""
    notes: dict[str, Any] = {}
    for _ in range(DEEPEST):
        properties = value.get("properties")
        if isinstance(properties, Mapping) and properties and set(value) <= SCHEMA_KEYS:
            break
        inner = [key for key in AROUND if isinstance(value.get(key), Mapping)]
        if len(inner) != 1 or any(
            isinstance(each, Mapping) for key, each in value.items() if key != inner[0]
        ):
            return None
        notes |= {key: each for key, each in value.items() if key not in (*inner, "type")}
        value = value[inner[0]]
    else:
        return None
    described = {name: resolved(each, (value, root)) for name, each in value["properties"].items()}
    if not all(isinstance(each, Mapping) for each in described.values()):
        return None
    required = value.get("required")
    notes |= {key: each for key, each in value.items() if key not in SAID}
    notes |= dict(_unused(value))
    needed = tuple(required) if isinstance(required, list) else ()
    return Described(properties=described, required=needed, notes=notes)


def _unused(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the definitions that nothing refers to."""
    written = repr(value)
    for key in DEFINITIONS:
        below = value.get(key)
        known = below if isinstance(below, Mapping) else {}
        left = {name: each for name, each in known.items() if f"/{name}'" not in written}
        if left and key != "components":
            yield key, left


def is_json_schema(folder: str, value: Mapping[str, Any]) -> bool:
    """Return whether a component is described as a JSON Schema does, and not as the format does."""
    if isinstance(value.get("enum"), list):
        return True
    if folder != "inputs":
        return False
    if "$ref" in value or any(isinstance(value.get(key), list) for key in (*WAYS, "allOf")):
        return True
    if value.get("type") == "object" and isinstance(value.get("additionalProperties"), bool | Mapping):
        return True
    inner = value.get("schema")
    if isinstance(inner, Mapping) and is_json_schema(folder, inner):
        return True
    is_formatted = value.get("type") == "string" and _kind_of_format(value) is not None
    return is_formatted or (value.get("type") == "array" and isinstance(value.get("items"), Mapping))


def missing_reference(value: Mapping[str, Any], roots: tuple[Any, ...]) -> str | None:
    """Return a reference of a schema to what the file does not have; None where all are there."""
    parts = [value, *(each for key in (*WAYS, "allOf") for each in _listed(value.get(key)))]
    for each in parts:
        name = each.get("$ref") if isinstance(each, Mapping) else None
        if isinstance(name, str) and _target(name, roots) is None:
            return name
    return None


def resolved(value: Any, roots: tuple[Any, ...], *, deep: int = 0) -> Any:
    """Return a schema with what it refers to, its only alternative, and constants as `enum`."""
    if not isinstance(value, Mapping) or deep > DEEPEST:
        return value
    found = dict(value)
    if isinstance(found.get("schema"), Mapping):
        # A parameter of OpenAPI.
        found = {**found.pop("schema"), **found}
    name = found.get("$ref")
    target = _target(name, roots) if isinstance(name, str) else None
    if isinstance(target, Mapping):
        del found["$ref"]
        found = {**resolved(target, roots, deep=deep + 1), **found}
    for key in (*WAYS, "allOf"):
        ways = [resolved(each, roots, deep=deep + 1) for each in _listed(found.get(key))]
        ways = [each for each in ways if not _is_nothing(each)]
        if not ways or not all(isinstance(each, Mapping) for each in ways):
            continue
        if len(ways) == 1 and "$ref" not in ways[0]:
            del found[key]
            found = {**ways[0], **found}
        elif key in WAYS and all(
            set(each) <= {"const", "title", "description"} and "const" in each for each in ways
        ):
            del found[key]
            found |= _constants(ways)
    return found


def of_schema(folder: str, described: Mapping[str, Any], *, is_required: bool = False) -> Iterator[str]:
    """Yield the lines of a component that a JSON Schema describes."""
    kinds = load_schemas().kinds[folder]
    word = _word_of(described)
    items = described.get("items")
    if word == "array" and isinstance(items, Mapping):
        described = {**described, "items": None}
        if isinstance(items.get("enum"), list):
            word = "checkbox_group"
            described = {**{key: items[key] for key in ("default", *LABEL_KEYS) if key in items}, **described}
            described["enum"] = items["enum"]
            default = described.get("default")
            if default is not None and not isinstance(default, list):
                described["default"] = [default]
    kind, more = kind_of(word, folder)
    kind = kind or fallback(folder)
    yield f"type: {kind}"
    known = kinds[kind]["properties"]
    if more:
        yield more
    if word == "integer" and "integer" in known:
        yield "integer: true"
    yield from _keys_of_schema(described, known)
    if is_required and "required" in known:
        yield "required: true"


def notes_of(described: Described) -> Iterator[str]:
    """Yield what a schema says beside its properties, as comments."""
    for key, each in described.notes.items():
        yield from (f"# {line}" for line in edits.entry(key, each))


def _word_of(described: Mapping[str, Any]) -> str:
    if isinstance(described.get("enum"), list):
        return "select"
    word = described.get("type", "")
    ways = [each.get("type", "object") for key in WAYS for each in _listed(described.get(key)) if each]
    if not word and ways:
        # What may be one of several types is typed in as text, or as data.
        word = "number" if set(ways) <= {"integer", "number"} else "object" if "object" in ways else "string"
    if isinstance(word, list):
        word = next((each for each in word if each != "null"), "")
    if word == "string" and _kind_of_format(described) is not None:
        word = described["format"]
    return str(word)


def _kind_of_format(described: Mapping[str, Any]) -> str | None:
    """Return the kind of input for texts of a format of JSON Schema: `date-time`, `email`."""
    return kind_of(str(described.get("format") or "none"), "inputs")[0]


def _keys_of_schema(described: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of a JSON Schema in the format's words; what it has besides is kept as a comment."""
    rules: dict[str, Any] = {}
    for key, each in described.items():
        name = "label" if key == "title" else key if key in known else meant_key(key, list(known))
        rule = meant_key(key, ("min_length", "pattern")) if "rules" in known else None
        if (key in NOT_KEPT and not _says_more(key, each)) or each is None:
            continue
        if name is not None:
            yield from edits.entry(name, _labelled(each, described) if name == "choices" else each)
        elif rule is not None:
            rules[rule] = each
        else:
            yield from (f"# {line}" for line in edits.entry(key, each))
    yield from edits.entry("rules", rules) if rules else ()


def _says_more(key: str, value: Any) -> bool:
    """Return whether a key describes the values of data, which no field does."""
    return key == "additionalProperties" and isinstance(value, Mapping) and bool(value)


def _labelled(choices: list[Any], described: Mapping[str, Any]) -> list[Any]:
    """Return choices with the labels that a JSON Schema has beside them."""
    given = (described[key] for key in LABEL_KEYS if isinstance(described.get(key), list))
    labels: list[Any] = next(given, [])
    if len(labels) != len(choices):
        return choices
    return [
        {"value": value, "label": label} if label is not None else value
        for value, label in zip(choices, labels, strict=True)
    ]


def _constants(ways: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return alternatives that are one value each as `enum`, with their titles as labels."""
    found: dict[str, Any] = {"enum": [each["const"] for each in ways]}
    labels = [each.get("title", each.get("description")) for each in ways]
    return found | ({LABEL_KEYS[0]: labels} if any(labels) else {})


def _is_nothing(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("type") == "null"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _target(name: str, roots: tuple[Any, ...]) -> Any:
    """Return what a reference within the file names, `#/$defs/Mood`; None for anything else."""
    if not name.startswith("#/"):
        return None
    for root in roots:
        value = root
        for step in name[2:].split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            found = value if isinstance(value, Mapping) else {}
            value = found.get(key, found.get(f"x-{key}"))
        if value is not None:
            return value
    return None
