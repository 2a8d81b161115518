"""Components as programs write them: `gr.Slider(1, 10, value=3)`, `st.selectbox("Mood", ["a", "b"])`, `str`.

text --ast--> name and arguments --kind_for_word--> lines of the component's keys
"""

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.document.scalars import resolve
from gradstream.format import edits
from gradstream.format.mistakes.endings import ending
from gradstream.format.mistakes.numerals import range_in
from gradstream.format.mistakes.synonyms import meant_choice, meant_key
from gradstream.format.schema.hints import fallback, kind_for_annotation, kind_for_word
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.chains import chain_of
from gradstream.format.shapes.declarations import declared, parts_of, two_bounds
from gradstream.format.shapes.html_fields import field_of
from gradstream.format.shapes.phrases import lines_of, phrase_of

DECLARING = frozenset({"Input", "Field", "Param", "Parameter", "Query", "Option", "Argument"})
"""Functions by which other libraries declare a parameter with its default and its bounds."""

LABEL_FIRST = frozenset(
    {"st", "streamlit", "pn", "mo", "ui", "questionary", "inquirer", "prompt", "Prompt", "input"}
)
"""Libraries and functions that are given a label first."""

LABELS_AS_KEYS = frozenset({"pn", "panel", "mo", "marimo", "widgets", "ipywidgets", "w", "ipw"})
"""Libraries whose choices are a mapping from labels to values; elsewhere it is the other way around."""

NUMBERS = frozenset({"minimum", "maximum", "step"})

POSITIONS: Mapping[str, Sequence[str]] = {
    "choices": ("choices", "default"),
    "minimum": ("minimum", "maximum", "default", "step"),
    "": ("default",),
}
"""What comes first in a call, by a key that the kind has."""

OPTIONAL = re.compile(r"(?:typing\.)?(?:Optional|Option|Maybe)[\[<](.*)[\]>]|(.*?)\s*\|\s*None|(.*)\?")
STREAMED = re.compile(r"(?:(?P<a>\w+?)[ _-])?stream(?:ing|ed)?(?:[ _-](?P<b>\w+))?", re.IGNORECASE)
SEVERAL = re.compile(r"(?:typing\.)?(?:[Ll]ist|[Ss]et|Sequence|Iterable)\[")
"""Annotations of several values, for which there is more than one kind."""

ANNOTATED = re.compile(r"(?:typing\.)?Annotated\[\s*(?P<inner>[\w.]+)\s*,\s*(?P<call>.+)\]")
CONSTRAINED = re.compile(r"con(?=(?:int|float|str|decimal|date|list)$)")
"""What pydantic puts before the name of a type with bounds."""

LITERAL = re.compile(r"(?:typing\.)?(?:Literal|Enum|enum|oneof|choice)\s*[\[(](?P<members>.*)[\])]")


LONGEST_NUMBER = 18
"""Digits of a number that an attribute can have; longer ones are texts."""


class Component(Struct, frozen=True, kw_only=True):
    """A component that was understood: the kind, lines of its keys, and arguments that have no place.

    `unit` is what its numbers are measured in, which its label says. `name` is the text's own.
    """

    kind: str
    lines: Sequence[str]
    left_out: Sequence[str] = ()
    unit: str = ""
    name: str = ""


def component_of(text: str, folder: str) -> Component | None:
    """Return the component that a text means; None for a kind's own name, and for what is not understood."""
    plain = text.strip()
    if plain in load_schemas().kinds[folder]:
        return None
    for read in (
        _of_html,
        _of_declaration,
        _of_members,
        _in_short,
        _of_phrase,
        _of_annotated,
        component_of_chain,
    ):
        found = read(plain, folder)
        if found is not None:
            return found
    return _of_expression(plain, folder)


def _of_html(text: str, folder: str) -> Component | None:
    field = field_of(text) if folder == "inputs" else None
    return None if field is None else _of_field(*field, folder)


def _of_declaration(text: str, folder: str) -> Component | None:
    found = declared(text) if folder == "inputs" else None
    component = None if found is None else _of_field(found.word, found.given, folder, is_text=False)
    if found is None or component is None:
        return None
    return replace(component, name=found.name, left_out=[*component.left_out, *found.left_out])


