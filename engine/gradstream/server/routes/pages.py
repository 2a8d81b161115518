"""The routes of the HTML pages and their assets.

All pages share one HTML file, with another base and other data. Its URLs are relative, so that it works below
any path.
"""

import asyncio
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import json

from gradstream.server.content.catalog_json import theme_view
from gradstream.server.http.compression import accepted_encodings, gzipped
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest
from gradstream.settings import is_loopback

HTML = "text/html"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
NOT_BUILT = "The page is not built: run `make install` in the checkout, then reload.\n"

OPERATION_ANSWERS = {
    200: Answer("The page.", {"type": "string"}, "text/html"),
    304: Answer("It has not changed."),
    503: Answer("The page is not built.", {"type": "string"}, "text/plain"),
}
NO_DEMO = Answer.problem("No such demo; a browser gets a page with this message.")


@get("/", opt={"operation": Operation(summary="The catalog's page", answers=OPERATION_ANSWERS)})
async def catalog_page(request: HttpRequest, services: Injected) -> Response[Any]:
    """Return the catalog's page."""
    title = services.catalog.snapshot.options.title
    return await _page(request, services, kind="catalog", title=title, demo=None)


@get(
    "/demos/{demo:str}",
    opt={"operation": Operation(summary="A demo's page", answers={**OPERATION_ANSWERS, 404: NO_DEMO})},
)
async def demo_page(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Return a demo's page."""
    return await _demo_page(request, services, demo, kind="demo")


@get(
    "/demos/{demo:str}/embed",
    opt={
        "operation": Operation(
            summary="A demo's page for other sites' frames", answers={**OPERATION_ANSWERS, 404: NO_DEMO}
        )
    },
)
async def embedded_page(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Return a demo's page for a frame."""
    return await _demo_page(request, services, demo, kind="embed")


@get(
    "/demos/{demo:str}/stage",
    opt={
        "operation": Operation(
            summary="A demo's page for an audience", answers={**OPERATION_ANSWERS, 404: NO_DEMO}
        )
    },
)
async def stage_page(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Return a demo's page for talks: large, and nothing around the demo."""
    return await _demo_page(request, services, demo, kind="stage")


@get(
    "/assets/{path:path}",
    opt={
        "operation": Operation(
            summary="An asset of the page",
            answers={
                200: Answer("The file.", {"type": "string", "format": "binary"}, "*/*"),
                404: Answer.problem("No such file."),
            },
        )
    },
)
async def read_asset(request: HttpRequest, services: Injected, path: FromPath[str]) -> Response[bytes]:
    """Return a file of the built page; its name changes with its content."""
    accepted = accepted_encodings(request.headers.get("accept-encoding", ""))
    asset = await asyncio.to_thread(services.page.asset, path, accepted=accepted)
    if asset is None:
        return problem(404, "There is no such asset")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        # A figure's frame has no origin, so that each site is another one to it.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if asset.encoding is not None:
        headers["Content-Encoding"] = asset.encoding
    return Response(asset.content, media_type=asset.media_type, headers=headers)


async def _demo_page(request: HttpRequest, services: Services, address: str, *, kind: str) -> Response[Any]:
    view = services.catalog_json.demo(address, services.callers.of(request))
    if view is None and "text/html" not in request.headers.get("accept", ""):
        return problem(404, f"There is no demo {address}")
    sites = ("'self'",) if kind != "embed" else framed_by(services, address)
    title = _title(services, address)
    return await _page(request, services, kind=kind, title=title, demo=view, framed_by=sites)


def framed_by(services: Services, address: str) -> Sequence[str]:
    """Return the sites whose pages may show a demo in a frame; all of them unless the demo says which."""
    found = services.catalog.snapshot.demos.get(address)
    origins = None if found is None else found.embed_origins
    return ("*",) if origins is None else ("'self'", *origins)


def _title(services: Services, address: str) -> str:
    snapshot = services.catalog.snapshot
    demo = snapshot.demos.get(address) or snapshot.broken.get(address)
    return f"{demo.title} · {snapshot.options.title}" if demo else snapshot.options.title


async def _page(
    request: HttpRequest,
    services: Services,
    *,
    kind: str,
    title: str,
    demo: bytes | None,
    framed_by: Sequence[str] = ("'self'",),
) -> Response[Any]:
    caller = services.callers.of(request)
    data = b'{"page":"%s","dev":%s,"user":%s,"heartbeat_s":%s,"catalog":%s,"demo":%s}' % (
        kind.encode(),
        json.encode(caller.may_see_tracebacks),
        json.encode(caller.user),
        json.encode(services.heartbeat.interval_s),
        services.catalog_json.catalog(caller),
        demo or b"null",
    )
    style = theme_view(services.catalog.snapshot.options.theme).style
    html = await services.page.html(base=base_of(request), title=title, data=data, style=style)
    if html is None:
        return Response(NOT_BUILT.encode(), status_code=503, media_type="text/plain")
    status = 200 if demo is not None or kind == "catalog" else 404
    return html_answer(request, html, status=status, framed_by=framed_by)


def html_answer(
    request: HttpRequest, html: bytes, *, status: int, framed_by: Sequence[str] = ("'self'",)
) -> Response[Any]:
    """Return a response with a page's HTML, compressed if accepted, or 304 if the client has it."""
    tag = f'W/"{blake2b(html, digest_size=12).hexdigest()}"'
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": f"{POLICY}; frame-ancestors {' '.join(framed_by)}",
        "ETag": tag,
        "Vary": "Accept-Encoding, Accept",
    }
    if _is_trustworthy(request):
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    if "gzip" in accepted_encodings(request.headers.get("accept-encoding", "")):
        return Response(
            gzipped(html),
            status_code=status,
            media_type=HTML,
            headers={**headers, "Content-Encoding": "gzip"},
        )
    return Response(html, status_code=status, media_type=HTML, headers=headers)


def _is_trustworthy(request: HttpRequest) -> bool:
    """Return whether browsers take this site for one that nobody on the way can change; else they warn."""
    return request.url.scheme == "https" or is_loopback(request.url.hostname or "")


def base_of(request: HttpRequest) -> str:
    """Return the relative URL from a page to the root."""
    # The raw path, because routing removes a slash at the end, which counts as one folder more.
    path = request.scope["raw_path"].decode("latin-1")
    return "../" * (path.count("/") - 1) or "./"
