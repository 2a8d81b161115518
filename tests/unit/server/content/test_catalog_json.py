"""Views of demos that are kept for pages."""

from pathlib import Path

from gradstream.catalog.store import CatalogStore
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.server.content.catalog_json import CatalogJson
from tests.unit.played_engine import make_demo
from tests.unit.server.site import snapshot_of


def test_more_views_than_are_kept(tmp_path: Path) -> None:
    """A view is made once, until there are too many: then each is made again when it is asked for."""
    demo = make_demo()
    names = [f"demo{number}" for number in range(Limits().catalog_views + 1)]
    views = CatalogJson(CatalogStore(snapshot_of(tmp_path, dict.fromkeys(names, demo))))
    first = [views.demo(name, Caller()) for name in names[:-1]]
    assert all(views.demo(name, Caller()) is view for name, view in zip(names, first, strict=False))
    views.demo(names[-1], Caller())
    again = views.demo(names[0], Caller())
    assert again == first[0]
    assert again is not first[0]
