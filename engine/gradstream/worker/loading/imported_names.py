"""The modules that a Python file imports, at its top level or in a function, read without running it.

source --ast--> names: `a`, `a.b` of `import a.b`; `a`, `a.c` of `from a import c`
"""

import ast
from collections.abc import Iterator
from importlib.util import resolve_name

from msgspec import Struct

from gradstream.format.generator.modules import SyntaxMistake, read_module

DYNAMIC = frozenset({"import_module", "__import__"})
"""Functions that import by a name which may be known only when they are called."""


class ImportedNames(Struct, frozen=True, kw_only=True):
    """`names` are absolute. `is_dynamic`: others may be imported as well."""

    names: frozenset[str]
    is_dynamic: bool


def imported_names(source: bytes, *, package: str) -> ImportedNames:
    """Return what a module imports; `package` is the package that its relative imports start from."""
    module = read_module(source)
    if isinstance(module, SyntaxMistake):
        return ImportedNames(names=frozenset(), is_dynamic=False)
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _is_import(node)]
    constant = {name for call in calls if (name := _constant_name(call)) is not None}
    names = constant | {name for node in ast.walk(module.tree) for name in _imported(node, package)}
    return ImportedNames(
        names=frozenset(prefix for name in names for prefix in _prefixes(name)),
        is_dynamic=any(_constant_name(call) is None for call in calls),
    )


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names=aliases):
            yield from (alias.name for alias in aliases)
        case ast.ImportFrom(module=module, names=aliases, level=level):
            base = _absolute("." * level + (module or ""), package)
            if base is not None:
                yield base
                yield from (f"{base}.{alias.name}" for alias in aliases if alias.name != "*")


def _absolute(name: str, package: str) -> str | None:
    try:
        return resolve_name(name, package)
    except ImportError:
        # More dots than packages: the import fails by itself.
        return None


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def _is_import(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in DYNAMIC
        case _:
            return False


def _constant_name(call: ast.Call) -> str | None:
    match call.args:
        case [ast.Constant(value=str(name)), *_] if not name.startswith("."):
            return name
        case _:
            return None
