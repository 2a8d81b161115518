"""Changed files + the last snapshot -> the next one, at the cost of the files that changed.

    paths --> files that are demos, were demos, or share an address with one of these --entries--> Snapshot
    gradstream.yaml --> other globs or defaults: everything anew; with a mistake: options as they were

It says how the demos' files are, and nothing of how they were: see `last_good`.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.catalog.discovery import CATALOG_FILE, SUFFIXES, Found, files_below, find_demo
from gradstream.catalog.entries import DIRECT, Entry, Surroundings, read_entry, read_surroundings, settle
from gradstream.catalog.scan import read_with
from gradstream.catalog.types import Snapshot
from gradstream.format.catalog_file import CatalogReading


def reread(snapshot: Snapshot, paths: Iterable[Path], *, environ: Mapping[str, str]) -> Snapshot:
    """Return a new reading of the files at these absolute paths; a folder stands for all files below it."""
    root = Path(snapshot.root)
    changed = set(paths)
    surroundings = _surroundings(snapshot, is_changed=root / CATALOG_FILE in changed, environ=environ)
    catalog = surroundings.catalog
    if (catalog.options.demos, catalog.defaults) != (snapshot.options.demos, snapshot.defaults):
        return replace(read_with(surroundings), version=snapshot.version)
    snapshot = replace(snapshot, options=catalog.options, diagnostics=catalog.diagnostics)
    files = _demo_files(changed, snapshot)
    addresses = {snapshot.files[file] for file in map(str, files) if file in snapshot.files}
    addresses |= _naming(changed, snapshot)
    entries = list(_entries(files, addresses, surroundings, snapshot=snapshot))
    return replace(_with_entries(snapshot, entries, addresses), **_roles(snapshot, entries, addresses, files))


def _surroundings(snapshot: Snapshot, *, is_changed: bool, environ: Mapping[str, str]) -> Surroundings:
    """Return what demos are read with: as it was, where the catalog's own file has mistakes now."""
    root = Path(snapshot.root)
    before = CatalogReading(
        options=snapshot.options, defaults=snapshot.defaults, diagnostics=snapshot.diagnostics
    )
    if not is_changed and ((root / CATALOG_FILE).exists() or _is_same_layout(root, snapshot)):
        return Surroundings(root=root, catalog=before, environ=environ)
    now = read_surroundings(root, environ=environ)
    if any(each.is_error for each in now.catalog.diagnostics):
        return replace(now, catalog=replace(before, diagnostics=now.catalog.diagnostics))
    return now


def _is_same_layout(root: Path, snapshot: Snapshot) -> bool:
    """Tell whether a catalog without a file of its own has its demos where it had them."""
    return (snapshot.options.demos != DIRECT) == (root / "demos").is_dir()


def _demo_files(changed: set[Path], snapshot: Snapshot) -> set[Path]:
    """Return the changed paths that may be demos now, or were; of folders that came or went, all files."""
    known = {*snapshot.files, *(str(Path(snapshot.root, file)) for file in snapshot.skipped)}
    files = set()
    for path in changed:
        if path.suffix in SUFFIXES and not path.is_dir():
            files.add(path)
        elif path.is_dir():
            files |= set(files_below(path))
        if not path.is_file():
            files |= {Path(file) for file in known if file.startswith(f"{path}/")}
    return files


def _naming(changed: set[Path], snapshot: Snapshot) -> set[str]:
    """Return the addresses of demos whose YAML names one of these paths, or a file below one."""
    paths = {str(path) for path in changed}
    folders = tuple(f"{path}/" for path in changed if not path.is_file())
    return {
        address
        for address, named in snapshot.beside.items()
        if any(file in paths or file.startswith(folders) for file in named)
    }


def _entries(
    files: set[Path], addresses: set[str], surroundings: Surroundings, *, snapshot: Snapshot
) -> Iterator[Entry]:
    """Read these files and all that claim one of the addresses; the new claims are added to `addresses`."""
    found = _found(files, surroundings)
    addresses |= {each.address for each in found}
    claiming = {Path(file) for file, address in snapshot.files.items() if address in addresses}
    for each in (*found, *_found(claiming - files, surroundings)):
        yield read_entry(each, surroundings)


def _found(files: Iterable[Path], surroundings: Surroundings) -> list[Found]:
    patterns = surroundings.catalog.options.demos
    found = (find_demo(surroundings.root, patterns, path) for path in sorted(files))
    return [each for each in found if each is not None]


def _with_entries(snapshot: Snapshot, entries: list[Entry], addresses: set[str]) -> Snapshot:
    """Return the snapshot with all that was known of these addresses replaced by what the entries say."""
    demos, broken = dict(snapshot.demos), {**snapshot.broken, **snapshot.stale}
    for address in snapshot.stale:
        demos.pop(address, None)
    warnings, beside = dict(snapshot.warnings), dict(snapshot.beside)
    for address in addresses:
        for table in (demos, broken, warnings, beside):
            table.pop(address, None)
    for entry in settle(sorted(entries, key=lambda each: each.found.file)):
        address = entry.found.address
        beside.update({address: entry.beside} if entry.beside else {})
        if entry.broken is not None:
            broken[address] = entry.broken
        elif entry.demo is not None:
            demos[address] = entry.demo
            warnings.update({address: entry.diagnostics} if entry.diagnostics else {})
    return replace(
        snapshot,
        demos=demos,
        broken=broken,
        warnings=warnings,
        beside=beside,
        stale={},
    )


def _roles(snapshot: Snapshot, entries: list[Entry], addresses: set[str], files: set[Path]) -> dict[str, Any]:
    """Return which files are demos and which are none, `files` being all that were looked at."""
    demos = {file: address for file, address in snapshot.files.items() if address not in addresses}
    demos |= {str(each.found.path): each.found.address for each in entries if each.is_demo}
    skipped = {file for file in snapshot.skipped if Path(snapshot.root, file) not in files}
    skipped |= {each.found.file for each in entries if not each.is_demo}
    return {"files": demos, "skipped": tuple(sorted(skipped))}
