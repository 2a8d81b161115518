"""`theme` of gradstream.yaml -> Theme; its colours are checked for contrast and its files for where they are.

values --schema--> sound values --check--> findings; --read--> Theme
"""

import math
import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

from msgspec.structs import replace

from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.theme.contrast import LEGIBLE, Scheme, lowest_ratio, nearest_legible
from gradstream.format.theme.types import Theme, ThemePart

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
MAX_FILE_BYTES = 5_000_000
"""A file of a theme is read into memory and sent to each visitor."""

FONTS: tuple[ThemePart, ...] = ("text", "code")
ROUTES: Mapping[ThemePart, Route] = {
    part: ("theme", "fonts", part) if part in FONTS else ("theme", part) for part in get_args(ThemePart)
}


def check_theme(theme: object, findings: Findings, *, root: Path | None) -> None:
    """Note accents that cannot be read; with the catalog's folder, also files that cannot be served."""
    if not isinstance(theme, Mapping) or findings.is_wrong(("theme",)):
        return
    _accent(theme.get("accent"), findings)
    if root is not None:
        for part, name in _named(theme):
            if not findings.is_wrong(ROUTES[part]):
                _file(ROUTES[part], name, findings, root=root)


def read_theme(theme: Any, *, root: Path | None) -> Theme:
    """Return what a sound `theme` says."""
    if not theme:
        return Theme()
    fonts = theme.get("fonts", {})
    files = {} if root is None else {part: str(_path(name, root)) for part, name in _named(theme)}
    found = Theme(
        accent={scheme: color for scheme, color in _accents(theme.get("accent")).items() if color},
        radius=theme.get("radius", "medium"),
        density=theme.get("density", "comfortable"),
        scheme=theme.get("scheme", "auto"),
        fonts={role: name for role, name in fonts.items() if not _is_file(name)},
        files=files,
    )
    marks = (repr(found), *(_mark(path) for path in files.values()))
    revision = blake2b("\n".join(marks).encode(), digest_size=8).hexdigest()
    return replace(found, revision=revision)


def _accents(accent: Any) -> dict[Scheme, str | None]:
    if isinstance(accent, Mapping):
        return {scheme: accent.get(scheme) for scheme in SCHEMES}
    return dict.fromkeys(SCHEMES, accent)


def _accent(accent: Any, findings: Findings) -> None:
    if isinstance(accent, str) and not findings.is_wrong(("theme", "accent")):
        _one_for_both(accent, findings)
    elif isinstance(accent, Mapping):
        for scheme in SCHEMES:
            route = ("theme", "accent", scheme)
            color = accent.get(scheme)
            if isinstance(color, str) and not findings.is_wrong(route):
                shade = nearest_legible(color, scheme)
                _tell(route, color, {scheme: shade}, f'"{shade}"', findings)


def _one_for_both(accent: str, findings: Findings) -> None:
    shades = {scheme: nearest_legible(accent, scheme) for scheme in SCHEMES}
    written = ", ".join(f'{scheme}: "{shade}"' for scheme, shade in shades.items())
    _tell(("theme", "accent"), accent, shades, f"{{{written}}}", findings)


def _tell(route: Route, color: str, shades: Mapping[Scheme, str], written: str, findings: Findings) -> None:
    """Say in which schemes an accent cannot be read, if in any."""
    low = [
        f"{_rounded_down(lowest_ratio(color, scheme)):.1f} to 1 on the {scheme} page"
        for scheme in shades
        if lowest_ratio(color, scheme) < LEGIBLE
    ]
    if not low:
        return
    findings.add(
        route,
        "W-CONTRAST",
        f"text in the accent `{color}` is hard to read: its contrast is {' and '.join(low)}",
        severity="warning",
        expected=f"a contrast of at least {LEGIBLE} to 1, as WCAG asks of text",
        found=f"`{color}`",
        repair=f"write {written}, the nearest that can be read",
        fixes=edits.replace_value(findings.document, route, written),
        otherwise="choose a darker accent for light pages and a lighter one for dark pages",
    )


def _named(theme: Mapping[str, Any]) -> Iterator[tuple[ThemePart, str]]:
    fonts = theme.get("fonts")
    families = fonts if isinstance(fonts, Mapping) else {}
    for part in ROUTES:
        name = (families if part in FONTS else theme).get(part)
        if isinstance(name, str) and _is_file(name):
            yield part, name


def _is_file(name: str) -> bool:
    """Return whether a font is a file: families of the system have no suffix."""
    return "." in name


def _file(route: Route, name: str, findings: Findings, *, root: Path) -> None:
    path = _path(name, root)
    if not (path.is_relative_to(root) and path.resolve().is_relative_to(root.resolve())):
        code, message = "E-OUTSIDE", "is outside of the catalog's folder"
        repair = "copy the file into the catalog"
    elif not path.is_file():
        code, message, repair = "E-FILE-MISSING", "does not exist", "put the file there, or remove the line"
    elif path.stat().st_size > MAX_FILE_BYTES:
        code, message = "E-FILE-SIZE", f"has more than {MAX_FILE_BYTES // 1_000_000} MB"
        repair = "make a smaller one: each visitor loads it"
    else:
        return
    findings.add(
        route,
        code,
        f"the file of `{route[-1]}` {message}",
        expected="a file in the catalog; paths start at gradstream.yaml",
        found=findings.describe(route, name),
        repair=repair,
    )


def _path(name: str, root: Path) -> Path:
    return Path(os.path.normpath(root / name))


def _mark(path: str) -> str:
    """Return what changes when a file is saved."""
    try:
        found = Path(path).stat()
    except OSError:
        return path
    return f"{path}:{found.st_mtime_ns}:{found.st_size}"


def _rounded_down(ratio: float) -> float:
    """Return a ratio with one decimal, so that one which is too low does not read as one that suffices."""
    return math.floor(10 * ratio) / 10
