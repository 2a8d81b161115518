"""Reads a catalog's folder into a snapshot: demos, broken demos, and files that are not demos.

gradstream.yaml --> options --globs--> files --check--> Demo | BrokenDemo --> CatalogSnapshot
files and folders --files_to_check--> FileToCheck: the file with its catalog, which may be below the folder
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.check_cache import CheckCache
from gradstream.catalog.checked_file import (
    DIRECT,
    CatalogContext,
    CheckedFile,
    check_data,
    check_file,
    read_context,
    read_data,
    resolve_addresses,
)
from gradstream.catalog.discovery import (
    CATALOG_FILE,
    DemoFile,
    demo_file_at,
    find_demo,
    find_demos,
    is_ignored,
    legible,
)
from gradstream.catalog.types import CatalogSnapshot
from gradstream.diagnostics import Diagnostic
from gradstream.format.types import Demo

MOST_FOLDERS = 10_000
"""Folders that are searched for catalogs below one that is in none."""


class FileToCheck(Struct, frozen=True, kw_only=True):
    """A file to check: a demo's, or with `found` None the catalog's own; `shown` is its name in reports."""

    path: Path
    shown: str
    context: CatalogContext
    found: DemoFile | None
    asked: bool = False


class CheckResult(Struct, frozen=True, kw_only=True):
    """The demos without errors, and everything to report, file by file."""

    demos: tuple[Demo, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_catalog(
    root: Path, *, environ: Mapping[str, str], cache: CheckCache | None = None
) -> CatalogSnapshot:
    """Read a catalog's folder, as version 1. `environ` has the values of `${VARIABLES}`.

    Its path is kept as given: where it is a link, the catalog is what the link leads to at any time.

    With `cache`, demos that are unchanged since the last start are taken from it.
    """
    context = read_context(root.absolute(), environ=environ)
    if cache is None:
        return read_with(context)
    cache.load(context)
    entries = [_check_cached(each, context, cache) for each in _found(context)]
    cache.save()
    return _snapshot(context, entries)


def read_with(context: CatalogContext) -> CatalogSnapshot:
    """Read all files of a catalog, as version 1."""
    return _snapshot(context, [check_file(each, context) for each in _found(context)])


def read_file(path: Path, *, environ: Mapping[str, str]) -> CheckResult:
    """Check one file, with the catalog that it is in, if any; diagnostics name the file as given."""
    target = file_to_check(path, environ=environ)
    if target.found is None:
        return CheckResult(demos=(), diagnostics=target.context.catalog.diagnostics)
    return _checked([check_file(target.found, target.context, asked=True)])


def files_to_check(paths: Sequence[Path], *, environ: Mapping[str, str]) -> Iterator[FileToCheck]:
    """Yield every file that is checked for these files and folders."""
    for path in paths:
        if not path.is_dir():
            yield file_to_check(path, environ=environ)
            continue
        inner = list(catalogs_below(path))
        yield from files_to_check(inner, environ=environ)
        context, below, is_root = files_below(path, environ=environ)
        inside = [folder.resolve() for folder in inner]
        below = [each for each in below if not any(each.path.is_relative_to(one) for one in inside)]
        own = context.root / CATALOG_FILE
        if is_root and own.is_file():
            shown = legible((path / CATALOG_FILE).as_posix())
            yield FileToCheck(path=own, shown=shown, context=context, found=None)
        for found in below:
            yield FileToCheck(path=found.path, shown=found.file, context=context, found=found)


def catalogs_below(folder: Path) -> Iterator[Path]:
    """Yield the folders with a `gradstream.yaml` below one that is in no catalog: a repository's root."""
    if (_root_around(folder.resolve()) / CATALOG_FILE).is_file():
        return
    for number, (parent, folders, names) in enumerate(os.walk(folder)):
        if CATALOG_FILE in names:
            folders.clear()
            yield Path(parent)
        if number == MOST_FOLDERS:
            return
        folders[:] = sorted(name for name in folders if not is_ignored(name))


def file_to_check(path: Path, *, environ: Mapping[str, str]) -> FileToCheck:
    """Return what is needed to check one file, which does not have to be in a catalog or on the disk."""
    full, shown = path.resolve(), legible(path.as_posix())
    if path.name == CATALOG_FILE:
        context = read_context(full.parent, environ=environ, file=shown)
        return FileToCheck(path=full, shown=shown, context=context, found=None)
    context = read_context(_root_around(full.parent), environ=environ)
    found = find_demo(context.root, context.catalog.options.demos, full)
    found = replace(found or demo_file_at(full, full.name, fixed=""), file=shown)
    return FileToCheck(path=full, shown=shown, context=context, found=found, asked=True)


def files_below(
    folder: Path, *, environ: Mapping[str, str]
) -> tuple[CatalogContext, Sequence[DemoFile], bool]:
    """Return the files of a folder with their catalog, and whether the folder is the catalog's own."""
    full = folder.resolve()
    root = _root_around(full)
    context = read_context(root, environ=environ, file=legible((folder / CATALOG_FILE).as_posix()))
    in_catalog = {each.path: each for each in _found(context)}
    found = list(in_catalog.values()) if root == full else find_demos(full, DIRECT)
    below = [
        replace(
            in_catalog.get(each.path, each), file=legible((folder / each.path.relative_to(full)).as_posix())
        )
        for each in found
    ]
    return context, below, root == full


def _check_cached(found: DemoFile, context: CatalogContext, cache: CheckCache) -> CheckedFile:
    data = read_data(found.path, context.limits)
    if isinstance(data, OSError):
        return check_data(data, found, context)
    entry = cache.find(found, data, context)
    if entry is None:
        entry = check_data(data, found, context)
        cache.add(entry, data)
    return entry


def _found(context: CatalogContext) -> list[DemoFile]:
    return find_demos(context.root, context.catalog.options.demos)


def _checked(entries: Sequence[CheckedFile]) -> CheckResult:
    return CheckResult(
        demos=tuple(entry.demo for entry in entries if entry.demo is not None),
        diagnostics=tuple(diagnostic for entry in entries for diagnostic in entry.diagnostics),
    )


def _root_around(folder: Path) -> Path:
    """Return the folder of the catalog that this folder is in; the folder itself if there is none."""
    around = (folder, *folder.parents)
    catalog = next((each for each in around if (each / CATALOG_FILE).is_file()), None)
    named = next((each.parent for each in around if each.name == "demos"), None)
    return catalog or named or folder


def _snapshot(context: CatalogContext, entries: Sequence[CheckedFile]) -> CatalogSnapshot:
    settled = resolve_addresses(entries)
    return CatalogSnapshot(
        version=1,
        root=str(context.root),
        options=context.catalog.options,
        demos={each.found.address: each.demo for each in settled if each.demo is not None},
        broken={each.found.address: each.broken for each in settled if each.broken is not None},
        warnings={
            each.found.address: each.diagnostics
            for each in settled
            if each.demo is not None and each.diagnostics
        },
        skipped=tuple(entry.found.file for entry in entries if not entry.is_demo),
        diagnostics=context.catalog.diagnostics,
        files={str(entry.found.path): entry.found.address for entry in entries if entry.is_demo},
        beside={each.found.address: each.beside for each in settled if each.beside},
        defaults=context.catalog.defaults,
        code={each.found.address: each.code for each in settled if each.demo is not None},
    )
