"""The one place that knows which snapshot is current, and what the last import of each demo said.

scan --Snapshot--> CatalogStore.swap --+
engine --Loaded--> CatalogStore.imported --+--CatalogChange--> every subscriber
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.types import Snapshot
from gradstream.worker.protocol import Loaded


class CatalogChange(Struct, frozen=True, kw_only=True):
    """What a page must look at again: `demos` that are new or changed, and those that are gone."""

    version: int
    demos: tuple[str, ...]
    removed: tuple[str, ...]


class CatalogStore:
    """Holds the current snapshot; all calls on the event loop's thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._imports: dict[str, Loaded] = {}
        self._readers: set[Callable[[CatalogChange], None]] = set()

    @property
    def snapshot(self) -> Snapshot:
        """The current snapshot."""
        return self._snapshot

    def import_report(self, address: str) -> Loaded | None:
        """Return what the last import of this demo said; None when it was not imported since it changed."""
        return self._imports.get(address)

    def revision(self, address: str) -> str | None:
        """Return a hash of all that a page shows of the demo; None when there is no such demo."""
        return _revisions(self._snapshot, self._imports).get(address)

    def swap(self, snapshot: Snapshot) -> CatalogChange | None:
        """Make a new snapshot current; its version is set here. None when nothing that is shown changed."""
        kept = {
            address: report
            for address, report in self._imports.items()
            if snapshot.demos.get(address) == self._snapshot.demos.get(address)
        }
        return self._apply(snapshot, kept)

    def imported(self, address: str, report: Loaded) -> CatalogChange | None:
        """Note what an import said; a change only when there is something else to show than before."""
        return self._apply(self._snapshot, {**self._imports, address: report})

    def subscribe(self, reader: Callable[[CatalogChange], None]) -> Callable[[], None]:
        """Call `reader` at each change; the returned function ends that."""
        self._readers.add(reader)
        return lambda: self._readers.discard(reader)

    def _apply(self, snapshot: Snapshot, imports: dict[str, Loaded]) -> CatalogChange | None:
        before = _revisions(self._snapshot, self._imports)
        after = _revisions(snapshot, imports)
        heads_differ = (snapshot.options, snapshot.diagnostics) != (
            self._snapshot.options,
            self._snapshot.diagnostics,
        )
        self._imports = imports
        changed = tuple(address for address, revision in after.items() if before.get(address) != revision)
        removed = tuple(address for address in before if address not in after)
        if not (changed or removed or heads_differ):
            self._snapshot = replace(snapshot, version=self._snapshot.version)
            return None
        self._snapshot = replace(snapshot, version=self._snapshot.version + 1)
        change = CatalogChange(version=self._snapshot.version, demos=changed, removed=removed)
        for reader in tuple(self._readers):
            reader(change)
        return change


def _revisions(snapshot: Snapshot, imports: Mapping[str, Loaded]) -> dict[str, str]:
    revisions = {address: broken.revision for address, broken in snapshot.broken.items()}
    for address, demo in snapshot.demos.items():
        revisions[address] = demo.revision + _report_mark(imports.get(address))
    return revisions


def _report_mark(report: Loaded | None) -> str:
    if report is None or not (report.diagnostics or report.detail):
        return ""
    shown = repr((report.diagnostics, report.detail))
    return "." + blake2b(shown.encode(), digest_size=8).hexdigest()