def _of_members(text: str, folder: str) -> Component | None:
    literal = LITERAL.fullmatch(text) if folder == "inputs" else None
    return None if literal is None else _of_literal(literal["members"], folder)


def _of_phrase(text: str, folder: str) -> Component | None:
    phrase = phrase_of(text, folder)
    return None if phrase is None else Component(kind=phrase.kind, lines=lines_of(phrase), unit=phrase.unit)


def _of_expression(plain: str, folder: str) -> Component | None:
    """Return the component of a call, of an attribute, or of a type."""
    optional = OPTIONAL.fullmatch(plain)
    if optional:
        plain = next(group for group in optional.groups() if group is not None).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    call = tree if isinstance(tree, ast.Call) else None
    function = call.func if call is not None else tree
    parts = parts_of(function)
    kind, key = kind_of(CONSTRAINED.sub("", parts[-1]), folder) if parts else (None, "")
    if parts and parts[-1] in DECLARING and call is not None and folder == "inputs":
        kind, key = _kind_of_default(call), ""
    if not parts and not SEVERAL.match(plain):
        keys = kind_for_annotation(folder, plain)
        return None if keys is None else Component(kind=keys["type"], lines=_lines_of(keys))
    typed = kind_of(_type_of(call), folder) if call is not None and kind == fallback(folder) else (None, "")
    if typed[0] is not None:
        kind, key = typed
    if kind is None or (call is None and len(parts) == 1 and not optional):
        return None
    lines, left_out = _keys(call, kind, folder, called=parts) if call else ([], [])
    named = {line.partition(":")[0] for line in lines}
    more = [key] if key and key.partition(":")[0] not in named else []
    return Component(kind=kind, lines=[f"type: {kind}", *more, *lines], left_out=left_out)


def _type_of(call: ast.Call) -> str:
    """Return the type of a field that is called with it: `dcc.Input(type="number")`; "" for none."""
    given = (each.value for each in call.keywords if each.arg == "type")
    value = next(given, None)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def component_of_chain(text: str, folder: str) -> Component | None:
    """Return the component of a chain of calls, as validators of JavaScript have it: `z.number().min(0)`."""
    chain = chain_of(text) if folder == "inputs" else None
    kind, more = kind_of(chain.word, folder) if chain else (None, "")
    if chain is None or kind is None:
        return None
    known = load_schemas().kinds[folder][kind]["properties"]
    keys, left_out = chain.keys(set(known))
    lines = [line for key, value in keys.items() for line in edits.entry(key, value)]
    implied = [more] if more and more.partition(":")[0] not in keys else []
    return Component(kind=kind, lines=[f"type: {kind}", *implied, *lines], left_out=left_out)


def _of_annotated(text: str, folder: str) -> Component | None:
    """Return the component of a type with bounds beside it: `Annotated[int, Field(ge=1)]`."""
    found = ANNOTATED.fullmatch(text) if folder == "inputs" else None
    if found is None:
        return None
    keys = kind_for_annotation(folder, found["inner"])
    bounds = component_of(found["call"], folder)
    if keys is None or bounds is None:
        return None
    more = [line for line in bounds.lines if not line.startswith("type:")]
    return Component(kind=keys["type"], lines=[*_lines_of(keys), *more], left_out=bounds.left_out)


def _of_field(word: str, given: Mapping[str, Any], folder: str, *, is_text: bool = True) -> Component | None:
    """Return the component for a field of a web page, or of a program; `is_text`: all values are texts."""
    kind, more = kind_of(word, folder)
    if kind is None:
        return None
    known = load_schemas().kinds[folder][kind]["properties"]
    values: dict[str, Any] = {}
    left_out = []
    for name, value in given.items():
        key = _key(name, known)
        if key is None:
            left_out.append(name)
        else:
            values[key] = _plain(_value(key, value, is_text=is_text))
    lines = [line for key, value in values.items() for line in edits.entry(key, value)]
    implied = [more] if more and more.partition(":")[0] not in values else []
    return Component(kind=kind, lines=[f"type: {kind}", *implied, *lines], left_out=left_out)


