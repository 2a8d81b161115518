"""Every error as an RFC 9457 problem document.

`type` is `about:blank` where the status says it all, else one of the names below; `diagnostics` lists what
exactly is wrong, by input or by place in a file.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException
from msgspec import Struct, json

from gradstream.server.types import HttpRequest

log = logging.getLogger(__name__)

EVERY_ANSWER = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
"""Of every answer: none may be taken for another type, and no other site learns what was looked at."""

MEDIA_TYPE = "application/problem+json"
BLANK = "about:blank"
UNFIT_INPUTS = "urn:gradstream:problem:inputs"
BROKEN_DEMO = "urn:gradstream:problem:broken-demo"
QUEUE_FULL = "urn:gradstream:problem:queue-full"


class Problem(Struct, kw_only=True, omit_defaults=True):
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
    """Return an error's answer; without a title it is that of the status."""
    document = Problem(
        type=kind,
        title=title or HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        diagnostics=diagnostics,
    )
    return Response(
        json.encode(document),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={**EVERY_ANSWER, **(headers or {})},
    )


def http_problem(_request: HttpRequest, error: HTTPException) -> Response[bytes]:
    """Answer what litestar or a handler refused."""
    headers = dict(error.headers or {})
    if "allow" in headers:
        headers["allow"] = _allowed(headers["allow"])
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, "" if error.detail == phrase else error.detail, headers=headers)


def _allowed(routed: str) -> str:
    """Return the methods as a client has them: HEAD wherever there is GET, and no "websocket"."""
    methods = [method for method in routed.split(", ") if method.isupper()]
    return ", ".join([*methods, "HEAD"] if "GET" in methods else methods)


def unexpected_problem(request: HttpRequest, error: Exception) -> Response[bytes]:
    """Answer a mistake of ours: logged whole, told without particulars."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "The server made a mistake; its log has more")
