"""What a demo's worker depends on, besides the modules that it reports: located files and watched files."""

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.resolve import locate
from gradstream.format.rules.watching import is_watched, watched_globs
from gradstream.format.types import Demo


def located_files(demo: Demo) -> set[str]:
    """Return the files of a demo's functions, as the worker reports them."""
    located = [locate(path) for path in demo.paths]
    files = [one.file for one in located if not isinstance(one, Diagnostic) and one.file]
    return {os.path.realpath(file) for file in files}


def watch_any(demos: Iterable[Demo], files: Iterable[str]) -> bool:
    """Return whether one of these files is under `watch` of one of the demos."""
    globs = [glob for demo in demos for glob in watched_globs(demo)]
    return bool(globs) and any(is_watched(Path(file), globs) for file in files)


def has_same_code(one: Demo, other: Demo) -> bool:
    """Return whether two versions of a demo import the same functions from the same folders in one Python."""
    return (_paths(one), _python(one)) == (_paths(other), _python(other))


def _python(demo: Demo) -> str | None:
    return None if demo.worker.python is None else demo.worker.python.path


def _paths(demo: Demo) -> set[tuple[str, tuple[str, ...]]]:
    return {(path.text, path.roots) for path in demo.paths}


def hide_any(demos: Iterable[Demo], files: Iterable[str], *, imported: Iterable[str]) -> bool:
    """Return whether one of these files is found in place of an imported module or package, which it hides.

    Such as helpers/__init__.py beside helpers.py, or a file of the same name in a folder that comes before.
    """
    roots = {os.path.realpath(root) for demo in demos for path in demo.paths for root in path.roots}
    known = set[_Place]()
    for file in imported:
        known |= set(_places(file, roots))
    names = {name for _, name in known}
    for file in files:
        if file.endswith(".py"):
            folder, name = _place(file)
            if (folder, name) in known or (folder in roots and name in names):
                return True
    return False


_Place = tuple[str, str]
"""The folder in which a module or package is found, and its name."""


def _place(file: str) -> _Place:
    folder, name = os.path.split(file)
    return os.path.split(folder) if name == "__init__.py" else (folder, os.path.splitext(name)[0])  # noqa: PTH122


def _places(file: str, roots: Container[str]) -> Iterator[_Place]:
    """Yield the place of a module, and those of the packages that it is in, up to its root."""
    place = _place(file)
    while place[1]:
        yield place
        if place[0] in roots:
            return
        place = os.path.split(place[0])
