"""The route of a theme: its style sheet, and the files that it names.

A file is asked for by what it is for. No other file of the catalog can be, and no path of one is shown.
"""

import asyncio
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from gradstream.format.prose.files import PICTURE_TYPES
from gradstream.format.theme.read import MAX_FILE_BYTES
from gradstream.format.theme.types import Theme, ThemePart
from gradstream.server.content.theme_css import theme_css
from gradstream.server.http.openapi import Answer, Operation, Parameter
from gradstream.server.http.problems import problem
from gradstream.server.routes.demos import PICTURE_HEADERS
from gradstream.server.services import Injected

STYLE = "style.css"
TYPES = {
    **PICTURE_TYPES,
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
PUBLIC: tuple[ThemePart, ...] = ("logo", "favicon", "text", "code")
"""The parts that are files of their own; the catalog's CSS is within the style sheet."""


@get(
    "/theme/{part:str}",
    opt={
        "operation": Operation(
            summary="Fetch the style sheet of the catalog's theme, or a picture or font of it",
            parameters=(Parameter("v", "The theme's revision, for caches."),),
            answers={
                200: Answer("The file.", {"type": "string", "format": "binary"}, "*/*"),
                404: Answer.problem("The theme has no such part."),
            },
        )
    },
)
async def read_theme_part(services: Injected, part: FromPath[str]) -> Response[Any]:
    """Return a part of the theme."""
    theme = services.catalog.snapshot.options.theme
    if part == STYLE and theme.revision:
        css = await asyncio.to_thread(_style, theme)
        headers = {"Cache-Control": PICTURE_HEADERS["Cache-Control"]}
        return Response(css, media_type="text/css", headers=headers)
    path = next((theme.files.get(each) for each in PUBLIC if each == part), None)
    content = None if path is None else await asyncio.to_thread(_read, Path(path))
    if path is None or content is None:
        return problem(404, f"The theme has no {part}")
    media_type = TYPES[Path(path).suffix.lower()]
    return Response(content, media_type=media_type, headers=PICTURE_HEADERS)


def _style(theme: Theme) -> str:
    own = theme.files.get("css")
    content = None if own is None else _read(Path(own))
    return theme_css(theme) + ("" if content is None else content.decode("utf-8", errors="replace"))


def _read(path: Path) -> bytes | None:
    """Return a file that the theme names, if it is still there and no longer than when it was checked."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return None
    return content if len(content) <= MAX_FILE_BYTES else None
