"""The built page on disk: one HTML file with two marks, and assets with hashed names.

index.html     <!--gradstream:head-->  base and title    <!--gradstream:data-->  the data of the first render
figure-….html  gradstream-nonce        what lets the one script of a figure's frame run
assets/…       served unchanged; NAME.br and NAME.gz beside NAME are sent to clients that accept them
"""

import asyncio
import re
from collections.abc import Container
from html import escape, unescape
from pathlib import Path

from msgspec import Struct

HEAD_MARK = b"<!--gradstream:head-->"
DATA_MARK = b"<!--gradstream:data-->"

NONCE_MARK = b"gradstream-nonce"

FRAMED = ("plotly", "plotly-whole", "vega", "bokeh")
"""What draws in frames of its own, as `web/figure-frames.ts` names it."""

# With cookies, since a proxy may ask who is there.
MANIFEST_LINK = '<link rel="manifest" href="manifest.webmanifest" crossorigin="use-credentials">'
ICON = re.compile(rb'<link\s+rel="icon"\s+href="([^"]*)"')

MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
PRECOMPRESSED = (("br", ".br"), ("gzip", ".gz"))
"""The smallest first."""


class Asset(Struct, frozen=True, kw_only=True):
    """A file of the page, as it is sent to one client."""

    content: bytes
    media_type: str
    encoding: str | None


class BuiltPage:
    """Reads the page's folder, and notices a new build.

    All other methods use the disk: they are for threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = folder / "index.html"
        self._assets = (folder / "assets").resolve()
        self._read: tuple[int, bytes] | None = None

    async def html(self, *, base: str, title: str, data: bytes, style: str | None = None) -> bytes | None:
        """Return the HTML with this JSON in it, and a style sheet after its own; None if it is not built."""
        template = await asyncio.to_thread(self._template)
        if template is None:
            return None
        head = f'<base href="{escape(base)}"><title>{escape(title)}</title>{MANIFEST_LINK}'.encode()
        inert = data.replace(b"<", b"\\u003c")
        script = b'<script type="application/json" id="gradstream">' + inert + b"</script>"
        # In the body, after all style sheets that are in the head by then.
        link = f'<link rel="stylesheet" id="theme" href="{escape(style)}">'.encode() if style else b""
        return template.replace(HEAD_MARK, head, 1).replace(DATA_MARK, link + script, 1)

    def figure_frame(self, name: str, *, nonce: str) -> bytes | None:
        """Return the document in which a library's script draws; None if there is none of this name."""
        if name not in FRAMED:
            return None
        try:
            document = (self._folder / f"figure-{name}.html").read_bytes()
        except FileNotFoundError:
            return None
        return document.replace(NONCE_MARK, nonce.encode(), 1)

    async def icon(self) -> str | None:
        """Return the address of the page's own icon, which it has within itself; None if it is not built."""
        template = await asyncio.to_thread(self._template)
        found = None if template is None else ICON.search(template)
        return None if found is None else unescape(found[1].decode())

    def asset(self, path: str, *, accepted: frozenset[str]) -> Asset | None:
        """Return an asset, compressed if that is accepted; None if it does not exist."""
        file = find_file(self._assets, path.lstrip("/"), suffixes=MEDIA_TYPES)
        if file is None:
            return None
        media_type = MEDIA_TYPES[file.suffix]
        for encoding, suffix in PRECOMPRESSED:
            packed = file.with_name(file.name + suffix)
            if encoding in accepted and packed.is_file():
                return Asset(content=packed.read_bytes(), media_type=media_type, encoding=encoding)
        return Asset(content=file.read_bytes(), media_type=media_type, encoding=None)

    def _template(self) -> bytes | None:
        try:
            changed = self._index.stat().st_mtime_ns
            if self._read is None or self._read[0] != changed:
                self._read = (changed, self._index.read_bytes())
        except FileNotFoundError:
            return None
        return self._read[1]


def find_file(folder: Path, path: str, *, suffixes: Container[str]) -> Path | None:
    """Return the file below a folder that a client's path names; None if it names none."""
    try:
        file = (folder / path).resolve()
        is_there = file.is_relative_to(folder) and file.suffix in suffixes and file.is_file()
    except (OSError, ValueError):
        # Too long for the file system, or with a null character.
        return None
    return file if is_there else None
