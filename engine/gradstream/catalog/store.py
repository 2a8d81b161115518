"""Holds the current snapshot and the report of each demo's last import.

scan --CatalogSnapshot--> CatalogStore.swap --+
engine --Loaded--> CatalogStore.imported --+--CatalogChange--> every subscriber
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.types import CatalogSnapshot
from gradstream.ipc.protocol import Loaded


class CatalogChange(Struct, frozen=True, kw_only=True):
    """What a page must read again: `demos` that are new or changed, and those that were removed."""

    version: int
    demos: tuple[str, ...]
    removed: tuple[str, ...]


class CatalogStore:
    """The current snapshot and import reports; to be called on the event loop's thread only."""

    def __init__(self, snapshot: CatalogSnapshot) -> None:
        self._snapshot = snapshot
        self._imports: dict[str, Loaded] = {}
        self._revisions: dict[str, str] = {}
        self._readers: set[Callable[[CatalogChange], None]] = set()
        for address in _addresses(snapshot):
            self._renew(address, snapshot)

    @property
    def snapshot(self) -> CatalogSnapshot:
        """The current snapshot."""
        return self._snapshot

    def import_report(self, address: str) -> Loaded | None:
        """Return the report of this demo's last import; None if it was not imported since it changed."""
        return self._imports.get(address)

    def revision(self, address: str) -> str | None:
        """Return a hash of everything that a page shows of the demo; None if there is no such demo."""
        return self._revisions.get(address)

    def swap(self, snapshot: CatalogSnapshot) -> CatalogChange | None:
        """Make a snapshot the current one and set its version. Return None if nothing visible changed."""
        before = self._snapshot
        changed = sorted(each for each in _addresses(snapshot) if _differs(each, before, snapshot))
        for address in [*self._imports]:
            if snapshot.demos.get(address) != before.demos.get(address):
                del self._imports[address]
        heads_differ = (snapshot.options, snapshot.diagnostics) != (before.options, before.diagnostics)
        # Anyone who is shut out by this save has to hear of it.
        heads_differ = heads_differ or any(_gates(each, before) != _gates(each, snapshot) for each in changed)
        return self._apply(snapshot, changed, heads_differ=heads_differ)

    def imported(self, address: str, report: Loaded) -> CatalogChange | None:
        """Store the report of an import. Return None if nothing visible changed."""
        self._imports[address] = report
        return self._apply(self._snapshot, [address], heads_differ=False)

    def subscribe(self, reader: Callable[[CatalogChange], None]) -> Callable[[], None]:
        """Call `reader` at each change; the returned function ends that."""
        self._readers.add(reader)
        return lambda: self._readers.discard(reader)

    def _apply(
        self, snapshot: CatalogSnapshot, addresses: Iterable[str], *, heads_differ: bool
    ) -> CatalogChange | None:
        """Apply a snapshot in which only these addresses, and removed ones, may have changed visibly."""
        changed = tuple(address for address in addresses if self._renew(address, snapshot))
        removed = tuple(sorted(self._revisions.keys() - _addresses(snapshot)))
        for address in removed:
            del self._revisions[address]
        if not (changed or removed or heads_differ):
            self._snapshot = replace(snapshot, version=self._snapshot.version)
            return None
        self._snapshot = replace(snapshot, version=self._snapshot.version + 1)
        change = CatalogChange(version=self._snapshot.version, demos=changed, removed=removed)
        for reader in tuple(self._readers):
            reader(change)
        return change

    def _renew(self, address: str, snapshot: CatalogSnapshot) -> bool:
        """Recompute a demo's revision and return whether it changed."""
        before = self._revisions.get(address)
        after = _revision(address, snapshot, self._imports.get(address))
        if after is not None:
            self._revisions[address] = after
        return after not in (None, before)


def _addresses(snapshot: CatalogSnapshot) -> frozenset[str]:
    return frozenset((*snapshot.demos, *snapshot.broken))


def _differs(address: str, before: CatalogSnapshot, after: CatalogSnapshot) -> bool:
    """Return whether a demo was read again: otherwise it is the same object."""
    return (
        before.demos.get(address) is not after.demos.get(address)
        or before.broken.get(address) is not after.broken.get(address)
        or before.stale.get(address) is not after.stale.get(address)
    )


def _gates(address: str, snapshot: CatalogSnapshot) -> tuple[object, ...]:
    named = (snapshot.demos.get(address), snapshot.broken.get(address), snapshot.stale.get(address))
    return tuple(one and one.gate for one in named)


def _revision(address: str, snapshot: CatalogSnapshot, report: Loaded | None) -> str | None:
    demo = snapshot.demos.get(address)
    if demo is None:
        broken = snapshot.broken.get(address)
        return broken.revision if broken is not None else None
    stale = snapshot.stale.get(address)
    return demo.revision + _report_mark(report) + ("" if stale is None else f".{stale.revision}")


def _report_mark(report: Loaded | None) -> str:
    if report is None or not (report.diagnostics or report.detail):
        return ""
    shown = repr((report.diagnostics, report.detail))
    return "." + blake2b(shown.encode(), digest_size=8).hexdigest()
