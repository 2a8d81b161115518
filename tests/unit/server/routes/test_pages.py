"""The HTML pages and their parts."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.played_engine import make_demo
from tests.unit.server.site import Site, serving, snapshot_of

INDEX = (
    "<!doctype html><html><head><!--gradstream:head--></head>"
    '<body><!--gradstream:data--><script type="module" src="./assets/main-1a2b.js"></script></body></html>'
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return the folder of a small built page."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "secret.js").write_text("outside of assets")
    (folder / "assets" / "main-1a2b.js").write_text("plain")
    (folder / "assets" / "main-1a2b.js.br").write_bytes(b"brotli")
    (folder / "assets" / "main-1a2b.js.gz").write_bytes(b"gzip")
    (folder / "assets" / "main.css").write_text("css")
    return folder


def data_of(html: str) -> dict[str, Any]:
    """Return the JSON in a page."""
    found = re.search(r'<script type="application/json" id="gradstream">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize(
    ("path", "kind", "base", "title"),
    [
        ("/", "catalog", "./", "Lab"),
        ("/demos/echo", "demo", "../", "Echo · Lab"),
        ("/demos/echo/", "demo", "../../", "Echo · Lab"),
        ("/demos/echo/embed", "embed", "../../", "Echo · Lab"),
        ("/demos/echo/stage", "stage", "../../", "Echo · Lab"),
    ],
)
async def test_pages(page: Path, tmp_path: Path, path: str, kind: str, base: str, title: str) -> None:
    """Each page has its base, its title, and all that its first picture needs."""
    async with serving(tmp_path, page=page) as site:
        answer = await site.client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert f'<base href="{base}"><title>{title}</title>' in answer.text
        data = data_of(answer.text)
        assert (data["page"], data["dev"]) == (kind, True)
        assert data["catalog"] == (await site.client.get("/api/demos")).json()
        demo = None if kind == "catalog" else (await site.client.get("/api/demos/echo")).json()
        assert data["demo"] == demo


async def test_below_a_path(page: Path, tmp_path: Path) -> None:
    """Below a sub-path the base is the same: it is relative."""
    async with serving(tmp_path, page=page, root_path="/lab") as site:
        assert '<base href="../">' in (await site.client.get("/demos/echo")).text


async def test_fetching_a_page_starts_nothing(page: Path, tmp_path: Path) -> None:
    """Only the script of a page that is shown asks for a worker: crawlers and prefetching start none."""
    async with serving(tmp_path, page=page) as site:
        assert (await site.client.get("/demos/echo")).status_code == 200
        await site.client.get("/")
        assert site.engine.opened == []


async def test_nothing_in_the_data_is_markup(page: Path, tmp_path: Path) -> None:
    """Neither a title nor any data can end the script that contains them, or become markup."""
    demo = make_demo(title="</script><script>alert(1)</script>", source="<!--gradstream:head-->")
    async with serving(tmp_path, page=page, demos={"echo": demo}) as site:
        answer = await site.client.get("/demos/echo")
        assert "<script>alert" not in answer.text
        assert "<title>&lt;/script&gt;&lt;script&gt;alert(1)" in answer.text
        data = data_of(answer.text)
        assert (data["demo"]["title"], data["demo"]["source"]) == (demo.title, demo.source)


async def test_policy(page: Path, tmp_path: Path) -> None:
    """Pages allow only their own scripts, and only the embedded one may be shown in another site's frame."""
    async with serving(tmp_path, page=page) as site:
        own = (await site.client.get("/demos/echo")).headers["content-security-policy"]
        embedded = (await site.client.get("/demos/echo/embed")).headers["content-security-policy"]
        assert own.startswith("default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; ")
        assert "script-src" not in own
        assert own.endswith("frame-ancestors 'self'")
        assert embedded.endswith("frame-ancestors *")


