"""What the author keeps back: the YAML from visitors, a demo from other sites' frames."""

from pathlib import Path

import pytest

from gradstream.catalog.types import BrokenDemo
from gradstream.diagnostics import Diagnostic, Span
from tests.unit.played_engine import loaded, make_demo
from tests.unit.server.site import KEY, serving

PLAN = "# a plan that is not for visitors"
GIVEN = {"Cookie": f"{KEY.cookie}={KEY.value}"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return the folder of a page that is built as small as can be."""
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<head><!--gradstream:head--></head><!--gradstream:data-->")
    return folder


def mistake(file: str) -> Diagnostic:
    """Return a mistake in the first line of a file."""
    span = Span(file=file, line=1, column=1, end_line=1, end_column=5)
    return Diagnostic(span=span, code="E-YAML", message="broken", expected="", found="", repair="")


async def test_a_hidden_source(tmp_path: Path, page: Path) -> None:
    """No answer has the YAML of such a demo, with errors or without, and the developer's has."""
    demo = make_demo("plan", source=PLAN, hides_source=True)
    broken = BrokenDemo(
        address="worse",
        file="demos/worse.yaml",
        title="Worse",
        source=PLAN,
        hides_source=True,
        revision="1",
        diagnostics=(mistake("demos/worse.yaml"),),
    )
    async with serving(
        tmp_path, page=page, demos={"plan": demo}, broken={"worse": broken}, developer=False
    ) as site:
        site.engine.report(loaded("plan", diagnostics=(mistake("demos/plan.yaml"),)))
        for address in ("plan", "worse"):
            for path in (f"/api/demos/{address}", f"/demos/{address}", f"/demos/{address}/embed"):
                assert PLAN not in (await site.client.get(path)).text
                assert PLAN in (await site.client.get(path, headers=GIVEN)).text
        assert PLAN not in (await site.client.post("/api/demos/worse/runs", json={})).text


@pytest.mark.parametrize(
    ("origins", "ancestors"),
    [
        (None, "*"),
        ((), "'self'"),
        (
            ("https://blog.example", "https://*.lab.example"),
            "'self' https://blog.example https://*.lab.example",
        ),
    ],
)
async def test_frames(tmp_path: Path, page: Path, origins: tuple[str, ...] | None, ancestors: str) -> None:
    """A demo's page for frames may be shown by all sites, or by those that the demo lists."""
    demos = {"echo": make_demo(embed_origins=origins)}
    async with serving(tmp_path, page=page, demos=demos) as site:
        framed = (await site.client.get("/demos/echo/embed")).headers["content-security-policy"]
        usual = (await site.client.get("/demos/echo")).headers["content-security-policy"]
    assert framed.endswith(f"; frame-ancestors {ancestors}")
    assert usual.endswith("; frame-ancestors 'self'")
    assert "unsafe-inline" not in framed


async def test_an_exception_of_an_import(tmp_path: Path) -> None:
    """Visitors read what cannot be imported, and the exception only where the demo shows errors."""
    span = Span(file="demos/a.yaml", line=1, column=1, end_line=1, end_column=5)
    found = Diagnostic(
        span=span,
        code="E-IMPORT",
        message="`a.run` cannot be imported: KeyError: 'hush' (demos/a.py, line 3)",
        expected="a module that can be imported",
        found="KeyError",
        repair="",
    )
    demos = {"a": make_demo("a"), "b": make_demo("b", shows_errors=True)}
    async with serving(tmp_path, demos=demos, developer=False) as site:
        for address in demos:
            site.engine.report(loaded(address, diagnostics=(found,)))
        hidden = (await site.client.get("/api/demos/a")).text
        shown = (await site.client.get("/api/demos/b")).text
        developer = (await site.client.get("/api/demos/a", headers=GIVEN)).text
    assert "`a.run` cannot be imported" in hidden
    assert ("hush" in hidden, "hush" in shown, "hush" in developer) == (False, True, True)
