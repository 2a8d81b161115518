"""A folder -> a snapshot of its catalog: good demos, broken ones beside them, and what was passed over.

gradstream.yaml --> options --globs--> files --entries--> Demo | BrokenDemo --> Snapshot
changed files + the last Snapshot --reread--> the next one
files and folders --check_paths--> everything to report
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.entries import DIRECT, Entry, Surroundings, read_entry, read_surroundings, settle
from gradstream.catalog.globs import CATALOG_FILE, SUFFIXES, Found, find_demos, found_at
from gradstream.catalog.types import Snapshot
from gradstream.diagnostics import Diagnostic
from gradstream.spec.types import Demo


class Checked(Struct, frozen=True, kw_only=True):
    """What checking gave: the good demos, and everything to report, file by file."""

    demos: tuple[Demo, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_catalog(root: Path, *, environ: Mapping[str, str]) -> Snapshot:
    """Read a catalog's folder, as version 1. `environ` has the values of `${VARIABLES}`."""
    root = root.resolve()
    surroundings = read_surroundings(root, environ=environ)
    found = find_demos(root, surroundings.catalog.options.demos)
    return _snapshot(surroundings, [read_entry(each, surroundings) for each in found])


def reread(snapshot: Snapshot, paths: Iterable[Path], *, environ: Mapping[str, str]) -> Snapshot:
    """Return a new reading: of these files alone; of all where the files' set or the options changed."""
    root = Path(snapshot.root)
    changed = {str(path) for path in paths}
    surroundings = read_surroundings(root, environ=environ)
    found = find_demos(root, surroundings.catalog.options.demos)
    known = set(snapshot.files) | {str(root / file) for file in snapshot.skipped}
    same_names = {str(each.path) for each in found} == known
    same_options = (
        surroundings.catalog.options == snapshot.options and str(root / CATALOG_FILE) not in changed
    )
    if same_names and same_options:
        concerned = [each for each in found if _concerns(changed, each)]
        entries = [read_entry(each, surroundings) for each in concerned]
        if not any(_changes_role(entry, snapshot) for entry in entries):
            return _with_entries(snapshot, entries)
    return replace(read_catalog(root, environ=environ), version=snapshot.version)


def read_file(path: Path, *, environ: Mapping[str, str]) -> Checked:
    """Read one file with the catalog around it, if there is one; diagnostics name the file as it is given."""
    full, shown = path.resolve(), path.as_posix()
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
    surroundings = read_surroundings(root, environ=environ, file=(folder / CATALOG_FILE).as_posix())
    in_catalog = {each.path: each for each in _found(surroundings)}
    found = list(in_catalog.values()) if root == full else find_demos(full, DIRECT)
    below = [
        replace(in_catalog.get(each.path, each), file=(folder / each.path.relative_to(full)).as_posix())
        for each in found
    ]
    checked = _checked(settle([read_entry(each, surroundings) for each in below]))
    if root != full:
        return checked
    return replace(checked, diagnostics=(*surroundings.catalog.diagnostics, *checked.diagnostics))


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
    )


def _concerns(changed: set[str], found: Found) -> bool:
    """Tell whether these changes may concern the demo: of its file, or of data files that it may name."""
    if str(found.path) in changed:
        return True
    folder = found.path.parent
    return any(Path(path).is_relative_to(folder) for path in changed if Path(path).suffix not in SUFFIXES)


def _changes_role(entry: Entry, snapshot: Snapshot) -> bool:
    """Tell whether a file became a demo or ceased to be one, or shares its address with another."""
    was_demo = str(entry.found.path) in snapshot.files
    sharing = [file for file, address in snapshot.files.items() if address == entry.found.address]
    return was_demo != entry.is_demo or len(sharing) > 1


def _with_entries(snapshot: Snapshot, entries: Sequence[Entry]) -> Snapshot:
    demos, broken = dict(snapshot.demos), dict(snapshot.broken)
    warnings = dict(snapshot.warnings)
    for entry in entries:
        address = entry.found.address
        for table in (demos, broken, warnings):
            table.pop(address, None)
        if entry.broken is not None:
            broken[address] = entry.broken
        elif entry.demo is not None:
            demos[address] = entry.demo
            warnings.update({address: entry.diagnostics} if entry.diagnostics else {})
    return replace(snapshot, demos=demos, broken=broken, warnings=warnings)