async def test_not_changed(page: Path, tmp_path: Path) -> None:
    """A page that has not changed is not sent again."""
    async with serving(tmp_path, page=page) as site:
        first = await site.client.get("/")
        headers = {"If-None-Match": first.headers["etag"]}
        again = await site.client.get("/", headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        site.store.swap(snapshot_of(tmp_path, {"echo": make_demo(revision="2")}))
        assert (await site.client.get("/", headers=headers)).status_code == 200


async def test_compressed(page: Path, tmp_path: Path) -> None:
    """A page is compressed for those who accept it."""
    async with serving(tmp_path, page=page) as site:
        packed = await site.client.get("/", headers={"Accept-Encoding": "gzip"})
        plain = await site.client.get("/", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text
        assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 5, mtime=0))


@pytest.mark.parametrize(
    ("accepted", "content", "encoding"),
    [
        ("gzip, deflate, br", b"brotli", "br"),
        ("gzip", b"gzip", "gzip"),
        ("br;q=0, gzip", b"gzip", "gzip"),
        ("identity", b"plain", None),
        ("", b"plain", None),
    ],
)
async def test_assets(
    page: Path, tmp_path: Path, accepted: str, content: bytes, encoding: str | None
) -> None:
    """A part of the page comes in the best form that is accepted, to be kept for ever."""
    async with serving(tmp_path, page=page) as site:
        asked = site.client.stream("GET", "/assets/main-1a2b.js", headers={"Accept-Encoding": accepted})
        async with asked as answer:
            assert b"".join([chunk async for chunk in answer.aiter_raw()]) == content
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["nothing.js", "../secret.js", "%2e%2e/secret.js", "main-1a2b.js.br", ".", "a/b/c"]
)
async def test_no_other_files(page: Path, tmp_path: Path, path: str) -> None:
    """Nothing outside of the page's parts is served."""
    async with serving(tmp_path, page=page) as site:
        answer = await site.client.get(f"/assets/{path}")
        assert answer.status_code == 404


async def test_a_demo_that_is_not_there(page: Path, tmp_path: Path) -> None:
    """A browser gets the page without a demo, others a problem document; both are 404."""
    async with serving(tmp_path, page=page) as site:
        shown = await site.client.get("/demos/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
        told = await site.client.get("/demos/nothing")
        assert (shown.status_code, data_of(shown.text)["demo"]) == (404, None)
        assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")


async def test_not_built(site: Site) -> None:
    """A page that is not built says what to do."""
    answer = await site.client.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert "make install" in answer.text


async def test_a_new_build_is_seen(page: Path, tmp_path: Path) -> None:
    """A new build of the page is served at once."""
    async with serving(tmp_path, page=page) as site:
        await site.client.get("/")
        (page / "index.html").write_text(INDEX.replace("1a2b", "3c4d"))
        assert "main-3c4d.js" in (await site.client.get("/")).text


async def test_a_figures_frame_runs_one_script(page: Path, tmp_path: Path) -> None:
    """Each answer has a nonce of its own, no origin and no network, and there are no other frames."""
    (page / "figure-vega.html").write_text('<script nonce="gradstream-nonce" src="../assets/a.js"></script>')
    async with serving(tmp_path, page=page) as site:
        first, second = [await site.client.get("/frame/vega") for _ in range(2)]
        policy = first.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([\w-]{20,})'; ", policy)
        assert nonce is not None
        assert first.text == f'<script nonce="{nonce[1]}" src="../assets/a.js"></script>'
        assert second.text != first.text
        assert first.headers["cache-control"] == "no-store"
        assert policy.startswith("sandbox allow-scripts; default-src 'none'; ")
        assert "unsafe-eval" not in policy
        for other in ("plotly", "none", "..%2Findex"):
            assert (await site.client.get(f"/frame/{other}")).status_code == 404
        asset = await site.client.get("/assets/main.css")
        assert asset.headers["cross-origin-resource-policy"] == "cross-origin"
