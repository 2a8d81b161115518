"""Keeps the last good version of a demo: saving a file with errors does not remove a working demo.

    before: demo          after: broken             -> the demo as it was, and the errors
    before: demo          after: without its marker -> the same: the line is missing, and the file is not gone
    before: demo, stale   after: good or removed    -> the new state

A demo that never worked is broken.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from gradstream.catalog.checked_file import CatalogContext, check_file
from gradstream.catalog.discovery import find_demo
from gradstream.catalog.types import BrokenDemo, CatalogSnapshot
from gradstream.format.catalog_file import CatalogReading


def keep_last_good(
    before: CatalogSnapshot, after: CatalogSnapshot, *, environ: Mapping[str, str]
) -> CatalogSnapshot:
    """Return the new snapshot, where demos whose files have errors now are kept as they were before."""
    broken = {**after.broken, **dict(_without_marker(before, after, environ))}
    kept = {address: before.demos[address] for address in broken if address in before.demos}
    if not kept:
        return after
    return replace(
        after,
        demos={**after.demos, **kept},
        broken={address: one for address, one in after.broken.items() if address not in kept},
        stale={address: broken[address] for address in kept},
    )


def _without_marker(
    before: CatalogSnapshot, after: CatalogSnapshot, environ: Mapping[str, str]
) -> Iterator[tuple[str, BrokenDemo]]:
    """Yield what is wrong with files that were demos, and have lost the line that makes them demos."""
    stale = {broken.file: address for address, broken in before.stale.items()}
    reading = CatalogReading(options=after.options, defaults=after.defaults, diagnostics=())
    context = CatalogContext(root=Path(after.root), catalog=reading, environ=environ)
    for file in after.skipped:
        path = Path(after.root, file)
        address = before.files.get(str(path)) or stale.get(file)
        found = find_demo(context.root, after.options.demos, path) if address else None
        if address is None or found is None or address in after.demos or address in after.broken:
            continue
        checked = check_file(found, context, asked=True)
        if checked.broken is not None:
            yield address, checked.broken
