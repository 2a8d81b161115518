"""Chains of calls by which validators of JavaScript describe a value: zod, yup, Joi, valibot.

z.string().min(3).max(20).default("Rome")  -->  string, {min: 3, max: 20, default: "Rome"}
"""

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

LIBRARIES = frozenset({"z", "zod", "yup", "Joi", "joi", "v", "t", "s", "S", "T", "Type"})
IDLE = frozenset({"optional", "nullable", "nullish", "trim", "strict", "coerce", "finite", "safe", "defined"})
"""Calls without which a visitor's value is the same."""

BOUNDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("min", "gte", "minValue"), ("minimum", "min_length")),
    **dict.fromkeys(("max", "lte", "maxValue"), ("maximum", "max_length")),
    **dict.fromkeys(("minLength",), ("", "min_length")),
    **dict.fromkeys(("maxLength",), ("", "max_length")),
}
"""The keys of a bound: of numbers, and of texts."""

KEYS: Mapping[str, str] = {
    **dict.fromkeys(("default", "catch"), "default"),
    **dict.fromkeys(("describe", "meta", "description"), "description"),
    **dict.fromkeys(("label", "title"), "label"),
    **dict.fromkeys(("multipleOf", "step", "multiple"), "step"),
    **dict.fromkeys(("regex", "pattern", "matches"), "pattern"),
}
FLAGS: Mapping[str, str] = {
    **dict.fromkeys(("int", "integer"), "integer"),
    **dict.fromkeys(("required", "nonempty", "exist"), "required"),
}


class Chain(Struct, frozen=True):
    """The word that such a chain begins with, the values of its call, and the calls behind it."""

    word: str
    members: Sequence[Any]
    calls: Sequence[tuple[str, Sequence[Any]]]

    def keys(self, known: set[str]) -> tuple[dict[str, Any], list[str]]:
        """Return keys with their values, and the calls for which there is none."""
        keys: dict[str, Any] = {"choices": list(self.members)} if self.members and "choices" in known else {}
        rules: dict[str, Any] = {}
        left_out = []
        for name, values in self.calls:
            key = FLAGS.get(name) or KEYS.get(name) or _bound(name, known)
            value = True if name in FLAGS else values[0] if values else None
            if name in IDLE:
                continue
            if key in known and value is not None:
                keys[key] = value
            elif key in ("min_length", "pattern") and "rules" in known and value is not None:
                rules[key] = value
            else:
                left_out.append(name)
        return {**keys, **({"rules": rules} if rules else {})}, left_out


def _bound(name: str, known: set[str]) -> str:
    number, text = BOUNDS.get(name, ("", ""))
    return number if number in known else text


def chain_of(text: str) -> Chain | None:
    """Return the chain that a text is; None for anything else."""
    plain = re.sub(r"\b(true|false|null|undefined)\b", _as_python, text.strip().rstrip(";"))
    try:
        node = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    calls: list[tuple[str, Sequence[Any]]] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        try:
            calls.insert(0, (node.func.attr, [ast.literal_eval(each) for each in node.args]))
        except (ValueError, TypeError, SyntaxError):
            return None
        node = node.func.value
    if isinstance(node, ast.Attribute) and node.attr == "coerce":
        node = node.value
    if not (isinstance(node, ast.Name) and node.id in LIBRARIES and len(calls) > 1):
        return None
    (word, given), *others = calls
    members = given[0] if given and isinstance(given[0], list) else given
    return Chain(word=word, members=members, calls=others)


def _as_python(found: re.Match[str]) -> str:
    return {"true": "True", "false": "False"}.get(found.group(), "None")
