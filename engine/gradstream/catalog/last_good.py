"""Strict at first, last good afterwards: a save with a mistake does not take a working demo away.

    before: demo          after: broken          -> the demo as it was, and the mistakes beside it
    before: demo, stale   after: good or gone    -> as it is now

A demo that never worked is broken.
"""

from msgspec.structs import replace

from gradstream.catalog.types import Snapshot


def keep_last_good(before: Snapshot, after: Snapshot) -> Snapshot:
    """Return the new snapshot with demos kept that were good before and whose files have mistakes now."""
    kept = {address: before.demos[address] for address in after.broken if address in before.demos}
    if not kept:
        return after
    return replace(
        after,
        demos={**after.demos, **kept},
        broken={address: broken for address, broken in after.broken.items() if address not in kept},
        stale={address: after.broken[address] for address in kept},
    )
