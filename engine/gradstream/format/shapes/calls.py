"""Components as programs write them: `gr.Slider(1, 10, value=3)`, `st.selectbox("Mood", ["a", "b"])`, `str`.

text --ast--> name and arguments --kind_for_word--> lines of the component's keys
"""

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.format import edits
from gradstream.format.mistakes.synonyms import meant_key
from gradstream.format.schema.hints import kind_for_word
from gradstream.format.schema.validators import load_schemas

LABEL_FIRST = frozenset({"st", "streamlit", "pn", "mo", "ui"})
"""Libraries whose components are given their label first."""

POSITIONS: Mapping[str, Sequence[str]] = {
    "choices": ("choices", "default"),
    "minimum": ("minimum", "maximum", "default", "step"),
    "": ("default",),
}
"""What comes first in a call, by a key that the kind has."""

OPTIONAL = re.compile(r"(?:typing\.)?Optional\[(.*)\]|(.*?)\s*\|\s*None|(.*)\?")
LITERAL = re.compile(r"(?:typing\.)?(?:Literal|Enum|enum|oneof|choice)\s*[\[(](?P<members>.*)[\])]")


class Component(Struct, frozen=True, kw_only=True):
    """A component that was understood: the kind, lines of its keys, and arguments that have no place."""

    kind: str
    lines: Sequence[str]
    left_out: Sequence[str] = ()


def component_of(text: str, folder: str) -> Component | None:
    """Return the component that a text means; None for a kind's own name, and for what is not understood."""
    plain = text.strip()
    kinds = load_schemas().kinds[folder]
    if plain in kinds:
        return None
    literal = LITERAL.fullmatch(plain)
    if literal and folder == "inputs":
        return _of_literal(literal["members"], folder)
    optional = OPTIONAL.fullmatch(plain)
    if optional:
        plain = next(group for group in optional.groups() if group is not None).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    call = tree if isinstance(tree, ast.Call) else None
    function = call.func if call is not None else tree
    parts = _parts(function)
    kind, key = kind_of(parts[-1], folder) if parts else (None, "")
    if kind is None or (call is None and len(parts) == 1 and not optional):
        return None
    lines, left_out = _keys(call, kind, folder, labelled=parts[0] in LABEL_FIRST) if call else ([], [])
    named = {line.partition(":")[0] for line in lines}
    more = [key] if key and key.partition(":")[0] not in named else []
    return Component(kind=kind, lines=[f"type: {kind}", *more, *lines], left_out=left_out)


def kind_of(word: str, folder: str) -> tuple[str | None, str]:
    """Return the kind that a word of another tool means, and a key that belongs to it."""
    kinds = load_schemas().kinds[folder]
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower().replace("-", "_")
    for each in (plain, plain.replace("_", "")):
        if each in kinds:
            return each, ""
        called = kind_for_word(folder, each)
        if called is not None:
            return called
    return None, ""


def _parts(function: ast.expr) -> list[str]:
    """Return the names of `gr.components.Slider`; none for anything else."""
    names: list[str] = []
    while isinstance(function, ast.Attribute):
        names.append(function.attr)
        function = function.value
    return [function.id, *reversed(names)] if isinstance(function, ast.Name) else []


def _keys(call: ast.Call, kind: str, folder: str, *, labelled: bool) -> tuple[list[str], list[str]]:
    known = load_schemas().kinds[folder][kind]["properties"]
    positions = next(each for key, each in POSITIONS.items() if not key or key in known)
    order = ("label", *positions) if labelled else positions
    given = [*zip(order, call.args, strict=False), *((one.arg or "", one.value) for one in call.keywords)]
    values: dict[str, Any] = {}
    left_out = []
    for name, node in given:
        key = name if name in known else meant_key(re.sub("_value$", "", name), list(known))
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError):
            key = None
            value = None
        if key is None or key in values:
            left_out.append(name)
        elif value is not None:
            values[key] = value
    if (
        "choices" in known
        and isinstance(values.get("default"), int)
        and "index" in {name for name, _ in given}
    ):
        index = values["default"]
        values["default"] = values.get("choices", [])[index : index + 1][0] if "choices" in values else index
    return [line for key, value in values.items() for line in edits.entry(key, _plain(value))], left_out


def _plain(value: Any) -> Any:
    """Return a literal of Python as YAML has it."""
    if isinstance(value, tuple | list | set):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value


def _of_literal(members: str, folder: str) -> Component | None:
    kind = next(
        (
            kind
            for kind, schema in load_schemas().kinds[folder].items()
            if "multiple" in schema["properties"] and "choices" in schema["properties"]
        ),
        None,
    )
    try:
        values = ast.literal_eval(f"[{members}]")
    except (ValueError, SyntaxError):
        values = [each.strip() for each in members.split(",")]
    return (
        None
        if kind is None
        else Component(kind=kind, lines=[f"type: {kind}", *edits.entry("choices", values)])
    )
