"""Repairing a demo's file from its page."""

from pathlib import Path

import pytest

from gradstream.catalog.scan import read_catalog
from tests.unit.server.site import Site, serving

BROKEN = "gradstream: 1\ngenerator: made.back\ninputs:\n  text: txet\noutputs:\n  said: text\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalog with one broken demo."""
    (tmp_path / "demos").mkdir()
    (tmp_path / "demos" / "bad.yaml").write_text(BROKEN)
    (tmp_path / "demos" / "made.py").write_text("def back(text):\n    yield text\n")
    return tmp_path


async def ask(site: Site, **changes: object) -> int:
    """Ask for the first fix of the first finding, and return the answer's status."""
    demo = (await site.client.get("/api/demos/bad")).json()
    body = {"revision": demo["revision"], "finding": 0, "fix": 0, **changes}
    return (await site.client.post("/api/demos/bad/repair", json=body)).status_code


async def test_the_developer_repairs_the_file(folder: Path) -> None:
    """The page gets the fixes, and one of them is made in the file."""
    broken = read_catalog(folder, environ={}).broken
    async with serving(folder, broken=broken) as site:
        (found,) = (await site.client.get("/api/demos/bad")).json()["diagnostics"]
        assert [fix["title"] for fix in found["fixes"]] == ["write text"]
        assert await ask(site) == 204
        assert (folder / "demos" / "bad.yaml").read_text() == BROKEN.replace("txet", "text")
        # The catalog of this test does not follow the file, whose text is another one now.
        assert await ask(site) == 409


async def test_what_is_not_there_is_not_made(folder: Path) -> None:
    """A page that shows an older file, or numbers that it has made up, change nothing."""
    async with serving(folder, broken=read_catalog(folder, environ={}).broken) as site:
        assert await ask(site, revision="older") == 404
        assert await ask(site, finding=1) == 404
        assert await ask(site, fix=-1) == 404
        assert await ask(site, finding="first") == 400
        assert (
            await site.client.post("/api/demos/none/repair", json={"revision": "", "finding": 0})
        ).status_code == 404
        assert (folder / "demos" / "bad.yaml").read_text() == BROKEN


async def test_nobody_else_sees_fixes_or_makes_them(folder: Path) -> None:
    """Without the developer's key, outside of development mode or from another site, nothing is written."""
    broken = read_catalog(folder, environ={}).broken
    async with serving(folder, broken=broken, developer=False) as site:
        assert await ask(site) == 403
        (found,) = (await site.client.get("/api/demos/bad")).json()["diagnostics"]
        assert found["fixes"] == []
        (found,) = (await site.client.post("/api/demos/bad/runs", json={})).json()["diagnostics"]
        assert found["fixes"] == []
    async with serving(folder, broken=broken, dev=False) as site:
        assert await ask(site) == 403
    async with serving(folder, broken=broken) as site:
        site.client.headers["Origin"] = "https://example.org"
        assert await ask(site) == 403
    assert (folder / "demos" / "bad.yaml").read_text() == BROKEN
