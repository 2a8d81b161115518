"""What `theme` in gradstream.yaml says."""

import os
from pathlib import Path

import pytest

from gradstream.document.read import read_text
from gradstream.format.catalog_file import CatalogReading, load_catalog
from gradstream.format.theme.types import Theme


def load(theme: str, folder: Path) -> CatalogReading:
    """Load a gradstream.yaml with these lines below `theme`."""
    text = "gradstream: 1\ntheme:\n" + "".join(f"  {line}\n" for line in theme.splitlines())
    return load_catalog(read_text(text, file="gradstream.yaml", environ={}), name="lab", root=folder)


def codes(theme: str, folder: Path) -> list[tuple[str, int]]:
    """Return code and line of each finding."""
    return [(each.code, each.span.line) for each in load(theme, folder).diagnostics]


def test_all_of_it(tmp_path: Path) -> None:
    """Values and files are read, and the revision changes when a file is saved."""
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg/>")
    text = 'accent: "#6d28d9"\nradius: small\nscheme: dark\ndensity: compact\n'
    text += "logo: logo.svg\nfonts:\n  text: serif"
    theme = load(text, tmp_path).options.theme
    assert (theme.radius, theme.scheme, theme.density) == ("small", "dark", "compact")
    assert theme.accent == {"light": "#6d28d9", "dark": "#6d28d9"}
    assert theme.files == {"logo": str(logo)}
    assert theme.fonts == {"text": "serif"}
    assert load(text, tmp_path).options.theme.revision == theme.revision
    os.utime(logo, ns=(1, 1))
    assert load(text, tmp_path).options.theme.revision not in ("", theme.revision)


def test_without_a_theme(tmp_path: Path) -> None:
    """A catalog without a theme has no revision, so that no style sheet is asked for."""
    reading = read_text("gradstream: 1\n", file="gradstream.yaml", environ={})
    assert load_catalog(reading, name="lab", root=tmp_path).options.theme == Theme()


@pytest.mark.parametrize(
    "line",
    [
        'accent: "red; } body { display: none"',
        'accent: "url(//elsewhere)"',
        "accent: {light: '#12'}",
        "radius: 5px",
        "scheme: sepia",
        'fonts: {text: "Arial; } *"}',
        "logo: logo.html",
        "css: page.txt",
        "colour: red",
    ],
)
def test_values_that_could_be_more_than_a_value(line: str, tmp_path: Path) -> None:
    """What is no colour, no known word and no path of the right kind is refused, and costs its key alone."""
    reading = load(f"density: compact\n{line}", tmp_path)
    assert [each.is_error for each in reading.diagnostics] == [True]
    assert reading.options.theme.density == "compact"


def test_files_stay_in_the_catalog(tmp_path: Path) -> None:
    """A file outside, by path or by link, one that is not there and one that is too large are not served."""
    folder = tmp_path / "lab"
    folder.mkdir()
    (tmp_path / "out.css").write_text("a {}")
    (folder / "link.svg").symlink_to(tmp_path / "out.css")
    with (folder / "large.woff2").open("wb") as file:
        file.truncate(5_000_001)
    text = "css: ../out.css\nlogo: link.svg\nfavicon: none.png\nfonts:\n  code: large.woff2"
    assert codes(text, folder) == [
        ("E-OUTSIDE", 3),
        ("E-OUTSIDE", 4),
        ("E-FILE-MISSING", 5),
        ("E-FILE-SIZE", 7),
    ]
    assert load(text, folder).options.theme.files == {}


def test_an_accent_that_cannot_be_read(tmp_path: Path) -> None:
    """It is told with its ratios and the nearest that can be read, which is found good."""
    (found,) = load('accent: "#ff00aa"', tmp_path).diagnostics
    assert found.code == "W-CONTRAST"
    assert found.message == (
        "text in the accent `#ff00aa` is hard to read: "
        "its contrast is 3.0 to 1 on the light page and 4.3 to 1 on the dark page"
    )
    written = found.fixes[0].edits[0].text
    assert found.repair == f"write {written}, the nearest that can be read"
    assert codes(f"accent: {written}", tmp_path) == []
    assert codes('accent:\n  light: "#6d28d9"\n  dark: "#6d28d9"', tmp_path) == [("W-CONTRAST", 5)]
