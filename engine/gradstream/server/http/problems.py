"""Builds problem documents (RFC 9457) for all errors.

`type` is `about:blank` where the status is enough, else one of the names below; `diagnostics` lists each
error, by input or by position in a file.
"""

import logging
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException
from msgspec import Struct, json

from gradstream.errors import NO_SPACE
from gradstream.limits import Limits
from gradstream.server.types import ASGISend, HttpRequest

log = logging.getLogger(__name__)

DISK_FULL = "The server's disk is full; try again later"
MEDIA_TYPE = "application/problem+json"
BLANK = "about:blank"
INVALID_INPUTS = "urn:gradstream:problem:inputs"
BROKEN_DEMO = "urn:gradstream:problem:broken-demo"
SIGN_IN = "urn:gradstream:problem:sign-in"
QUEUE_FULL = "urn:gradstream:problem:queue-full"


detail_chars: ContextVar[int] = ContextVar("gradstream_detail_chars", default=Limits().detail_chars)
"""The longest detail, which may quote what the client has sent; set by the server at its start."""


class ProblemDetails(Struct, kw_only=True, omit_defaults=True):
    """A problem document."""

    type: str
    title: str
    status: int
    detail: str = ""
    diagnostics: Sequence[Mapping[str, Any]] = ()


def problem(
    status: int,
    detail: str = "",
    *,
    title: str = "",
    kind: str = BLANK,
    diagnostics: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """Return the response for an error; the default title is that of the status."""
    most = detail_chars.get()
    document = ProblemDetails(
        type=kind,
        title=title or HTTPStatus(status).phrase,
        status=status,
        detail=detail if len(detail) <= most else f"{detail[:most]}…",
        diagnostics=diagnostics,
    )
    return Response(
        json.encode(document), status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {})
    )


async def send_problem(
    scope: Mapping[str, Any], receive: Any, send: ASGISend, *, status: int, detail: str
) -> None:
    """Answer a request that reaches no handler; a WebSocket is not opened."""
    title = HTTPStatus(status).phrase
    body = json.encode(ProblemDetails(type=BLANK, title=title, status=status, detail=detail))
    kind = "http.response"
    if scope["type"] == "websocket":
        await receive()
        if "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close"})
            return
        kind = "websocket.http.response"
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})


def http_problem(_request: HttpRequest, error: HTTPException) -> Response[bytes]:
    """Return the response for an HTTPException of litestar or a handler."""
    headers = dict(error.headers or {})
    if "allow" in headers:
        headers["allow"] = _allowed(headers["allow"])
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, "" if error.detail == phrase else error.detail, headers=headers)


def _allowed(routed: str) -> str:
    """Return the methods that a client can use: HEAD where there is GET, and not "websocket"."""
    methods = [method for method in routed.split(", ") if method.isupper()]
    return ", ".join([*methods, "HEAD"] if "GET" in methods else methods)


def storage_problem(request: HttpRequest, error: OSError) -> Response[bytes]:
    """Return the response for an error of the system: 507 on a full disk."""
    if error.errno in NO_SPACE:
        log.error("%s %s found the disk full", request.method, request.url.path)
        return problem(507, DISK_FULL)
    return unexpected_problem(request, error)


def unexpected_problem(request: HttpRequest, error: Exception) -> Response[bytes]:
    """Log an unexpected exception with its traceback, and return a response without details."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "Internal error; see the server log")
