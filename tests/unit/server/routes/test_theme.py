"""The style sheet of a theme and its files."""

from pathlib import Path

from msgspec.structs import replace

from gradstream.format.theme.types import Theme, ThemePart
from gradstream.format.types import CatalogOptions
from tests.unit.server.site import serving


async def test_a_theme(tmp_path: Path) -> None:
    """The style sheet has properties and then the catalog's own rules; files are named by their purpose."""
    (tmp_path / "own.css").write_text(".card { border: 0 }\n")
    (tmp_path / "a.woff2").write_bytes(b"font")
    files: dict[ThemePart, str] = {
        "css": str(tmp_path / "own.css"),
        "text": str(tmp_path / "a.woff2"),
        "logo": str(tmp_path / "gone.png"),
    }
    theme = Theme(
        accent={"light": "#6d28d9"},
        radius="none",
        density="compact",
        scheme="dark",
        fonts={"code": "monospace"},
        files=files,
        revision="7",
    )
    async with serving(tmp_path) as site:
        options = CatalogOptions(title="Lab", theme=theme)
        site.store.swap(replace(site.store.snapshot, options=options))
        view = (await site.client.get("/api/demos")).json()["theme"]
        assert view == {
            "style": "theme/style.css?v=7",
            "logo": "theme/logo?v=7",
            "favicon": None,
            "scheme": "dark",
        }
        answer = await site.client.get("/theme/style.css?v=7")
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.text.endswith(".card { border: 0 }\n")
        for written in (
            "color-scheme: dark;",
            "--accent: light-dark(#6d28d9, #5aa9ff);",
            "--accent-ink: light-dark(#ffffff, #000000);",
            "--radius: 0px;",
            "--pad: 11px;",
            '--sans: "theme-text", system-ui, sans-serif;',
            "--mono: monospace;",
            'src: url("text?v=7");',
        ):
            assert written in answer.text
        font = await site.client.get("/theme/text?v=7")
        assert (font.content, font.headers["content-type"]) == (b"font", "font/woff2")
        for part in ("logo", "css", "favicon", "own.css", "..%2Fown.css"):
            assert (await site.client.get(f"/theme/{part}")).status_code == 404


async def test_no_theme(tmp_path: Path) -> None:
    """A catalog without a theme has no style sheet."""
    async with serving(tmp_path) as site:
        assert (await site.client.get("/theme/style.css")).status_code == 404
