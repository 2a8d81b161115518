"""The authors' documentation, which a server in development has below /docs."""

import json
import re
from pathlib import Path

import pytest

from gradstream.server.routes.docs import docs_folder
from tests.unit.server.site import Site, serving

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return the folder of a page that is built as small as can be."""
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<head><!--gradstream:head--></head><!--gradstream:data-->")
    return folder


@pytest.mark.parametrize("path", ["tutorial.md", "components/README.md", "diagnostics/E-YAML.md"])
async def test_programs_get_markdown(site: Site, path: str) -> None:
    """A page is its file, to the letter."""
    answer = await site.client.get(f"/docs/{path}")
    folder = docs_folder()
    assert folder is not None
    assert (answer.status_code, answer.text) == (200, (folder / path).read_text(encoding="utf-8"))
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "base", "file"),
    [
        ("/docs", "./", "README.md"),
        ("/docs/", "../", "README.md"),
        ("/docs/tutorial.md", "../", "tutorial.md"),
        ("/docs/components/text.md", "../../", "components/text.md"),
    ],
)
async def test_browsers_get_a_page(page: Path, tmp_path: Path, path: str, base: str, file: str) -> None:
    """The page's shell has the Markdown in it, the file's name, and its heading as the title."""
    async with serving(tmp_path, page=page) as site:
        answer = await site.client.get(path, headers=BROWSER)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        found = re.search(r'id="gradstream">(.*?)</script>', answer.text, re.DOTALL)
        assert found is not None
        data = json.loads(found[1])
        text = (await site.client.get(path)).text
        assert (data["page"], data["demo"], data["document"]) == ("docs", None, {"path": file, "text": text})
        title = text.partition("\n")[0].removeprefix("# ")
        assert f'<base href="{base}"><title>{title} · gradstream</title>' in answer.text


async def test_pictures_are_served(site: Site) -> None:
    """A page's pictures are there as well."""
    answer = await site.client.get("/docs/components/pictures/slider.webp")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert answer.content.startswith(b"RIFF")


@pytest.mark.parametrize(
    "path",
    [
        "nothing.md",
        "%2e%2e/glossary.md",
        "..%2f..%2fREADME.md",
        "components",
        "diagnostics/codes.yaml",
    ],
)
async def test_nothing_else_is_served(site: Site, path: str) -> None:
    """Only pages and pictures, and nothing outside of the folder."""
    answer = await site.client.get(f"/docs/{path}", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_visitors_get_none_of_it(tmp_path: Path) -> None:
    """Without the developer's key there is no documentation; the answer says which address has it."""
    async with serving(tmp_path, developer=False) as site:
        answer = await site.client.get("/docs/tutorial.md")
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
        assert "`gradstream serve` printed" in answer.json()["detail"]
    async with serving(tmp_path, dev=False) as site:
        assert (await site.client.get("/docs")).status_code == 404
        assert (await site.client.get("/docs/tutorial.md")).status_code == 404
