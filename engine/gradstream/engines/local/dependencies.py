"""What a demo's worker depends on, besides the modules that it reports: located files and watched files."""

import os
from collections.abc import Iterable
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
