"""Data that a demo's worker rests on: the files and globs under `watch`, whose change renews the worker.

watch --below the YAML's folder--> (folder without wildcards, parts of the glob)
changed path --is_watched--> whether a demo's worker must be renewed
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from gradstream.document.types import Route
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.patterns import MAGIC, matches
from gradstream.format.types import Demo

MOST_LOOKED_AT = 10_000
"""A glob that has found nothing among so many files is believed to find something."""

Glob = tuple[Path, tuple[str, ...]]
"""A folder without wildcards, and what must fit a path below it, part by part."""


def watched_globs(demo: Demo) -> tuple[Glob, ...]:
    """Return what the demo watches, with absolute folders."""
    return tuple(_glob(pattern, Path(demo.folder)) for pattern in demo.watch)


def watched_files(demo: Demo) -> list[Path] | None:
    """Return the files that the demo watches now; None where there are too many to look at."""
    found: list[Path] = []
    for folder, parts in watched_globs(demo):
        if not MAGIC & set("".join(parts)):
            found.append(folder.joinpath(*parts))
            continue
        for number, below in enumerate(_files_below(folder)):
            if number == MOST_LOOKED_AT:
                return None
            if matches(below.parts, parts):
                found.append(folder / below)
    return found


def is_watched(path: Path, globs: Sequence[Glob]) -> bool:
    """Return whether one of the globs finds this absolute path."""
    return any(
        path.is_relative_to(folder) and matches(path.relative_to(folder).parts, parts)
        for folder, parts in globs
    )


def check_watch(draft: Draft, findings: Findings) -> None:
    """Note globs that lead out of the catalog's folder, and those that find nothing."""
    written = draft.values.get("watch", ())
    patterns = [written] if isinstance(written, str) else written
    for index, pattern in enumerate(patterns):
        route: Route = ("watch",) if isinstance(written, str) else ("watch", index)
        folder, parts = _glob(pattern, Path(draft.place.folder))
        if PurePosixPath(pattern).is_absolute() or "\\" in pattern or not _is_inside(folder, draft):
            _outside(route, pattern, findings)
        elif not _finds_something(folder, parts):
            _finds_nothing(route, pattern, folder.joinpath(*parts), findings)


def _glob(pattern: str, folder: Path) -> Glob:
    """Return the folder that a pattern begins at, `..` followed, and the rest from its first wildcard on."""
    *above, name = PurePosixPath(pattern).parts or ("",)
    rest: list[str] = []
    for part in above:
        if part == ".." and not rest:
            folder = folder.parent
        elif rest or MAGIC & set(part):
            rest.append(part)
        else:
            folder /= part
    return folder, (*rest, "**", "*") if name == "**" else (*rest, name)


def _is_inside(folder: Path, draft: Draft) -> bool:
    return folder.is_relative_to(draft.place.root)


def _finds_something(folder: Path, parts: Sequence[str]) -> bool:
    if not MAGIC & set("".join(parts)):
        return folder.joinpath(*parts).is_file()
    for number, below in enumerate(_files_below(folder)):
        if number == MOST_LOOKED_AT or matches(below.parts, parts):
            return True
    return False


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent, name).relative_to(folder)


def _outside(route: Route, pattern: str, findings: Findings) -> None:
    findings.add(
        route,
        "E-OUTSIDE",
        f"`{pattern}` leads out of the catalog's folder",
        expected="a file or a glob below the catalog's folder; paths start at this file",
        found=findings.describe(route, pattern),
        repair="move the data below the catalog's folder, or leave the key out",
    )


def _finds_nothing(route: Route, pattern: str, path: Path, findings: Findings) -> None:
    is_folder = path.is_dir()
    all_below = f"write {pattern.rstrip('/')}/**/*"
    findings.add(
        route,
        "W-WATCHES-NOTHING",
        f"`{pattern}` is a folder, and files are watched" if is_folder else f"`{pattern}` finds no file",
        severity="warning",
        expected="a file or a glob that finds one; paths start at this file",
        found="a folder" if is_folder else "no such file",
        repair=all_below if is_folder else "see that the file exists, and how it is spelled",
    )
