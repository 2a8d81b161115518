"""A folder -> a snapshot of its catalog: good demos, broken ones beside them, and what was passed over.

gradstream.yaml --> options --globs--> files --entries--> Demo | BrokenDemo --> Snapshot
files and folders --check_paths--> everything to report
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.check_cache import Verdicts
from gradstream.catalog.discovery import CATALOG_FILE, Found, find_demos, found_at, legible
from gradstream.catalog.entries import (
    DIRECT,
    Entry,
    Surroundings,
    entry_of,
    read_data,
    read_entry,
    read_surroundings,
    settle,
)
from gradstream.catalog.tags import odd_tags
from gradstream.catalog.types import Snapshot
from gradstream.diagnostics import Diagnostic
from gradstream.format.types import Demo


class Checked(Struct, frozen=True, kw_only=True):
    """What checking gave: the good demos, and everything to report, file by file."""

    demos: tuple[Demo, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_catalog(root: Path, *, environ: Mapping[str, str], verdicts: Verdicts | None = None) -> Snapshot:
    """Read a catalog's folder, as version 1. `environ` has the values of `${VARIABLES}`.

    With `verdicts`, demos that are as they were at the last start are taken from there.
    """
    surroundings = read_surroundings(root.resolve(), environ=environ)
    if verdicts is None:
        return read_with(surroundings)
    verdicts.begin(surroundings)
    entries = [_remembered(each, surroundings, verdicts) for each in _found(surroundings)]
    verdicts.save()
    return _snapshot(surroundings, entries)


def read_with(surroundings: Surroundings) -> Snapshot:
    """Read all files of a catalog, as version 1, with what is known of the catalog itself."""
    return _snapshot(surroundings, [read_entry(each, surroundings) for each in _found(surroundings)])


def read_file(path: Path, *, environ: Mapping[str, str]) -> Checked:
    """Read one file with the catalog around it, if there is one; diagnostics name the file as it is given."""
    full, shown = path.resolve(), legible(path.as_posix())
    if path.name == CATALOG_FILE:
        surroundings = read_surroundings(full.parent, environ=environ, file=shown)
        return Checked(demos=(), diagnostics=surroundings.catalog.diagnostics)
    surroundings = read_surroundings(_root_around(full.parent), environ=environ)
    found = next((each for each in _found(surroundings) if each.path == full), None)
    found = replace(found or found_at(full, full.name, fixed=""), file=shown)
    return _checked([read_entry(found, surroundings, asked=True)])


def check_paths(paths: Sequence[Path], *, environ: Mapping[str, str]) -> Checked:
    """Check files and folders; a file needs no catalog around it, and is checked with one that is there."""
    checked = [
        _check_folder(path, environ=environ) if path.is_dir() else read_file(path, environ=environ)
        for path in paths
    ]
    return Checked(
        demos=tuple(demo for each in checked for demo in each.demos),
        diagnostics=tuple(diagnostic for each in checked for diagnostic in each.diagnostics),
    )


def _check_folder(folder: Path, *, environ: Mapping[str, str]) -> Checked:
    """Check a catalog's folder, or the part of a catalog that is in the folder."""
    full = folder.resolve()
    root = _root_around(full)
    catalog_file = legible((folder / CATALOG_FILE).as_posix())
    surroundings = read_surroundings(root, environ=environ, file=catalog_file)
    in_catalog = {each.path: each for each in _found(surroundings)}
    found = list(in_catalog.values()) if root == full else find_demos(full, DIRECT)
    below = [
        replace(
            in_catalog.get(each.path, each), file=legible((folder / each.path.relative_to(full)).as_posix())
        )
        for each in found
    ]
    entries = [read_entry(each, surroundings) for each in below]
    checked = _checked([*settle(entries), *(entry for entry in entries if not entry.is_demo)])
    checked = replace(checked, diagnostics=(*checked.diagnostics, *odd_tags(checked.demos, environ=environ)))
    if root != full:
        return checked
    return replace(checked, diagnostics=(*surroundings.catalog.diagnostics, *checked.diagnostics))


def _remembered(found: Found, surroundings: Surroundings, verdicts: Verdicts) -> Entry:
    data = read_data(found.path)
    if isinstance(data, OSError):
        return entry_of(data, found, surroundings)
    entry = verdicts.find(found, data, surroundings)
    if entry is None:
        entry = entry_of(data, found, surroundings)
        verdicts.keep(entry, data)
    return entry


def _found(surroundings: Surroundings) -> list[Found]:
    return find_demos(surroundings.root, surroundings.catalog.options.demos)


def _checked(entries: Sequence[Entry]) -> Checked:
    return Checked(
        demos=tuple(entry.demo for entry in entries if entry.demo is not None),
        diagnostics=tuple(diagnostic for entry in entries for diagnostic in entry.diagnostics),
    )


def _root_around(folder: Path) -> Path:
    """Return the catalog's folder around this one; the folder itself where there is no catalog."""
    around = (folder, *folder.parents)
    catalog = next((each for each in around if (each / CATALOG_FILE).is_file()), None)
    named = next((each.parent for each in around if each.name == "demos"), None)
    return catalog or named or folder


def _snapshot(surroundings: Surroundings, entries: Sequence[Entry]) -> Snapshot:
    settled = settle(entries)
    return Snapshot(
        version=1,
        root=str(surroundings.root),
        options=surroundings.catalog.options,
        demos={each.found.address: each.demo for each in settled if each.demo is not None},
        broken={each.found.address: each.broken for each in settled if each.broken is not None},
        warnings={
            each.found.address: each.diagnostics
            for each in settled
            if each.demo is not None and each.diagnostics
        },
        skipped=tuple(entry.found.file for entry in entries if not entry.is_demo),
        diagnostics=surroundings.catalog.diagnostics,
        files={str(entry.found.path): entry.found.address for entry in entries if entry.is_demo},
        beside={each.found.address: each.beside for each in settled if each.beside},
        defaults=surroundings.catalog.defaults,
    )
