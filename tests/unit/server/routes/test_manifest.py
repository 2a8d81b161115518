"""The web app manifest."""

from html import escape
from pathlib import Path

from msgspec.structs import replace

from gradstream.format.theme.types import Theme
from gradstream.format.types import CatalogOptions
from tests.unit.server.site import serving

ICON = 'data:image/svg+xml,%3Csvg a="1"/%3E'
INDEX = f'<head><!--gradstream:head--><link\n rel="icon"\n href="{escape(ICON)}" /></head>'


async def test_a_catalog_is_an_app(tmp_path: Path) -> None:
    """It has the catalog's title, the page's own icon, and URLs that are right below any path."""
    (tmp_path / "index.html").write_text(INDEX)
    async with serving(tmp_path, page=tmp_path, root_path="/lab") as site:
        assert 'rel="manifest" href="manifest.webmanifest"' in (await site.client.get("/")).text
        answer = await site.client.get("/manifest.webmanifest")
        assert answer.headers["content-type"] == "application/manifest+json"
        assert answer.json() == {
            "name": "Lab",
            "id": "./",
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "icons": [{"src": ICON, "sizes": "any", "type": "image/svg+xml"}],
        }


async def test_the_icon_of_a_theme(tmp_path: Path) -> None:
    """The picture that a theme has for the browser's tab is the app's icon too."""
    async with serving(tmp_path, page=tmp_path / "not built") as site:
        assert (await site.client.get("/manifest.webmanifest")).json()["icons"] == []
        theme = Theme(files={"favicon": str(tmp_path / "a.PNG")}, revision="7")
        site.store.swap(replace(site.store.snapshot, options=CatalogOptions(title="Shop & lab", theme=theme)))
        manifest = (await site.client.get("/manifest.webmanifest")).json()
        assert manifest["name"] == "Shop & lab"
        assert manifest["icons"] == [{"src": "theme/favicon?v=7", "sizes": "any", "type": "image/png"}]
