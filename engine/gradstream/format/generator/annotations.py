"""What an annotation says of a value, read without running anything.

Annotated[Literal["a", "b"] | None, "words"] --read_annotation--> Said(type "Literal", choices, words)
"""

import ast
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

CHOICE_BASES = frozenset({"Enum", "StrEnum", "IntEnum"})
BOUNDS: Mapping[str, str] = {"ge": "minimum", "le": "maximum", "gt": "minimum", "lt": "maximum"}
"""Words of libraries that check values, by the format's own."""


class Said(Struct, frozen=True, kw_only=True):
    """An annotation as text without `None` and `Annotated`; what it says of values beside their type.

    `is_text`: the members of an enumeration are texts or numbers as well.
    """

    types: Sequence[str] = ()
    choices: Sequence[Any] = ()
    words: str = ""
    bounds: Mapping[str, int | float] = {}
    is_enumeration: bool = False
    is_text: bool = False


def read_annotation(node: ast.expr | None, module: ast.Module) -> Said:
    """Read an annotation; `module` has the enumerations that it may name."""
    match node:
        case None | ast.Constant(value=None):
            return Said()
        case ast.Constant(value=str(text)):
            return _quoted(text, module)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _either([left, right], module)
        case ast.Subscript(value=value, slice=inner):
            return _subscript(node, _last(value), inner, module)
        case ast.Name(id=name):
            return _enumeration(name, module) or Said(types=[name])
        case _:
            return Said(types=[ast.unparse(node)])


def constant(expression: ast.expr | None) -> Any:
    """Return what is written; `Parameter.empty` for nothing, and for what only running would show."""
    try:
        return ast.literal_eval(expression) if expression is not None else inspect.Parameter.empty
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return inspect.Parameter.empty


def _quoted(text: str, module: ast.Module) -> Said:
    try:
        inner = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return Said(words=text)
    return Said(words=text) if isinstance(inner, ast.Constant) else read_annotation(inner, module)


def _subscript(node: ast.expr, name: str, inner: ast.expr, module: ast.Module) -> Said:
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    match name:
        case "Optional" | "Final" | "ClassVar" | "Required" | "NotRequired":
            return read_annotation(inner, module)
        case "Union":
            return _either(parts, module)
        case "Annotated":
            return _annotated(parts, module)
        case "Literal":
            values = [constant(each) for each in parts]
            plain = [each for each in values if isinstance(each, str | int | float)]
            return Said(types=["Literal"], choices=plain)
        case "list" | "List" | "Sequence" | "set" | "frozenset":
            of = read_annotation(inner, module)
            if of.choices:
                return Said(types=["list[Literal]"], choices=of.choices, is_enumeration=of.is_enumeration)
    return Said(types=[ast.unparse(node)])


def _either(parts: Sequence[ast.expr], module: ast.Module) -> Said:
    """Return what several types together say: numbers of two kinds are numbers."""
    read = [read_annotation(each, module) for each in parts]
    said = [each for each in read if each.types or each.words]
    if len(said) == 1:
        return said[0]
    types = [one for each in said for one in each.types]
    types = ["float"] if {"int", "float"} <= set(types) and len(set(types)) == 2 else types
    return Said(
        types=types,
        choices=[one for each in said for one in each.choices] if all(each.choices for each in said) else (),
    )


def _annotated(parts: Sequence[ast.expr], module: ast.Module) -> Said:
    inner = read_annotation(parts[0], module)
    words, bounds = inner.words, dict(inner.bounds)
    for each in parts[1:]:
        said = constant(each)
        words = said if isinstance(said, str) and not words else words
        for keyword in each.keywords if isinstance(each, ast.Call) else ():
            value = constant(keyword.value)
            if keyword.arg is not None and keyword.arg in BOUNDS and isinstance(value, int | float):
                bounds[BOUNDS[keyword.arg]] = value
            elif keyword.arg in ("description", "help") and isinstance(value, str):
                words = value
    return Said(
        types=inner.types,
        choices=inner.choices,
        words=words,
        bounds=bounds,
        is_enumeration=inner.is_enumeration,
        is_text=inner.is_text,
    )


def _enumeration(name: str, module: ast.Module) -> Said | None:
    """Return the values of an enumeration that the module defines."""
    found = next((each for each in module.body if isinstance(each, ast.ClassDef) and each.name == name), None)
    bases = [_last(each) for each in found.bases] if found is not None else []
    if found is None or not CHOICE_BASES & set(bases):
        return None
    values = [constant(each.value) for each in found.body if isinstance(each, ast.Assign)]
    plain = [each for each in values if isinstance(each, str | int | float)]
    is_text = bool({"str", "int", "StrEnum", "IntEnum"} & set(bases))
    return Said(types=["Literal"], choices=plain, is_enumeration=True, is_text=is_text) if plain else None


def _last(node: ast.expr) -> str:
    """Return the last name of `typing.Literal`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
