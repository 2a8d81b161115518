"""Keeps the last good version of a demo: saving a file with errors does not remove a working demo.

    before: demo          after: broken             -> the demo as it was, and the errors
    before: demo, stale   after: good or removed    -> the new state

A demo that never worked is broken.
"""

from msgspec.structs import replace

from gradstream.catalog.types import CatalogSnapshot


def keep_last_good(before: CatalogSnapshot, after: CatalogSnapshot) -> CatalogSnapshot:
    """Return the new snapshot, where demos whose files have errors now are kept as they were before."""
    kept = {address: before.demos[address] for address in after.broken if address in before.demos}
    if not kept:
        return after
    return replace(
        after,
        demos={**after.demos, **kept},
        broken={address: broken for address, broken in after.broken.items() if address not in kept},
        stale={address: after.broken[address] for address in kept},
    )
