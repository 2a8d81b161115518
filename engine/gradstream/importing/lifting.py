"""What functions need of the app, as a module of its own: they, their helpers, imports, constants, lambdas.

names that actions use --what binds them, and what that uses--> statements in the app's order --> a module

A statement that only has an effect (`model.eval()`, `random.seed(0)`) comes along with what it is about. What
is set of an imported module (`pd.options.display.precision = 2`) always does: it holds for other modules too.
"""

import ast
from collections.abc import Collection, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.names import bound, free
from gradstream.importing.rewriting import Rewriter
from gradstream.importing.source import AppSource, is_main
from gradstream.importing.types import Remarks

OWN_VARIABLES = "GRADIO_"

GAP = "\n\n\n"
"""Between functions and classes."""


class Lifting:
    """Collects what is needed of one app; `keys` are names that are no more than keys here."""

    def __init__(
        self, source: AppSource, remarks: Remarks, *, folders: Sequence[Path], keys: Collection[str]
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._folders = folders
        self._keys = keys
        self._statements = list(_lifted(source.statements))
        self._packages = dict(_packages(self._statements))
        self._binding: dict[str, list[ast.stmt]] = {}
        for each in self._statements:
            for name in bound(each):
                self._binding.setdefault(name, []).append(each)

    def names(self) -> frozenset[str]:
        """Return all names that a module of the app's functions may have."""
        return frozenset(self._binding)

    def module(self, needed: set[str], rewriter: Rewriter) -> str:
        """Return the statements that bind the needed names, and what these need, as text."""
        kept: set[ast.stmt] = set()
        found: set[str] = set()
        waiting = sorted({*needed, *map(_root, self._settings())})
        while waiting:
            name = waiting.pop()
            if name in found or self._source.is_own(name) or name in self._source.page:
                continue
            found.add(name)
            also = [each for each in self._statements if self._is_about(each, found)]
            for each in (*self._binding.get(name, ()), *also):
                if each not in kept:
                    kept.add(each)
                    waiting += sorted(self.needs(each))
        return "".join(self._parts([each for each in self._statements if each in kept], found, rewriter))

    def _settings(self) -> Iterator[ast.stmt]:
        """Yield the statements that set something of a module, but not of the other tool."""
        for each in self._statements:
            is_set = isinstance(each, ast.Assign) and _root(each) in self._packages
            if is_set and not self._has_own(each) and not _sets_own_variable(each):
                yield each

    def _is_about(self, statement: ast.stmt, names: Collection[str]) -> bool:
        """Return whether a statement changes something of these names, or the package of one of them."""
        root = _root(statement)
        if not root or self._has_own(statement) or _sets_own_variable(statement):
            return False
        packages = {self._packages[each] for each in names if each in self._packages}
        return root in names or self._packages.get(root, "") in packages

    def needs(self, node: ast.stmt | ast.expr) -> frozenset[str]:
        """Return what a statement or an expression needs; parts of the page are noted."""
        names = free(node, self._keys)
        for name in sorted(names & self._source.page):
            said = f"what is lifted out uses `{name}`, which is a part of the page"
            self._remarks.add(node, f"{said}: hand over what it needs as an input")
        return names

    def _has_own(self, statement: ast.stmt) -> bool:
        return any(
            isinstance(node, ast.Name) and self._source.is_own(node.id) for node in ast.walk(statement)
        )

    def _parts(self, statements: Sequence[ast.stmt], names: set[str], rewriter: Rewriter) -> Iterator[str]:
        before: ast.stmt | None = None
        for each in statements:
            if isinstance(each, ast.Import | ast.ImportFrom):
                text = self._import(each, names)
            else:
                text = self._comments(each) + rewriter.text(each)
            if text:
                yield f"{_gap(before, each)}{text}"
                before = each

    def _import(self, statement: ast.Import | ast.ImportFrom, names: set[str]) -> str:
        kept = [each for each in statement.names if (each.asname or each.name.partition(".")[0]) in names]
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            return ast.unparse(statement)
        if not kept:
            return ""
        if isinstance(statement, ast.Import):
            self._seek(statement, [each.name for each in kept])
            return ast.unparse(ast.Import(names=kept))
        self._seek(statement, [statement.module or ""] if not statement.level else [])
        if statement.level:
            self._remarks.add(statement, "a relative import: the module here is not in that package")
        return ast.unparse(ast.ImportFrom(module=statement.module, names=kept, level=statement.level))

    def _seek(self, statement: ast.stmt, modules: Sequence[str]) -> None:
        """Note modules that are not where they would be imported from."""
        for name in (each.partition(".")[0] for each in modules):
            if any((folder / f"{name}.py").exists() or (folder / name).is_dir() for folder in self._folders):
                continue
            if find_spec(name) is None:
                self._remarks.add(statement, f"the module `{name}` is not found: install it, or copy it here")

    def _comments(self, statement: ast.stmt) -> str:
        """Return the comments right above a statement."""
        lines = self._source.data.decode().split("\n")
        decorators = statement.decorator_list if isinstance(statement, FunctionNode | ast.ClassDef) else []
        first = min([statement.lineno, *(each.lineno for each in decorators)]) - 1
        start = first
        while start > 0 and lines[start - 1].lstrip().startswith("#") and "#!" not in lines[start - 1]:
            start -= 1
        return "".join(f"{line.strip()}\n" for line in lines[start:first])


def _packages(statements: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the names of imported modules, each with the package that it is a part of."""
    for each in statements:
        if isinstance(each, ast.Import):
            for one in each.names:
                package = one.name.partition(".")[0]
                yield one.asname or package, package


def _sets_own_variable(statement: ast.stmt) -> bool:
    """Return whether a statement sets a variable of the environment that the other tool reads."""
    return any(
        isinstance(each, ast.Constant) and str(each.value).startswith(OWN_VARIABLES)
        for each in ast.walk(statement)
    )


def _lifted(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements that functions may need; of a page's own blocks, what is within them."""
    for each in statements:
        if is_main(each):
            continue
        if isinstance(each, ast.With) and any(isinstance(item.context_expr, ast.Call) for item in each.items):
            names = {node.name for node in ast.walk(each) if isinstance(node, FunctionNode)}
            yield from _lifted(each.body) if names or _is_page(each) else [each]
        else:
            yield each


def _is_page(statement: ast.With) -> bool:
    """Return whether a `with` may be that of a page: nothing else is entered with a capital letter's call."""
    call = statement.items[0].context_expr
    return (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr[:1].isupper()
    )


def _gap(before: ast.stmt | None, statement: ast.stmt) -> str:
    if before is None:
        return ""
    imports = (ast.Import, ast.ImportFrom)
    if isinstance(before, FunctionNode | ast.ClassDef) or isinstance(statement, FunctionNode | ast.ClassDef):
        return GAP
    return "\n" if isinstance(before, imports) == isinstance(statement, imports) else "\n\n"


def _root(statement: ast.stmt) -> str:
    """Return what a statement changes that binds nothing: `model` of `model.eval()` and `model.x = 1`."""
    match statement:
        case ast.Expr(value=ast.Call(func=node)):
            pass
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() as node]):
            pass
        case ast.AugAssign(target=node):
            pass
        case _:
            return ""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