def _value(key: str, value: Any, *, is_text: bool) -> Any:
    if key == "accept":
        listed = value if isinstance(value, list) else str(value).split(",")
        return [ending(str(each)) for each in listed]
    return _read(value) if is_text else value


def _read(value: Any) -> Any:
    """Return the value of an attribute: a number or a truth where it is written so."""
    return resolve(value) if isinstance(value, str) and value and len(value) < LONGEST_NUMBER else value


def _lines_of(keys: Mapping[str, Any]) -> list[str]:
    return [line for key, value in keys.items() for line in edits.entry(key, value)]


def _in_short(text: str, folder: str) -> Component | None:
    """Return what is meant by `type:text`, `text = Rome`, `1..10` and `text stream`."""
    pair = re.fullmatch(r"(?P<key>\w+):(?P<value>\w+)", text)
    if pair and (pair["key"] == "type" or meant_key(pair["key"], ["type"])):
        kind, key = kind_of(pair["value"], folder)
        more = [key] if key else []
        return Component(kind=kind, lines=[f"type: {kind}", *more]) if kind else None
    given = re.fullmatch(r"(?P<kind>\w+)\s*=\s*(?P<default>\S.*)", text)
    if given and folder == "inputs":
        kind, key = kind_of(given["kind"], folder)
        more = [key] if key else []
        lines = [f"type: {kind}", *more, f"default: {given['default']}"]
        return Component(kind=kind, lines=lines) if kind else None
    bounds = range_in(text)
    if bounds and folder == "inputs":
        lines = [f"type: {_kind_called('float_slider')}", f"minimum: {bounds[0]}", f"maximum: {bounds[1]}"]
        return Component(kind=_kind_called("float_slider"), lines=lines)
    streamed = re.fullmatch(
        r"(?:(?P<a>\w+?)[ _-])?stream(?:ing|ed)?(?:[ _-](?P<b>\w+))?", text, re.IGNORECASE
    )
    if streamed and folder == "outputs":
        kind = kind_of(streamed["a"] or streamed["b"] or fallback(folder), folder)[0]
        return Component(kind=kind, lines=[f"type: {kind}", "streaming: true"]) if kind else None
    return None


def _kind_of_default(call: ast.Call) -> str:
    """Return the kind of input that fits a declaration of a parameter: by choices, bounds, default."""
    given = {each.arg: each.value for each in call.keywords}
    if "choices" in given:
        return _kind_called("select")
    if {"ge", "gt", "le", "lt", "minimum", "maximum"} & set(given):
        return _kind_called("numeric")
    default = given.get("default", call.args[0] if call.args else None)
    value = default.value if isinstance(default, ast.Constant) else None
    keys = kind_for_annotation("inputs", type(value).__name__)
    return keys["type"] if keys else fallback("inputs")


def _kind_called(word: str) -> str:
    """Return the kind of input that is called by a word of another tool."""
    kind, _ = kind_of(word, "inputs")
    return kind or fallback("inputs")


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


def _keys(call: ast.Call, kind: str, folder: str, *, called: Sequence[str]) -> tuple[list[str], list[str]]:
    known = load_schemas().kinds[folder][kind]["properties"]
    order = _order(call, known, called)
    named = {_key(one.arg or "", known) for one in call.keywords}
    order = tuple(name for name in order if name not in named)
    given = [*zip(order, call.args, strict=False), *((one.arg or "", one.value) for one in call.keywords)]
    values: dict[str, Any] = {}
    left_out = []
    for name, node in given:
        key = _key(name, known)
        try:
            value = ast.literal_eval(_with_texts(node))
        except (ValueError, TypeError, SyntaxError):
            key = None
            value = None
        if _is_said_otherwise(name, value, values, kind=kind, folder=folder):
            continue
        if key is None or key in values:
            left_out.append(name)
        elif value is not None and _within(value, known[key]):
            values[key] = value
    _write_choices(values, called)
    if isinstance(values.get("accept"), list):
        values["accept"] = [ending(str(each)) for each in values["accept"]]
    if (
        "choices" in known
        and isinstance(values.get("default"), int)
        and "index" in {name for name, _ in given}
    ):
        index = values["default"]
        values["default"] = values.get("choices", [])[index : index + 1][0] if "choices" in values else index
    return [line for key, value in values.items() for line in edits.entry(key, _plain(value))], left_out


