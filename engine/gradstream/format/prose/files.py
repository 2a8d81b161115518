"""The files that a demo's Markdown names: pictures, which are served, and other demos, which are linked.

    ![map](maps/rome.png)  --in the catalog? there? a picture?--> {"maps/rome.png": "18f0c2"}, or W-PICTURE
    [more](other.yaml)     --in the catalog? there?--> the page of that demo, or W-LINK

Paths start at the YAML file. No other file can be asked for: only the names in the texts are known.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gradstream.document.types import Route
from gradstream.format.findings import Findings
from gradstream.format.layout import texts_of
from gradstream.format.prose.references import Reference, references

PICTURE_TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""Suffixes of pictures that browsers show, and their media types."""

DEMO_SUFFIXES = (".yaml", ".yml")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def file_name(address: str) -> str | None:
    """Return the path that an address is; None for one of the web, and for a place on the same page."""
    name = unquote(re.split("[?#]", address, maxsplit=1)[0])
    return None if not name or "\0" in name or SCHEME.match(address) else name


def texts(values: Mapping[str, Any]) -> Iterator[tuple[Route, str]]:
    """Yield the Markdown that a demo's or a catalog's YAML has."""
    yield from _text(("description",), values)
    for part in ("inputs", "outputs"):
        components = values.get(part)
        for name, config in components.items() if isinstance(components, Mapping) else ():
            if isinstance(config, Mapping):
                yield from _text((part, name, "description"), config)
    yield from texts_of(values.get("layout"))


def read_pictures(values: Mapping[str, Any], *, folder: str, root: str) -> dict[str, str]:
    """Return the pictures that the texts name, each with a version; it is empty where none can be served."""
    named = (name for _, text in texts(values) for name, is_picture in _names(text) if is_picture)
    return {name: _version(_picture(name, folder=folder, root=root)) for name in named}


def find_picture(name: str, pictures: Mapping[str, str], *, folder: str, root: str) -> Path | None:
    """Return the file of a picture that the texts name so, if it is still one that may be served."""
    return _picture(name, folder=folder, root=root) if name in pictures else None


def named_files(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the paths of pictures and demos that the texts name, whether or not they lead anywhere."""
    for _, text in texts(values):
        for name, is_picture in _names(text):
            if is_picture or name.endswith(DEMO_SUFFIXES):
                yield name


def settle(text: str, target: Callable[[str, Reference], str | None]) -> str:
    """Return the text with the address that `target` gives for a file's name and what refers to it."""
    pieces, at = [], 0
    for found in references(text):
        name = file_name(found.address)
        address = None if name is None else target(name, found)
        if address is not None:
            pieces += [text[at : found.start], address]
            at = found.end
    return "".join([*pieces, text[at:]])


def check_prose(values: Mapping[str, Any], findings: Findings, *, folder: str, root: str) -> None:
    """Note pictures and links that would lead nowhere."""
    for route, text in texts(values):
        for found in references(text):
            if found.is_picture:
                _check_picture(route, found.address, findings, folder=folder, root=root)
            else:
                _check_link(route, found.address, findings, folder=folder, root=root)


def _check_picture(route: Route, address: str, findings: Findings, *, folder: str, root: str) -> None:
    name = file_name(address)
    if name is None:
        if not address.startswith("data:"):
            _warn(
                route,
                "W-PICTURE",
                "the page shows no pictures of other sites",
                expected="the path of a picture; it starts at this file",
                found=f"`{address}`",
                repair="download the picture, and write its path",
                findings=findings,
            )
        return
    problem = _problem(name, folder=folder, root=root)
    if problem is None and Path(name).suffix.lower() not in PICTURE_TYPES:
        kinds = ", ".join(each.removeprefix(".") for each in PICTURE_TYPES)
        problem = f"`{name}` is not a picture that browsers show", f"write the path of one: {kinds}"
    if problem is not None:
        _warn(
            route,
            "W-PICTURE",
            problem[0],
            expected="the path of a picture in the catalog; it starts at this file",
            found=f"`{address}`",
            repair=problem[1],
            findings=findings,
        )


def _check_link(route: Route, address: str, findings: Findings, *, folder: str, root: str) -> None:
    name = file_name(address)
    if name is None:
        return
    if name.endswith(DEMO_SUFFIXES):
        problem = _problem(name, folder=folder, root=root)
    elif _is_file(Path(folder, name)):
        problem = f"`{name}` is not served: a text links demos and addresses of the web", "remove the link"
    else:
        return
    if problem is not None:
        _warn(
            route,
            "W-LINK",
            problem[0],
            expected="the file of a demo in the catalog, from this file on, or an address of the web",
            found=f"`{address}`",
            repair=problem[1],
            findings=findings,
        )


def _warn(
    route: Route, code: str, message: str, *, expected: str, found: str, repair: str, findings: Findings
) -> None:
    findings.add(route, code, message, severity="warning", expected=expected, found=found, repair=repair)


def _problem(name: str, *, folder: str, root: str) -> tuple[str, str] | None:
    """Return what is wrong with a path, and what to do."""
    path = Path(os.path.normpath(Path(folder, name)))
    if not _is_inside(path, root):
        return f"`{name}` is outside of the catalog's folder", "copy the file into the catalog"
    if not _is_file(path):
        return f"there is no file `{name}`", "correct the path, or put the file there"
    return None


def _picture(name: str, *, folder: str, root: str) -> Path | None:
    if Path(name).suffix.lower() not in PICTURE_TYPES or _problem(name, folder=folder, root=root) is not None:
        return None
    return Path(os.path.normpath(Path(folder, name)))


def _version(path: Path | None) -> str:
    """Return what changes when the file does."""
    try:
        stat = None if path is None else path.stat()
    except OSError:
        stat = None
    return "" if stat is None else f"{stat.st_mtime_ns ^ stat.st_size:x}"


def _names(text: str) -> Iterator[tuple[str, bool]]:
    for found in references(text):
        name = file_name(found.address)
        if name is not None:
            yield name, found.is_picture


def _text(route: Route, config: Mapping[str, Any]) -> Iterator[tuple[Route, str]]:
    text = config.get(str(route[-1]))
    if isinstance(text, str):
        yield route, text


def _is_inside(path: Path, root: str) -> bool:
    """Return whether a path stays below the root, links followed."""
    return path.is_relative_to(root) and path.resolve().is_relative_to(Path(root).resolve())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name that no system allows.
        return False
