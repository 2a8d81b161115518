"""Changed files + the last snapshot -> the next one, at a cost proportional to the files that changed.

    paths --> files that are demos, were demos, or share an address with one of these --> CatalogSnapshot
    gradstream.yaml --> other globs or defaults: everything is read again; with an error: the options stay

The result has only the current content of the files: `last_good` adds demos that worked before.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.catalog.checked_file import (
    DIRECT,
    CatalogContext,
    CheckedFile,
    check_file,
    read_context,
    resolve_addresses,
)
from gradstream.catalog.discovery import CATALOG_FILE, SUFFIXES, DemoFile, files_below, find_demo
from gradstream.catalog.scan import read_with
from gradstream.catalog.types import CatalogSnapshot
from gradstream.document.types import Document
from gradstream.format.catalog_file import CatalogReading
from gradstream.format.gate import after_mistake
from gradstream.format.types import CatalogOptions


def own_files(snapshot: CatalogSnapshot) -> Iterator[str]:
    """Yield the absolute paths of the files that `gradstream.yaml` names for all pages."""
    yield from snapshot.options.theme.files.values()
    for name in snapshot.options.pictures:
        yield os.path.normpath(Path(snapshot.root, name))


def reread(
    snapshot: CatalogSnapshot, paths: Iterable[Path], *, environ: Mapping[str, str]
) -> CatalogSnapshot:
    """Return the snapshot after reading these absolute paths again; a folder means all files below it."""
    root = Path(snapshot.root)
    changed = set(paths)
    own = {root / CATALOG_FILE, *map(Path, own_files(snapshot))}
    context = _context(snapshot, is_changed=not own.isdisjoint(changed), environ=environ)
    catalog = context.catalog
    if _for_demos(catalog.options, catalog.defaults) != _for_demos(snapshot.options, snapshot.defaults):
        return replace(read_with(context), version=snapshot.version)
    snapshot = replace(snapshot, options=catalog.options, diagnostics=catalog.diagnostics)
    files = _demo_files(changed, snapshot)
    addresses = {snapshot.files[file] for file in map(str, files) if file in snapshot.files}
    addresses |= _naming(changed, snapshot)
    checked = list(_checked(files, addresses, context, snapshot=snapshot))
    return replace(_with_checked(snapshot, checked, addresses), **_roles(snapshot, checked, addresses, files))


def _for_demos(options: CatalogOptions, defaults: Document | None) -> tuple[object, ...]:
    """Return what each demo's reading rests on."""
    return options.demos, options.groups, options.secrets, options.gate.is_open, defaults


def _context(snapshot: CatalogSnapshot, *, is_changed: bool, environ: Mapping[str, str]) -> CatalogContext:
    """Return the context of the catalog: the previous one if `gradstream.yaml` has errors now."""
    root = Path(snapshot.root)
    before = CatalogReading(
        options=snapshot.options, defaults=snapshot.defaults, diagnostics=snapshot.diagnostics
    )
    if not is_changed and ((root / CATALOG_FILE).exists() or _is_same_layout(root, snapshot)):
        return CatalogContext(root=root, catalog=before, environ=environ)
    now = read_context(root, environ=environ)
    options, had = now.catalog.options, before.options
    if any(each.is_error for each in now.catalog.diagnostics):
        gate = after_mistake(had.gate, None if options.gate.is_open else options.gate)
        kept = replace(before, options=replace(had, gate=gate), diagnostics=now.catalog.diagnostics)
        return replace(now, catalog=kept)
    if not (root / CATALOG_FILE).is_file():
        # It may be gone for a moment, as in a checkout: what it guards stays guarded.
        return replace(now, catalog=replace(now.catalog, options=replace(options, gate=had.gate)))
    return now


def _is_same_layout(root: Path, snapshot: CatalogSnapshot) -> bool:
    """Return whether the default globs of a catalog without gradstream.yaml are still the same.

    They are while the root is missing: when it comes back, its demos have the addresses that they had.
    """
    return not root.is_dir() or (snapshot.options.demos != DIRECT) == (root / "demos").is_dir()


def _demo_files(changed: set[Path], snapshot: CatalogSnapshot) -> set[Path]:
    """Return the changed files that may be, or were, demos; of added and removed folders, all files."""
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


def _naming(changed: set[Path], snapshot: CatalogSnapshot) -> set[str]:
    """Return the addresses of demos whose YAML names one of these paths, or a file below one."""
    paths = {str(path) for path in changed}
    folders = tuple(f"{path}/" for path in changed if not path.is_file())
    return {
        address
        for address, named in snapshot.beside.items()
        if any(file in paths or file.startswith(folders) for file in named)
    }


def _checked(
    files: set[Path], addresses: set[str], context: CatalogContext, *, snapshot: CatalogSnapshot
) -> Iterator[CheckedFile]:
    """Check these files and all that claim one of the addresses; new claims are added to `addresses`."""
    found = _found(files, context)
    addresses |= {each.address for each in found}
    claiming = {Path(file) for file, address in snapshot.files.items() if address in addresses}
    for each in (*found, *_found(claiming - files, context)):
        yield check_file(each, context)


def _found(files: Iterable[Path], context: CatalogContext) -> list[DemoFile]:
    patterns = context.catalog.options.demos
    found = (find_demo(context.root, patterns, path) for path in sorted(files))
    return [each for each in found if each is not None]


def _with_checked(
    snapshot: CatalogSnapshot, checked: list[CheckedFile], addresses: set[str]
) -> CatalogSnapshot:
    """Return the snapshot with everything about these addresses replaced by the checked files."""
    demos, broken = dict(snapshot.demos), {**snapshot.broken, **snapshot.stale}
    for address in snapshot.stale:
        demos.pop(address, None)
    warnings, beside, code = dict(snapshot.warnings), dict(snapshot.beside), dict(snapshot.code)
    for address in snapshot.stale:
        code.pop(address, None)
    for address in addresses:
        for table in (demos, broken, warnings, beside, code):
            table.pop(address, None)
    for entry in resolve_addresses(sorted(checked, key=lambda each: each.found.file)):
        address = entry.found.address
        beside.update({address: entry.beside} if entry.beside else {})
        if entry.broken is not None:
            broken[address] = entry.broken
        elif entry.demo is not None:
            before = snapshot.demos.get(address)
            # The same object, where nothing is different: it is compared by all who follow the catalog.
            demos[address] = before if before is not None and before == entry.demo else entry.demo
            code[address] = entry.code
            warnings.update({address: entry.diagnostics} if entry.diagnostics else {})
    return replace(
        snapshot,
        demos=demos,
        broken=broken,
        warnings=warnings,
        beside=beside,
        code=code,
        stale={},
    )


def _roles(
    snapshot: CatalogSnapshot, checked: list[CheckedFile], addresses: set[str], files: set[Path]
) -> dict[str, Any]:
    """Return the fields that state which files are demos; `files` are all that were checked again."""
    demos = {file: address for file, address in snapshot.files.items() if address not in addresses}
    demos |= {str(each.found.path): each.found.address for each in checked if each.is_demo}
    skipped = {file for file in snapshot.skipped if Path(snapshot.root, file) not in files}
    skipped |= {each.found.file for each in checked if not each.is_demo}
    return {"files": demos, "skipped": tuple(sorted(skipped))}
