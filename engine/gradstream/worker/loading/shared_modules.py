"""Keeps the modules of demos that share a worker apart from each other, or reports that this is impossible.

    demo --its generators' files, and what they import--> names and files --claim--> E-MODULE-CLASH
                                                                   +--SharedModules.find_spec--> import

One process has one module of each name. A name that leads two demos to different files is an error of the one
that is loaded later, whether it is imported at the top level, in a function, or by its name at run time. Any
other name leads to the file that its demo has beside it, in whatever order the folders are in `sys.path`.
"""

import contextvars
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.modules import MAX_SOURCE_BYTES
from gradstream.format.generator.resolve import SUFFIXES, Located, locate
from gradstream.format.types import Demo
from gradstream.worker.loading.imported_names import ImportedNames, imported_names
from gradstream.worker.loading.module_files import is_same_file

Claims = Mapping[str, str | None]
"""The file that each name leads to in a demo's own folders; None where they have none."""


Variables = Mapping[contextvars.ContextVar[Any], Any]
"""Context variables that a module has set while it was executed."""


class SharedModules:
    """One process's. A finder of `sys.meta_path` as well."""

    def __init__(self) -> None:
        self._claims: dict[str, tuple[Demo, Claims]] = {}
        self._variables: dict[str, Variables] = {}

    def claim(self, demo: Demo) -> Diagnostic | None:
        """Claim the names that a demo imports; return the error if another demo has claimed one already."""
        if demo.worker.shared is None:
            return None
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        claims = _claims(demo)
        for address, (other, claimed) in self._claims.items():
            for name in sorted(claims.keys() & claimed.keys()):
                if address != demo.address and not _is_same(claims[name], claimed[name]):
                    return _clash(name, (demo, claims[name]), (other, claimed[name]))
        self._claims[demo.address] = (demo, claims)
        return None

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a claimed name leads to; called by Python's import system."""
        for _, claims in tuple(self._claims.values()):
            file = claims.get(fullname)
            if file is not None:
                loader = _RecordingLoader(fullname, file, self._variables) if file.endswith(".py") else None
                return importlib.util.spec_from_file_location(fullname, file, loader=loader)
        return None

    def inherit(self, demo: Demo) -> None:
        """Set, in the present context, what modules have set that were executed for another demo before."""
        _, claims = self._claims.get(demo.address, (demo, {}))
        present = contextvars.copy_context()
        for name in claims:
            for variable, value in self._variables.get(name, {}).items():
                if variable not in present:
                    variable.set(value)


class _RecordingLoader(SourceFileLoader):
    """Executes a module, and records the context variables that it sets."""

    def __init__(self, fullname: str, path: str, variables: dict[str, Variables]) -> None:
        super().__init__(fullname, path)
        self._variables = variables

    def exec_module(self, module: ModuleType) -> None:
        """Execute a module; called by Python's import system."""
        before = contextvars.copy_context()
        super().exec_module(module)
        self._variables[module.__name__] = {
            variable: value
            for variable, value in contextvars.copy_context().items()
            if before.get(variable) is not value
        }


def _claims(demo: Demo) -> Claims:
    roots = list(dict.fromkeys(root for action in demo.actions for root in action.generator.roots))
    found = [locate(path) for path in demo.paths]
    waiting = [one.module for one in found if isinstance(one, Located)]
    claims: dict[str, str | None] = {}
    while waiting:
        name = waiting.pop()
        if name in claims or name.partition(".")[0] in sys.stdlib_module_names:
            continue
        file = claims[name] = _find(name, roots)
        if file is not None:
            imported = _read(name, file)
            waiting += imported.names
            if imported.is_dynamic:
                waiting += _own_modules(roots)
    return claims


def _read(name: str, file: str) -> ImportedNames:
    source = Path(file)
    package = name if source.stem == "__init__" else name.rpartition(".")[0]
    try:
        is_readable = source.suffix == ".py" and source.stat().st_size <= MAX_SOURCE_BYTES
        return imported_names(source.read_bytes() if is_readable else b"", package=package)
    except OSError:
        # The import will fail in the same way, and is reported then.
        return ImportedNames(names=frozenset(), is_dynamic=False)


def _find(name: str, roots: Iterable[str]) -> str | None:
    """Return the file of a module below one of the roots, in the order of Python's own finder."""
    *packages, module = name.split(".")
    folders = [Path(os.path.realpath(root), *packages) for root in roots]
    for folder in folders:
        for place in (folder / module / "__init__", folder / module):
            for suffix in SUFFIXES:
                file = place.with_name(place.name + suffix)
                if file.is_file():
                    return str(file)
    return None


def _is_same(left: str | None, right: str | None) -> bool:
    return left == right or (left is not None and right is not None and is_same_file(left, right))


def _own_modules(roots: Iterable[str]) -> Iterator[str]:
    for root in roots:
        for entry in Path(root).iterdir():
            if entry.name.endswith(SUFFIXES):
                yield entry.name.partition(".")[0]
            elif (entry / "__init__.py").is_file():
                yield entry.name


def _clash(name: str, here: tuple[Demo, str | None], there: tuple[Demo, str | None]) -> Diagnostic:
    demo, other = here[0], there[0]
    return Diagnostic(
        span=demo.actions[0].generator.span,
        code="E-MODULE-CLASH",
        message=f"`{name}` is not the same module in the demos `{demo.address}` and `{other.address}`, "
        "which share a worker",
        expected="one file for each name of a module",
        found=f"{_where(here)}, {_where(there)}",
        repair="rename one of the two files, or do not let these demos share a worker",
    )


def _where(claim: tuple[Demo, str | None]) -> str:
    demo, file = claim
    if file is None:
        return f"none beside `{demo.address}`"
    path = Path(file)
    shown = path.relative_to(demo.root).as_posix() if path.is_relative_to(demo.root) else file
    return f"{shown} for `{demo.address}`"
