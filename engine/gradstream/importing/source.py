"""The source of an app: its statements, what its names mean, and what is constant in it.

text --ast--> statements in one row: the module's, and those of blocks and functions that build pages
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.constants import Constants
from gradstream.importing.idioms import in_known_form
from gradstream.importing.types import NoAppError
from gradstream.importing.unrolling import unrolled

PACKAGE = "gradio"
PAGES = frozenset({"Interface", "ChatInterface", "Blocks", "TabbedInterface"})
LONGEST = 2**20
"""Bytes of an app; larger files are generated."""

CHANGING = frozenset(
    {"add", "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort", "update"}
)
"""Methods that change what a variable holds."""


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
        tree = in_known_form(tree, self.word)
        self.statements: Sequence[ast.stmt] = list(self._flat(tree.body))
        self._unroll(self.statements)
        self.top: Mapping[str, ast.expr] = dict(_assignments(self.statements, deep=False))
        self.assigned: Mapping[str, ast.expr] = dict(_assignments(self.statements, deep=True))
        self.page = frozenset(self._page_names(tree))
        self._constants = Constants(self.assigned, frozenset(_changed(self.statements)))

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for each in node.names:
                if each.name.partition(".")[0] == PACKAGE:
                    self.modules.add(each.asname or PACKAGE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == PACKAGE:
            self._names |= {each.asname or each.name: each.name for each in node.names}

    def _unroll(self, statements: Sequence[ast.stmt]) -> None:
        """Write out the loops of pages."""
        assigned = dict(_assignments(statements, deep=True))
        for each in statements:
            if isinstance(each, ast.With):
                each.body = unrolled(each.body, assigned)

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
        return self._constants.value(node)

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


def _changed(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Yield the variables that are changed while the page is built, and so are not what they first are."""
    values: dict[str, str] = {}
    for node in (node for statement in statements for node in _outside_functions(statement)):
        for name, value in _stored(node):
            if values.setdefault(name, value) != value:
                yield name
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in CHANGING:
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name


def _stored(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that a node stores, each with the text of what it gets."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((each.id, ast.dump(value)) for each in targets if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, ast.dump(value)
        case ast.For(target=ast.Name(id=name)):
            yield name, ""


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and those within it, but not those of functions, which run later."""
    if isinstance(node, FunctionNode | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


def is_main(statement: ast.stmt) -> bool:
    """Return whether a statement is `if __name__ == "__main__":`."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case _:
            return False
