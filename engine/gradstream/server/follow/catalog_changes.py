"""Returns what changed in the catalog since a version that a page knows.

Bound: `limits.catalog_changes`. Policy: a page that is further behind, or knows a version of an earlier
server, gets every demo.
"""

from collections import deque
from collections.abc import Callable

from gradstream.catalog.store import CatalogChange, CatalogStore
from gradstream.limits import Limits


class CatalogChanges:
    """Remembers the store's last changes."""

    def __init__(self, store: CatalogStore, *, most: int = Limits().catalog_changes) -> None:
        self._store = store
        self._changes: deque[CatalogChange] = deque(maxlen=most)
        store.subscribe(self._changes.append)

    @property
    def version(self) -> int:
        """The current snapshot's version."""
        return self._store.snapshot.version

    def since(self, version: int) -> CatalogChange | None:
        """Return everything that changed after a version as one change; None if nothing did."""
        current = self.version
        if version == current:
            return None
        missed = [change for change in self._changes if change.version > version]
        if version > current or len(missed) < current - version:
            snapshot = self._store.snapshot
            return CatalogChange(version=current, demos=(*snapshot.demos, *snapshot.broken), removed=())
        return _merged(missed, version=current)

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` at each change; the returned function ends that."""
        return self._store.subscribe(lambda _: wake())


def _merged(changes: list[CatalogChange], *, version: int) -> CatalogChange:
    is_there: dict[str, bool] = {}
    for change in changes:
        is_there |= dict.fromkeys(change.demos, True) | dict.fromkeys(change.removed, False)
    return CatalogChange(
        version=version,
        demos=tuple(name for name, there in is_there.items() if there),
        removed=tuple(name for name, there in is_there.items() if not there),
    )
