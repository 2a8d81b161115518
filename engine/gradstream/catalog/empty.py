"""Why no demo was found in a folder: what was searched, what is there instead, and what to do."""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from gradstream.catalog.checked_file import DIRECT, read_data
from gradstream.catalog.discovery import CATALOG_FILE, SUFFIXES, is_ignored, legible
from gradstream.catalog.scan import files_below
from gradstream.format.marker import WRITTEN

MOST_LOOKED_AT = 10_000
"""Files whose names are looked at."""

MOST_NAMED = 3
"""Files that are named; of more, the number is."""


class EmptyFolder(Struct, frozen=True, kw_only=True):
    """The reason as phrases: the globs, what was found, what to do."""

    searched: str
    found: str
    repair: str


def explain_empty(folder: Path, *, environ: Mapping[str, str]) -> EmptyFolder:
    """Return why a folder that was checked has no demo."""
    context, below, is_root = files_below(folder, environ=environ)
    searched = ", ".join(context.catalog.options.demos if is_root else DIRECT)
    missed = [
        legible(path.relative_to(folder).as_posix())
        for path in _missed(folder, {each.path for each in below})
    ]
    if missed:
        return EmptyFolder(
            searched=searched,
            found=f"demos elsewhere: {_named(missed)}",
            repair="move them to where is searched, with names that end in .yaml, "
            f"or list them under `demos:` in {CATALOG_FILE}",
        )
    if below:
        names = [each.file for each in below]
        return EmptyFolder(
            searched=searched,
            found=f"YAML without `gradstream: 1`: {_named(names)}",
            repair="begin a demo's file with the line `gradstream: 1`",
        )
    return EmptyFolder(
        searched=searched,
        found="no YAML file",
        repair="name the folder with the demos, or begin a demo with `gradstream new NAME`",
    )


def _missed(folder: Path, known: set[Path]) -> Iterator[Path]:
    """Yield the files with the marker that the globs do not match."""
    for path in islice(_files(folder), MOST_LOOKED_AT):
        if path.suffix.lower() in SUFFIXES and path.resolve() not in known and path.name != CATALOG_FILE:
            data = read_data(path)
            if isinstance(data, bytes) and WRITTEN.search(data.decode("utf-8", "replace")):
                yield path


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        yield from (Path(parent, name) for name in sorted(names))


def _named(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
