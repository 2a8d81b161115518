"""Fields as programs declare them, by a word and what is said of it: argparse, Shiny, param, Taipy.

add_argument("--steps", type=int, default=20)       -> integer, {default: 20}, called `steps`
sliderInput("n", "Bins", min = 1, max = 50)         -> slider, {label: Bins, min: 1, max: 50}, called `n`
<|{n}|slider|min=1|max=60|>                         -> slider, {min: 1, max: 60}, called `n`
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

MOST_IN_RANGE = 50
"""Choices that `range(…)` is written out as."""


class Declared(Struct, frozen=True, kw_only=True):
    """A field: a word for its kind, what is said of it in other tools' words, and what is not understood."""

    word: str
    given: Mapping[str, Any]
    name: str = ""
    left_out: tuple[str, ...] = ()


SHINY_R: Mapping[str, str] = {
    "sliderInput": "slider",
    "numericInput": "numeric",
    "textInput": "text",
    "textAreaInput": "text_area",
    "passwordInput": "password",
    "selectInput": "select",
    "selectizeInput": "selectize",
    "radioButtons": "radio_buttons",
    "checkboxInput": "checkbox",
    "switchInput": "switch",
    "checkboxGroupInput": "checkbox_group",
    "dateInput": "date",
    "fileInput": "file",
    "colourInput": "color",
}
"""Inputs of Shiny in R; in Python they are `input_` and the word."""

SHINY_ORDER: Mapping[str, Sequence[str]] = {
    "slider": ("id", "label", "min", "max", "value", "step"),
    "numeric": ("id", "label", "value", "min", "max", "step"),
    "select": ("id", "label", "choices", "selected"),
    "": ("id", "label", "value"),
}
CHOSEN = frozenset({"select", "selectize", "radio_buttons", "checkbox_group"})
IDS = ("id", "inputId", "inputID")

PARAM: Mapping[str, str] = {
    "Integer": "integer",
    "Number": "number",
    "Magnitude": "slider",
    "String": "string",
    "Boolean": "boolean",
    "Selector": "select",
    "ObjectSelector": "select",
    "ListSelector": "multiselect",
    "Color": "color",
    "CalendarDate": "date",
    "Date": "datetime",
    "Filename": "file",
}
"""Parameters of the library param."""

TYPES = {"int": "integer", "float": "float", "str": "string", "bool": "boolean", "Path": "string"}
SWITCHES = {"store_true": False, "store_false": True}
BOUNDS = frozenset({"bounds", "softbounds", "domain"})
"""Names of two numbers in one."""

R_WORDS = {"TRUE": "True", "FALSE": "False", "NULL": "None", "NA": "None"}
R_VECTOR = re.compile(r"\b(?:c|list)\(([^()]*)\)")
R_NAMED = re.compile(r"(?P<label>\"[^\"]*\"|'[^']*'|`[^`]*`|[A-Za-z.][\w.]*)\s*=\s*(?P<value>[^,]+)")
TAIPY = re.compile(r"<\|\{?(?P<name>[\w.]+)\}?\|(?P<word>\w+)\|(?P<rest>.*?)\|?>")


def declared(text: str) -> Declared | None:
    """Return the field that a text declares; None for any other text."""
    taipy = TAIPY.fullmatch(text)
    if taipy is not None:
        return _of_taipy(taipy)
    call = _call(text)
    parts = parts_of(call.func) if call is not None else []
    if call is None or not parts:
        return None
    last = parts[-1]
    if last == "add_argument":
        return _of_argparse(call)
    if last in SHINY_R or (last.startswith("input_") and parts[0] in ("ui", "shiny", last)):
        return _of_shiny(SHINY_R.get(last, last.removeprefix("input_")), call)
    if parts[0] == "param" and last in PARAM:
        return _of_param(PARAM[last], call)
    return None


def declarations(text: str) -> list[str]:
    """Return the calls of a text that has one after another, as its folded lines are."""
    parts = re.split(r"(?<=\))[\s,;]+(?=[A-Za-z_][\w.]*\()", text.strip())
    return parts if len(parts) > 1 else []


def two_bounds(name: str, value: Any) -> dict[str, Any] | None:
    """Return the least and the largest number of `bounds=(0, 10)`; None for anything else."""
    if name not in BOUNDS or not isinstance(value, tuple | list) or len(value) != 2:
        return None
    return {key: each for key, each in zip(("min", "max"), value, strict=True) if each is not None}


def _of_taipy(found: re.Match[str]) -> Declared:
    given: dict[str, Any] = {}
    for part in filter(None, found["rest"].split("|")):
        name, equals, value = part.partition("=")
        given[name.strip()] = _number(value.strip()) if equals else True
    word = found["word"]
    if word == "selector":
        word = "select" if given.pop("dropdown", None) else "radio"
    if isinstance(given.get("lov"), str):
        given["choices"] = [each.strip() for each in given.pop("lov").split(";")]
    return Declared(word=word, given=given, name=found["name"])


