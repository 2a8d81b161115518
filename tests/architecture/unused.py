"""Private names of a package that nothing refers to, read from its source.

modules -> definitions of `_names` and references to them -> definitions without a reference elsewhere

Nothing is executed. A name that only its own definition mentions is not used: recursion keeps no function
alive. A function, class or constant of a module is used by its name in that module, or from another one by an
import or as an attribute; a method is used as an attribute anywhere. A text that is an expression counts:
forward references, and names for `getattr`.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef

PRIVATE = re.compile(r"\b_[^\W_]")
"""What each text has that mentions a private name. Most have none, and are not parsed."""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A private name and the statement that defines it; a method belongs to `owner`."""

    name: str
    owner: str
    node: ast.stmt

    @property
    def shown(self) -> str:
        """Return the name as a message has it."""
        return f"{self.owner}.{self.name}" if self.owner else self.name


def unused_names(folder: Path) -> list[str]:
    """Return each private function, class, constant and method below a folder that nothing refers to."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    nodes = {path: list(_with_texts(tree)) for path, tree in trees.items()}
    attributes = Counter(name for each in nodes.values() for name in _attributes(each))
    names = {path: Counter(_names(each)) for path, each in nodes.items()}
    return [
        f"{path.relative_to(folder).as_posix()}, line {found.node.lineno}: {found.shown} is not used"
        for path, tree in trees.items()
        for found in _definitions(tree, nodes[path])
        if not _is_used(found, names[path], attributes)
    ]


def _is_used(found: Definition, names: Counter[str], attributes: Counter[str]) -> bool:
    if attributes[found.name] > _count(found.name, _attributes(_with_texts(found.node))):
        return True
    if found.owner:
        return False
    return names[found.name] > _count(found.name, _names(_with_texts(found.node)))


def _count(name: str, names: Iterable[str]) -> int:
    return sum(found == name for found in names)


def _definitions(tree: ast.Module, nodes: Iterable[ast.AST]) -> Iterator[Definition]:
    for statement in tree.body:
        for name in _defined(statement):
            if _is_private(name):
                yield Definition(name=name, owner="", node=statement)
    for owner in nodes:
        if isinstance(owner, ast.ClassDef):
            for member in owner.body:
                if isinstance(member, Function) and _is_private(member.name):
                    yield Definition(name=member.name, owner=owner.name, node=member)


def _defined(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Assign():
            targets = (node for target in statement.targets for node in ast.walk(target))
            yield from (node.id for node in targets if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name() as target):
            yield target.id
        case _:
            return


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("_")


def _names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            yield one.id


def _attributes(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for one in nodes:
        match one:
            case ast.Attribute():
                yield one.attr
            case ast.ImportFrom():
                yield from (alias.name for alias in one.names)
            case ast.Constant(value=str() as text) if text.isidentifier():
                yield text
            case _:
                continue


def _with_texts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes, and those of texts that are expressions."""
    for one in ast.walk(node):
        yield one
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield from _parsed(one.value)


def _parsed(text: str) -> Iterator[ast.AST]:
    if not PRIVATE.search(text):
        return
    try:
        yield from ast.walk(ast.parse(text, mode="eval"))
    except (SyntaxError, ValueError):
        return  # a text like any other
