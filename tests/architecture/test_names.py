"""A type name has one meaning in the whole package, and an exception has one root."""

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "engine" / "gradstream"
NOT_OURS = {"page", "templates"}
"""Folders with built files, and with files that are copied for authors."""

ROOTS = {"GradstreamError", "UserError", "NumberTooLargeError", "RunEndedError"}
"""The root itself; what a generator raises, which must not need our root; a ValueError for PyYAML; a
SystemExit, which ends a thread in silence and passes every `except Exception` of the developer."""


def type_names(source: str) -> Iterator[str]:
    """Yield the names of the classes and of the type aliases that a module defines at its top."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name[:1].isupper() and not name.isupper():
                yield name


def repeated(folder: Path) -> dict[str, list[str]]:
    """Return the type names that several modules define, with these modules."""
    found = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        if not NOT_OURS & set(path.relative_to(folder).parts):
            for name in type_names(path.read_text(encoding="utf-8")):
                found[name].append(path.relative_to(folder).as_posix())
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def other_roots(source: str) -> list[str]:
    """Return the exceptions of a module that derive from one of Python's own."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef) and any(map(_is_built_in_exception, node.bases))
    ]


def _is_built_in_exception(base: ast.expr) -> bool:
    found = getattr(builtins, base.id, None) if isinstance(base, ast.Name) else None
    return isinstance(found, type) and issubclass(found, BaseException)


def test_a_type_name_is_defined_once() -> None:
    """A type's name has the same meaning anywhere in the engine."""
    assert repeated(ENGINE) == {}


def test_exceptions_have_one_root() -> None:
    """Every exception for a broken promise can be caught as a GradstreamError."""
    found = {name for path in ENGINE.rglob("*.py") for name in other_roots(path.read_text(encoding="utf-8"))}
    assert found == ROOTS


@pytest.mark.parametrize("second", ["class Room: ...\n", "Room = dict[str, int]\n"])
def test_a_repeated_name_is_found(tmp_path: Path, second: str) -> None:
    """A class and an alias of one name in two modules are reported with both."""
    (tmp_path / "one.py").write_text("class Room: ...\n")
    (tmp_path / "two.py").write_text(second)
    assert repeated(tmp_path) == {"Room": ["one.py", "two.py"]}


def test_another_root_is_found() -> None:
    """An exception that derives from a built-in one is reported, one that derives from ours is not."""
    assert other_roots("class A(ValueError): ...\nclass B(A): ...\nclass C: ...\n") == ["A"]
