"""The values of expressions that can be known without running the app.

256 * 3                                              -> 768
CHOICES[0:2], list(TABLE), {**A}                     -> the members, where the variable is never changed
os.path.join(os.path.dirname(__file__), "lion.jpg")  -> "lion.jpg", from the folder of the app
"""

import ast
import operator
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

DEEPEST = 20
"""Expressions within expressions, variables followed included."""

LONGEST = 10_000
"""Members or characters of a value that is made by repeating, and digits of a power's exponent."""

APP = "./app.py"
"""What `__file__` stands for: only its folder is ever asked for."""


class Unknown:
    """The type of `UNKNOWN`."""


UNKNOWN: Final = Unknown()
"""The value of what only running the app would show."""

OPERATIONS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
REPEATED = (str, list, tuple)


class Constants:
    """The values of one app; `assigned` has what its variables are assigned, `changed` which are changed.

    `known` has the values of the variables of a comprehension.
    """

    def __init__(
        self,
        assigned: Mapping[str, ast.expr],
        changed: frozenset[str],
        known: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._assigned = assigned
        self._changed = changed
        self._known = known

    def value(self, node: ast.expr | None) -> Any:
        """Return the value of an expression; a path is its text."""
        return _plain(self._value(node, 0))

    def _value(self, node: ast.expr | None, depth: int) -> Any:
        if depth > DEEPEST:
            return UNKNOWN
        try:
            return self._of(node, depth + 1)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return UNKNOWN

    def _of(self, node: ast.expr | None, depth: int) -> Any:
        match node:
            case ast.Name(id=name):
                return self._variable(name, depth)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                values = self._values(elements, depth)
                return values if values is UNKNOWN or isinstance(node, ast.List) else tuple(values)
            case ast.Dict(keys=keys, values=values) if None not in keys:
                members = self._values([*keys, *values], depth)
                return members if members is UNKNOWN else dict(zip(*_halves(members), strict=True))
            case ast.Call():
                return self._call(node, depth)
            case ast.ListComp(elt=member, generators=[ast.comprehension(ifs=[]) as over]):
                return self._made(member, over, depth)
            case ast.Subscript(value=inner, slice=index):
                return self._part(self._value(inner, depth), index, depth)
            case ast.BinOp(left=left, op=op, right=right):
                return _combined(op, self._value(left, depth), self._value(right, depth))
            case ast.Attribute(value=inner, attr="parent"):
                held = self._value(inner, depth)
                return _folder(held) if isinstance(held, PurePosixPath) else UNKNOWN
            case ast.JoinedStr(values=parts):
                return self._joined(parts, depth)
            case _:
                return literal(node)

    def _variable(self, name: str, depth: int) -> Any:
        if name == "__file__" or name in self._known:
            return self._known.get(name, APP)
        is_constant = name in self._assigned and name not in self._changed
        return self._value(self._assigned[name], depth) if is_constant else UNKNOWN

    def _made(self, member: ast.expr, over: ast.comprehension, depth: int) -> Any:
        """Return the list that a comprehension of one `for` makes."""
        held = self._value(over.iter, depth)
        if not isinstance(held, list | tuple | dict | str) or len(held) > LONGEST:
            return UNKNOWN
        values = []
        for each in held:
            known = dict(_bound(over.target, each))
            inner = Constants(self._assigned, self._changed, {**self._known, **known})
            values.append(inner._value(member, depth) if known else UNKNOWN)
        return UNKNOWN if any(each is UNKNOWN for each in values) else values

    def _values(self, nodes: Sequence[ast.expr | None], depth: int) -> Any:
        values = [self._value(each, depth) for each in nodes]
        return UNKNOWN if any(each is UNKNOWN for each in values) else values

    def _part(self, held: Any, index: ast.expr, depth: int) -> Any:
        """Return a member of a list or a mapping, or a stretch of a list or a text."""
        if isinstance(index, ast.Slice):
            ends = (index.lower, index.upper, index.step)
            at: Any = slice(*(None if each is None else self._value(each, depth) for each in ends))
            return held[at] if isinstance(held, list | tuple | str) else UNKNOWN
        at = self._value(index, depth)
        return held[at] if isinstance(held, dict | list | tuple) and at is not UNKNOWN else UNKNOWN

    def _joined(self, parts: Sequence[ast.expr], depth: int) -> Any:
        """Return the text of an f-string whose fields have no format of their own."""
        said: list[str] = []
        for each in parts:
            if isinstance(each, ast.FormattedValue) and (
                each.conversion != -1 or each.format_spec is not None
            ):
                return UNKNOWN
            value = self._value(each.value if isinstance(each, ast.FormattedValue) else each, depth)
            if not isinstance(value, str | int | float | PurePosixPath):
                return UNKNOWN
            said.append(str(value))
        return "".join(said)

    def _call(self, call: ast.Call, depth: int) -> Any:
        values = self._values(call.args, depth)
        if values is UNKNOWN or call.keywords:
            return UNKNOWN
        match call.func, values:
            case ast.Name(id="list" | "sorted" as made), [list() | tuple() | dict() as held]:
                return list(held) if made == "list" else sorted(held)
            case ast.Name(id="str"), [str() | int() | float() | PurePosixPath() as held]:
                return str(held)
            case ast.Name(id="len"), [list() | tuple() | dict() | str() as held]:
                return len(held)
            case ast.Name(id="enumerate"), [list() | tuple() as held]:
                return list(enumerate(held))
            case ast.Name(id="range"), [*numbers] if numbers and all(isinstance(n, int) for n in numbers):
                found = range(*numbers)
                return list(found) if len(found) <= LONGEST else UNKNOWN
            case ((ast.Name(id="Path" | "PurePath") | ast.Attribute(attr="Path" | "PurePath")), [*parts]):
                return PurePosixPath(*parts)
            case ast.Attribute(value=ast.Attribute(attr="path"), attr=name), [*parts] if parts:
                return _of_path(name, parts)
            case ast.Attribute(value=held_in, attr=name), [*rest]:
                return _method(self._value(held_in, depth), name, rest)
        return UNKNOWN


def _bound(target: ast.expr, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the variables of a `for` with their values; nothing where they do not fit."""
    match target:
        case ast.Name(id=name):
            yield name, value
        case ast.Tuple(elts=elements) if isinstance(value, list | tuple) and len(value) == len(elements):
            for each, one in zip(elements, value, strict=True):
                yield from _bound(each, one)


def _of_path(name: str, parts: Sequence[Any]) -> Any:
    """Return the result of a function of `os.path`, from the folder of the app."""
    match name, [str(each) if isinstance(each, PurePosixPath) else each for each in parts]:
        case "join", [*texts] if all(isinstance(each, str) for each in texts):
            return posixpath.normpath(posixpath.join(*texts))
        case "dirname", [str(text)]:
            return str(_folder(PurePosixPath(text)))
        case (("abspath" | "realpath" | "normpath" | "expanduser"), [str(text)]):
            return text
    return UNKNOWN


def _method(held: Any, name: str, arguments: Sequence[Any]) -> Any:
    match held, name, arguments:
        case dict(), ("keys" | "values" | "items"), []:
            return list(getattr(held, name)())
        case PurePosixPath(), ("resolve" | "absolute" | "expanduser"), []:
            return held
        case PurePosixPath(), "joinpath", [*parts]:
            return held.joinpath(*parts)
        case str(), ("strip" | "lower" | "upper" | "title"), []:
            return getattr(held, name)()
        case str(), "split", [*separators]:
            return held.split(*separators)
    return UNKNOWN


def _folder(path: PurePosixPath) -> PurePosixPath:
    """Return the folder of a path, which is the one above where the path is that of the app's folder."""
    return path / ".." if path.name in ("", "..") and not path.is_absolute() else path.parent


def _combined(op: ast.operator, left: Any, right: Any) -> Any:
    """Return the result of an operation of two numbers, texts, lists or paths."""
    is_path = isinstance(left, PurePosixPath) and isinstance(right, str | PurePosixPath)
    if is_path and isinstance(op, ast.Div):
        return left / right
    operation = OPERATIONS.get(type(op))
    if operation is None or left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if are_numbers and (not isinstance(op, ast.Pow) or abs(right) <= 100):
        return operation(left, right)
    if isinstance(op, ast.Add) and type(left) is type(right) and isinstance(left, REPEATED):
        return left + right
    if isinstance(op, ast.Mult) and isinstance(left, REPEATED) and isinstance(right, int):
        return left * right if len(left) * right <= LONGEST else UNKNOWN
    return UNKNOWN


def _plain(value: Any) -> Any:
    """Return a value with the texts of its paths."""
    match value:
        case PurePosixPath():
            return str(value)
        case list() | tuple():
            return type(value)(map(_plain, value))
        case dict():
            return {key: _plain(each) for key, each in value.items()}
    return value


def _halves(values: list[Any]) -> tuple[list[Any], list[Any]]:
    middle = len(values) // 2
    return values[:middle], values[middle:]


def literal(node: ast.expr | None) -> Any:
    """Return what is written; `UNKNOWN` for anything but literals."""
    if node is None:
        return UNKNOWN
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return UNKNOWN
