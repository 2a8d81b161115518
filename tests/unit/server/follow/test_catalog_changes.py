"""What changed since a version."""

from pathlib import Path

from gradstream.catalog.store import CatalogChange, CatalogStore
from gradstream.limits import Limits
from gradstream.server.follow.catalog_changes import CatalogChanges
from tests.unit.played_engine import make_demo
from tests.unit.server.site import snapshot_of


def swap(store: CatalogStore, **demos: str) -> None:
    """Make a catalog of demos with these revisions current."""
    found = {name: make_demo(name, revision=revision) for name, revision in demos.items()}
    store.swap(snapshot_of(Path("x"), found))


MOST = Limits().catalog_changes


def make_store(**demos: str) -> CatalogStore:
    """Return a store of demos with these revisions."""
    return CatalogStore(
        snapshot_of(Path("x"), {name: make_demo(name, revision=revision) for name, revision in demos.items()})
    )


def test_one_change() -> None:
    """A client with the previous version gets what is new, what changed and what was removed."""
    store = make_store(a="1", b="1", c="1")
    changes = CatalogChanges(store)
    swap(store, a="1", b="2", d="1")
    assert changes.since(1) == CatalogChange(version=2, demos=("b", "d"), removed=("c",))
    assert changes.since(2) is None


def test_several_changes_are_one() -> None:
    """A client that missed several changes gets their combined result."""
    store = make_store(a="1", b="1")
    changes = CatalogChanges(store)
    swap(store, a="2", b="1")
    swap(store, a="2")
    swap(store, a="2", b="1", c="1")
    swap(store, a="2", b="1")
    assert changes.since(1) == CatalogChange(version=5, demos=("a", "b"), removed=("c",))
    assert changes.since(4) == CatalogChange(version=5, demos=(), removed=("c",))


def test_who_is_too_far_behind_looks_at_everything() -> None:
    """Where what changed is no longer known, or never was, every demo is named."""
    store = make_store(a="0", b="0")
    changes = CatalogChanges(store)
    for number in range(1, MOST + 3):
        swap(store, a=str(number), b="0")
    version = MOST + 3
    everything = CatalogChange(version=version, demos=("a", "b"), removed=())
    assert changes.since(1) == everything
    assert changes.since(version + 7) == everything
    assert changes.since(version - MOST) == CatalogChange(version=version, demos=("a",), removed=())


def test_wakes() -> None:
    """Each change wakes the subscribers, until they unsubscribe."""
    store = make_store(a="1")
    woken: list[int] = []
    leave = CatalogChanges(store).subscribe(lambda: woken.append(1))
    swap(store, a="2")
    leave()
    swap(store, a="3")
    assert woken == [1]
