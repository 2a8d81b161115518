"""The source of an app: its statements, what its names mean, and what is constant in it.

text --ast--> statements in one row: the module's, and those of blocks and functions that build pages
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gradstream.importing.types import NoAppError

PACKAGE = "gradio"
PAGES = frozenset({"Interface", "ChatInterface", "Blocks", "TabbedInterface"})
LONGEST = 2**20
"""Bytes of an app; larger files are generated."""


class Unknown:
    """The type of `UNKNOWN`."""


UNKNOWN: Final = Unknown()
"""The value of what only running the app would show."""


class AppSource:
    """One app."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise NoAppError(f"it has more than {LONGEST} characters")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise NoAppError(f"it cannot be read as Python: {error}") from error
        self.data = text.encode()
        self._starts = [0]
        for line in self.data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self.modules: set[str] = set()
        self._names: dict[str, str] = {}
        for node in ast.walk(tree):
            self._import(node)
        self.statements: Sequence[ast.stmt] = list(self._flat(tree.body))
        self.top: Mapping[str, ast.expr] = dict(_assignments(self.statements, deep=False))
        self.assigned: Mapping[str, ast.expr] = dict(_assignments(self.statements, deep=True))
        self.page = frozenset(self._page_names(tree))

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for each in node.names:
                if each.name.partition(".")[0] == PACKAGE:
                    self.modules.add(each.asname or PACKAGE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == PACKAGE:
            self._names |= {each.asname or each.name: each.name for each in node.names}

    def _flat(self, body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
        for statement in body:
            match statement:
                case ast.If(body=inner) if is_main(statement):
                    yield from self._flat(inner)
                case ast.FunctionDef(body=inner) | ast.AsyncFunctionDef(body=inner) | ast.Try(body=inner) if (
                    self._builds_page(statement)
                ):
                    yield from self._flat(inner)
                case _:
                    yield statement

    def _builds_page(self, statement: ast.stmt) -> bool:
        return any(
            isinstance(node, ast.Call) and self.word(node.func) in PAGES for node in ast.walk(statement)
        )

    def _page_names(self, tree: ast.Module) -> Iterator[str]:
        """Yield the names of variables that hold parts of the page."""
        for node in ast.walk(tree):
            match node:
                case ast.withitem(context_expr=ast.Call(func=made), optional_vars=ast.Name(id=name)):
                    if self.word(made):
                        yield name
                case ast.Assign(targets=targets, value=value) if self._is_of_page(value):
                    yield from (each.id for each in targets if isinstance(each, ast.Name))

    def _is_of_page(self, value: ast.expr) -> bool:
        if isinstance(value, ast.List | ast.Tuple | ast.Set) and value.elts:
            return all(map(self._is_of_page, value.elts))
        while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            if self.word(value.func)[:1].isupper():
                return True
            value = value.func.value
        return isinstance(value, ast.Call) and self.word(value.func)[:1].isupper()

    def word(self, node: ast.AST) -> str:
        """Return what the other tool calls this: `Slider` for `gr.Slider`; "" for what is not its own."""
        last = ""
        while isinstance(node, ast.Attribute):
            last = last or node.attr
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        if node.id in self.modules:
            return last
        return last or self._names[node.id] if node.id in self._names else ""

    def is_own(self, name: str) -> bool:
        """Return whether a name was imported from the other tool."""
        return name in self.modules or name in self._names

    def constant(self, node: ast.expr | None) -> Any:
        """Return the value of an expression, `UNKNOWN` where only running would show it."""
        return self._value(node, 0)

    def _value(self, node: ast.expr | None, depth: int) -> Any:
        if depth > 20:
            return UNKNOWN
        match node:
            case ast.Name(id=name) if name in self.assigned:
                return self._value(self.assigned[name], depth + 1)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                values = [self._value(each, depth + 1) for each in elements]
                if UNKNOWN in values:
                    return UNKNOWN
                return values if isinstance(node, ast.List) else tuple(values)
            case ast.Call(func=ast.Name(id="list"), args=[inner], keywords=[]):
                value = self._value(inner, depth + 1)
                return list(value) if isinstance(value, list | tuple | dict) else UNKNOWN
            case ast.Call(func=ast.Attribute(value=inner, attr="keys"), args=[], keywords=[]):
                value = self._value(inner, depth + 1)
                return list(value) if isinstance(value, dict) else UNKNOWN
            case ast.Subscript(value=inner, slice=index):
                held, at = self._value(inner, depth + 1), self._value(index, depth + 1)
                is_there = isinstance(held, dict) and isinstance(at, str | int) and at in held
                return held[at] if is_there else UNKNOWN
            case ast.Dict(keys=keys, values=values) if None not in keys:
                members = [self._value(each, depth + 1) for each in (*keys, *values)]
                return literal(node) if UNKNOWN in members else dict(zip(*_halves(members), strict=True))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                sides = [self._value(left, depth + 1), self._value(right, depth + 1)]
                same = {type(each) for each in sides}
                return sides[0] + sides[1] if same in ({str}, {list}) else UNKNOWN
            case _:
                return literal(node)

    def text(self, node: ast.AST) -> str:
        """Return the source of a node."""
        start, end = self.stretch(node)
        return self.data[start:end].decode()

    def stretch(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends, in bytes."""
        found: Any = node
        return self.offset(found.lineno, found.col_offset), self.offset(
            found.end_lineno, found.end_col_offset
        )

    def offset(self, line: int, column: int) -> int:
        """Return the place of a line and a column in bytes; lines count from 1."""
        return self._starts[line - 1] + column


def _assignments(statements: Sequence[ast.stmt], *, deep: bool) -> Iterator[tuple[str, ast.expr]]:
    """Yield what names are assigned, with `deep` also within `with`."""
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case ast.With(body=body) if deep:
                yield from _assignments(body, deep=True)


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


def is_main(statement: ast.stmt) -> bool:
    """Return whether a statement is `if __name__ == "__main__":`."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case _:
            return False
