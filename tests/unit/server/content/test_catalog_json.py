"""Views of demos that are kept for pages."""

from pathlib import Path

from gradstream.catalog.store import CatalogStore
from gradstream.format.gate import Gate, proof_of
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.server.content.catalog_json import CatalogJson
from gradstream.server.http.admission import Admission
from tests.unit.played_engine import make_demo
from tests.unit.server.site import snapshot_of


def test_more_views_than_are_kept(tmp_path: Path) -> None:
    """A view is made once, until there are too many: then each is made again when it is asked for."""
    demo = make_demo()
    names = [f"demo{number}" for number in range(Limits().catalog_views + 1)]
    store = CatalogStore(snapshot_of(tmp_path, dict.fromkeys(names, demo)))
    views = CatalogJson(store, Admission(store, Limits()))
    first = [views.demo(name, Caller()) for name in names[:-1]]
    assert all(views.demo(name, Caller()) is view for name, view in zip(names, first, strict=False))
    views.demo(names[-1], Caller())
    again = views.demo(names[0], Caller())
    assert again == first[0]
    assert again is not first[0]


def test_more_catalogs_than_are_kept(tmp_path: Path) -> None:
    """Who may open the same demos shares a view; with too many different ones each is made again."""
    gates = {f"demo{number}": Gate(token=proof_of(f"{number}")) for number in range(5)}
    demos = {name: make_demo(name, gate=gate) for name, gate in gates.items()}
    store = CatalogStore(snapshot_of(tmp_path, demos))
    views = CatalogJson(store, Admission(store, Limits()), most=4)
    callers = [Caller(token=gate.token) for gate in gates.values()]
    first = [views.catalog(caller) for caller in callers[:-1]]
    assert all(views.catalog(caller) is view for caller, view in zip(callers, first, strict=False))
    assert views.catalog(Caller(token=b"x", session="other")) is not first[0]
    assert views.catalog(callers[0]) is not first[0]
