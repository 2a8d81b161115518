"""The route of `/docs` in development: the author guide, as Markdown for programs and as HTML for browsers.

docs/authoring/NAME.md --> text/markdown | the page's shell with {"path", "text"} in it
docs/authoring/….webp  --> the picture
"""

import asyncio
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import json

from gradstream.server.content.built_page import find_file
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.routes.pages import NOT_BUILT, base_of, html_answer
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest

FIRST_PAGE = "README.md"
MARKDOWN = "text/markdown"
MEDIA_TYPES = {".md": MARKDOWN, ".webp": "image/webp"}
"""Only pages and pictures are served, not the sources that they are generated from."""

FOR_THE_DEVELOPER = (
    "The documentation is for the developer: open the address with the key that `gradstream serve` printed"
)

OPERATION = Operation(
    summary="The author guide, if the server is in development mode",
    about="Markdown, or HTML for clients that accept it; pictures unchanged.",
    answers={
        200: Answer("The page or the picture.", {"type": "string"}, MARKDOWN),
        403: Answer.problem("The client has not the developer's key."),
        404: Answer.problem("No such page, or the server is not in development mode."),
        503: Answer("The page is not built.", {"type": "string"}, "text/plain"),
    },
)


def docs_folder() -> Path | None:
    """Return the folder of the pages: within the package in a wheel, beside the engine in a checkout."""
    package = Path(__file__).resolve().parents[2]
    folders = (package / "docs", package.parent.parent / "docs" / "authoring")
    return next((folder for folder in folders if (folder / FIRST_PAGE).is_file()), None)


@get("/docs", opt={"operation": OPERATION})
async def read_docs(request: HttpRequest, services: Injected) -> Response[Any]:
    """Return the first page."""
    return await _answer(request, services, FIRST_PAGE)


@get("/docs/{document:path}", opt={"operation": OPERATION})
async def read_document(request: HttpRequest, services: Injected, document: FromPath[str]) -> Response[Any]:
    """Return a page or a picture."""
    return await _answer(request, services, document.strip("/") or FIRST_PAGE)


async def _answer(request: HttpRequest, services: Services, path: str) -> Response[Any]:
    if services.access.key is not None and not services.callers.of(request).may_see_tracebacks:
        return problem(403, FOR_THE_DEVELOPER)
    found = await asyncio.to_thread(_read, path) if services.access.key is not None else None
    if found is None:
        return problem(404, "There is no such page")
    media_type, content = found
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    if media_type != MARKDOWN or "text/html" not in request.headers.get("accept", ""):
        return Response(content, media_type=media_type, headers=headers)
    return await _page(request, services, path, content.decode())


def _read(path: str) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of a file; None if there is none. Uses the disk."""
    folder = docs_folder()
    file = None if folder is None else find_file(folder, path, suffixes=MEDIA_TYPES)
    return None if file is None else (MEDIA_TYPES[file.suffix], file.read_bytes())


async def _page(request: HttpRequest, services: Services, path: str, text: str) -> Response[Any]:
    caller = services.callers.of(request)
    data = b'{"page":"docs","dev":true,"user":%s,"heartbeat_s":%s,"catalog":%s,"demo":null,"document":%s}' % (
        json.encode(caller.user),
        json.encode(services.heartbeat.interval_s),
        services.catalog_json.catalog(caller),
        json.encode({"path": path, "text": text}),
    )
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), "Docs")
    html = await services.page.html(base=base_of(request), title=f"{title} · gradstream", data=data)
    if html is None:
        return Response(NOT_BUILT.encode(), status_code=503, media_type="text/plain")
    return html_answer(request, html, status=200)
