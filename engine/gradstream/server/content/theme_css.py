"""The style sheet of a theme, which comes after the page's own.

    Theme --properties of tokens.css, @font-face--> CSS --the catalog's own file--> theme/style.css

The schema lets only colours and known names of families pass, so that no value can become more than a value.
"""

from collections.abc import Iterator, Mapping

from gradstream.format.theme.contrast import ACCENTS, Scheme, ink_on, wash
from gradstream.format.theme.types import Theme

RADII: Mapping[str, tuple[int, int]] = {"none": (0, 0), "small": (5, 4), "medium": (12, 8), "large": (20, 14)}
"""Of cards, and of what is in them; in CSS pixels."""

COMPACT = {"--pad": "11px", "--gap": "10px"}
FONTS = {"text": "--sans", "code": "--mono"}
FALLBACKS = {"text": "system-ui, sans-serif", "code": "ui-monospace, monospace"}


def theme_css(theme: Theme) -> str:
    """Return the CSS of a theme, without the catalog's own file."""
    faces = "".join(_face(role, theme) for role in FONTS if role in theme.files)
    properties = "".join(f"  {name}: {value};\n" for name, value in _properties(theme))
    # Twice the selector: before the page's own properties, in whichever order both are loaded.
    return f"{faces}:root:root {{\n{properties}}}\n"


def _properties(theme: Theme) -> Iterator[tuple[str, str]]:
    if theme.scheme != "auto":
        yield "color-scheme", theme.scheme
    if theme.accent:
        yield from _colors({**ACCENTS, **theme.accent})
    if theme.radius != "medium":
        card, inner = RADII[theme.radius]
        yield from (("--radius", f"{card}px"), ("--small", f"{inner}px"))
    if theme.density == "compact":
        yield from COMPACT.items()
    for role, name in FONTS.items():
        if role in theme.files:
            yield name, f'"theme-{role}", {FALLBACKS[role]}'
        elif role in theme.fonts:
            yield name, theme.fonts[role]


def _colors(accent: Mapping[Scheme, str]) -> Iterator[tuple[str, str]]:
    light, dark = accent["light"], accent["dark"]
    yield "--accent", f"light-dark({light}, {dark})"
    yield "--accent-ink", f"light-dark({ink_on(light)}, {ink_on(dark)})"
    yield "--accent-wash", f"light-dark({wash(light, 'light')}, {wash(dark, 'dark')})"
    yield "--stream", "linear-gradient(90deg, var(--accent), var(--accent-wash), var(--accent))"


def _face(role: str, theme: Theme) -> str:
    source = f'url("{role}?v={theme.revision}")'
    return (
        f'@font-face {{\n  font-family: "theme-{role}";\n  src: {source};\n'
        "  font-weight: 100 900;\n  font-display: swap;\n}\n"
    )