def _of_argparse(call: ast.Call) -> Declared:
    flags = [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    given, left_out = _named(call)
    word = TYPES.get(_called(given.pop("type", "str")), "file" if "FileType" in ast.dump(call) else "")
    action = given.pop("action", None)
    if action in SWITCHES:
        word, given = "checkbox", {"default": SWITCHES[action], **given}
    elif action == "BooleanOptionalAction":
        word = "checkbox"
    elif action not in (None, "store"):
        left_out.append("action")
    several = given.pop("nargs", None)
    if "choices" in given:
        word = "checkbox_group" if several in ("+", "*") else "select"
    elif several not in (None, "?"):
        left_out.append("nargs")
    given.pop("metavar", None)
    longest = max(flags, key=len, default="")
    if longest and not longest.startswith("-") and several != "?":
        given["required"] = True
    name = str(given.pop("dest", longest)).lstrip("-").replace("-", "_")
    if word == "integer" and "default" not in given:
        given["integer"] = True
    if not word:
        left_out.append("type")
    return Declared(word=word or "string", given=given, name=name, left_out=tuple(left_out))


def _of_shiny(word: str, call: ast.Call) -> Declared:
    order = SHINY_ORDER.get("select" if word in CHOSEN else word, SHINY_ORDER[""])
    given, left_out = _named(call)
    for name, node in zip(order, call.args, strict=False):
        _put(given, left_out, name, node)
    left_out += ["…"] if len(call.args) > len(order) else []
    name = next((str(given.pop(key)) for key in IDS if key in given), "")
    choices = given.get("choices")
    if isinstance(choices, dict):
        given["choices"] = [{"value": value, "label": label} for value, label in choices.items()]
    if word == "slider" and isinstance(given.get("value"), list | tuple):
        given["range"] = True
    if isinstance(given.get("label"), str):
        given["label"] = given["label"].rstrip(":")
    return Declared(word=word, given=given, name=name, left_out=tuple(left_out))


def _of_param(word: str, call: ast.Call) -> Declared:
    given, left_out = _named(call)
    for name, node in zip(("default",), call.args, strict=False):
        _put(given, left_out, name, node)
    for name in BOUNDS & set(given):
        given |= two_bounds(name, given.pop(name)) or {}
    if "objects" in given:
        given["choices"] = given.pop("objects")
    if "doc" in given:
        given["description"] = given.pop("doc")
    return Declared(word=word, given=given, left_out=tuple(left_out))


def _named(call: ast.Call) -> tuple[dict[str, Any], list[str]]:
    given: dict[str, Any] = {}
    left_out: list[str] = []
    for each in call.keywords:
        _put(given, left_out, each.arg or "…", each.value)
    return given, left_out


def _put(given: dict[str, Any], left_out: list[str], name: str, node: ast.expr) -> None:
    """Take an argument's value, of a type its word; what only a run can work out is left out."""
    if isinstance(node, ast.Name | ast.Attribute) and name in ("type", "action"):
        given[name] = parts_of(node)[-1] if parts_of(node) else ""
        return
    try:
        value = _range(node) if isinstance(node, ast.Call) else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        if not (name == "type" and "FileType" in ast.dump(node)):
            left_out.append(name)
        return
    if value is not None:
        given[name] = list(value) if isinstance(value, set | range | tuple) else value


def _range(node: ast.Call) -> Sequence[int]:
    """Return the numbers of `range(1, 5)`; raises ValueError for another call."""
    numbers = [ast.literal_eval(each) for each in node.args]
    if parts_of(node.func) != ["range"] or not all(type(each) is int for each in numbers) or node.keywords:
        raise ValueError(node)
    found = range(*numbers)
    if len(found) > MOST_IN_RANGE:
        raise ValueError(node)
    return found


def _called(word: Any) -> str:
    return str(word)


def _number(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _call(text: str) -> ast.Call | None:
    try:
        tree = ast.parse(_in_python(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree if isinstance(tree, ast.Call) else None


def _in_python(text: str) -> str:
    """Return a call of R as one of Python: `c("A" = "a")` is a list of choices with their labels."""
    if text.partition("(")[0].strip().rpartition(":")[2] not in SHINY_R:
        return text
    plain = re.sub(r"\b(TRUE|FALSE|NULL|NA)\b", lambda found: R_WORDS[found.group()], text)
    return R_VECTOR.sub(lambda found: _vector(found[1]), plain.rpartition("::")[2])


def _vector(inner: str) -> str:
    named = list(R_NAMED.finditer(inner))
    if not named:
        return f"[{inner}]"
    return "[" + ", ".join(_labelled(named)) + "]"


def _labelled(named: Sequence[re.Match[str]]) -> Iterator[str]:
    for each in named:
        label = each["label"] if each["label"][0] in "\"'" else repr(each["label"].strip("`"))
        yield f"{{'value': {each['value'].strip()}, 'label': {label}}}"


def parts_of(function: ast.expr) -> list[str]:
    """Return the names of `ui.input_slider`; none for anything else."""
    names: list[str] = []
    while isinstance(function, ast.Attribute):
        names.append(function.attr)
        function = function.value
    return [function.id, *reversed(names)] if isinstance(function, ast.Name) else []