def _write_choices(values: dict[str, Any], called: Sequence[str]) -> None:
    """Write choices that are a mapping or pairs as values with labels; a default may be a label."""
    choices = values.get("choices")
    pairs = _pairs(choices, called)
    if not pairs:
        return
    values["choices"] = [
        {"value": value, "label": label} if value != label else value for value, label in pairs
    ]
    by_label = {label: value for value, label in pairs if isinstance(label, str)}
    default = values.get("default")
    if (
        isinstance(default, str)
        and isinstance(choices, dict)
        and default not in [value for value, _ in pairs]
    ):
        values["default"] = by_label.get(default, default)


def _pairs(choices: Any, called: Sequence[str]) -> list[tuple[Any, Any]]:
    """Return values with their labels, as the library orders them; none for choices that are only values."""
    if isinstance(choices, dict):
        items = [(key, label) for key, label in choices.items()]
        return [(value, label) for label, value in items] if called[0] in LABELS_AS_KEYS else items
    is_paired = (
        isinstance(choices, list)
        and choices
        and all(isinstance(each, list | tuple) and len(each) == 2 for each in choices)
    )
    if not is_paired:
        return []
    are_values_first = called[-1].endswith("Field")
    return [(a, b) if are_values_first else (b, a) for a, b in choices]


def _order(call: ast.Call, known: Mapping[str, Any], called: Sequence[str]) -> Sequence[str]:
    """Return the keys that the arguments without a name are for, in their order."""
    positions = next(each for key, each in POSITIONS.items() if not key or key in known)
    first = call.args[0] if call.args else None
    if called[-1] in DECLARING:
        return ("max_length",) if "max_length" in known and _is_length(call.args) else ("default",)
    is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
    has_label = called[0] in LABEL_FIRST and not isinstance(first, ast.List | ast.Dict | ast.Tuple)
    return ("label", *positions) if has_label or (is_text and positions[0] in NUMBERS) else positions


def _is_said_otherwise(name: str, value: Any, values: dict[str, Any], *, kind: str, folder: str) -> bool:
    """Take an argument whose name is not a key: `as` of a file, two bounds, the kind itself."""
    known = load_schemas().kinds[folder][kind]["properties"]
    handed = meant_choice(str(value), known.get("as", {}).get("enum", ())) if name == "type" else None
    bounds = two_bounds(name, value) if {"minimum", "maximum"} <= set(known) else None
    if handed is not None:
        values["as"] = handed
        return True
    if bounds is not None:
        values |= {meant_key(each, list(known)) or each: bound for each, bound in bounds.items()}
        return True
    return name == "type" and kind_of(str(value), folder)[0] == kind


def _with_texts(node: ast.expr) -> ast.expr:
    """Return a list with its bare words as texts: `choices=[tired, cheerful]`."""
    if isinstance(node, ast.List) and node.elts and all(isinstance(each, ast.Name) for each in node.elts):
        words = [each.id for each in node.elts if isinstance(each, ast.Name)]
        return ast.List(elts=[ast.Constant(value=word) for word in words], ctx=ast.Load())
    return node


def _key(name: str, known: Mapping[str, Any]) -> str | None:
    """Return the key that an argument stands for; what a file may be is its `type` elsewhere."""
    if name == "type":
        return "accept" if "accept" in known else None
    return name if name in known else meant_key(re.sub("_value$", "", name), list(known))


def _is_length(arguments: Sequence[ast.expr]) -> bool:
    """Return whether a call has one number, as `varchar(200)` has."""
    only = arguments[0] if len(arguments) == 1 else None
    return isinstance(only, ast.Constant) and type(only.value) is int


def _within(value: Any, described: Mapping[str, Any]) -> bool:
    """Return whether a number is one that the key can have: a height of 200 points is not 200 lines."""
    return not isinstance(value, int) or value <= described.get("maximum", value)


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
