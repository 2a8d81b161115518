"""The packages that a generator's module imports before any of the author's own code runs.

    import numpy as np            a package: yes
    from lab import model         the author's: what lab/__init__.py and lab/model.py begin with
    os.environ["HOME_OF"] = ...   code: what is imported from here on may depend on it, and is left out

A process that has imported these is as the demo's own process after its first lines.
"""

import ast
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.modules import MAX_SOURCE_BYTES, SyntaxMistake, read_module
from gradstream.format.generator.resolve import locate
from gradstream.format.types import GeneratorPath


def leading_imports(path: GeneratorPath) -> tuple[str, ...]:
    """Return the modules of installed packages, in the order in which they are imported, each once."""
    located = locate(path)
    if isinstance(located, Diagnostic) or located.file is None or located.root is None:
        return ()
    walk = _Walk(path.roots)
    walk.enter(located.module)
    return tuple(walk.found)


class _Walk:
    """One search, which ends for good where code runs."""

    def __init__(self, roots: Sequence[str]) -> None:
        self.found: dict[str, None] = {}
        self._roots = [Path(root) for root in roots]
        self._entered: set[str] = set()

    def enter(self, module: str) -> bool:
        """Follow the import of a module of the author's; return whether it runs nothing but imports."""
        parts = module.split(".")
        names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
        return all(self._execute(name) for name in names)

    def _execute(self, module: str) -> bool:
        if module in self._entered:
            return True
        self._entered.add(module)
        file = _own(module, self._roots)
        if file is None or file.suffix != ".py" or file.stat().st_size > MAX_SOURCE_BYTES:
            # A folder without code runs nothing; of anything else nothing is known.
            return file is None
        source = read_module(file.read_bytes())
        if isinstance(source, SyntaxMistake):
            return False
        package = module if file.stem == "__init__" else module.rpartition(".")[0]
        return all(self._is_import(statement, package) for statement in source.tree.body)

    def _is_import(self, statement: ast.stmt, package: str) -> bool:
        match statement:
            case ast.Expr(value=ast.Constant()):
                return True
            case ast.Import(names=aliases):
                return all(self._follow(alias.name) for alias in aliases)
            case ast.ImportFrom(module=module, names=aliases, level=level):
                base = _absolute("." * level + (module or ""), package)
                return base is not None and all(self._follow(base, alias.name) for alias in aliases)
            case _:
                return False

    def _follow(self, module: str, name: str = "") -> bool:
        """Note one imported module; `name` is what is taken out of it, and may be a module too."""
        top = module.partition(".")[0]
        if top in sys.stdlib_module_names:
            return True
        inner = f"{module}.{name}"
        if _own(top, self._roots) is not None or any((root / top).is_dir() for root in self._roots):
            return self.enter(module) and (not name or _own(inner, self._roots) is None or self.enter(inner))
        self.found[inner if name and _is_installed(inner) else module] = None
        return True


def _own(module: str, roots: Sequence[Path]) -> Path | None:
    """Return the file of a module below one of the folders; None if there is none."""
    for root in roots:
        place = root.joinpath(*module.split("."))
        for file in (place / "__init__.py", place.with_name(f"{place.name}.py")):
            if file.is_file():
                return file
    return None


def _is_installed(module: str) -> bool:
    """Return whether a package has a module of this dotted name, without importing anything."""
    top, *parts = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return False
    folders = spec.submodule_search_locations if spec is not None else None
    return _own(".".join(parts), [Path(folder) for folder in folders or ()]) is not None


def _absolute(name: str, package: str) -> str | None:
    try:
        return importlib.util.resolve_name(name, package)
    except ImportError:
        # More dots than packages: the import fails by itself.
        return None
