"""Headers of every answer: what browsers may do with it, and which other sites' pages may read it.

    every answer          nosniff, Referrer-Policy, CORP, a policy under which nothing loads or runs
    a page's own policy   stays
    Origin is listed      Access-Control-Allow-Origin, and an answer to the preflight (CORS)

Pages of `access.origins` read everything that this site's pages read, but never as the developer: the key is
a cookie, and no answer allows credentials.
"""

from typing import Any

from gradstream.server.types import ASGIApp, ASGIMessage, ASGISend

NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For JSON, feeds and files: opened as a page, it loads and runs nothing, and no other page shows it."""

METHODS = b"GET, HEAD, POST, DELETE"
EXPOSED = b"Content-Range, ETag, Location, Retry-After, WWW-Authenticate"
"""Of the answer's headers, those that a page of another origin may read beside the usual ones."""

PREFLIGHT_S = b"600"
LONGEST_REQUESTED = 1000

DIRECT_SEND = "gradstream.direct_send"
"""In a request's scope: sends to the server itself what comes after the head of an answer.

Each write of each feed would otherwise go through every layer, and none of them changes more than the head.
"""

MARKS = "gradstream.marks"
"""In a request's scope: a set, to which who handles it adds what its answer needs."""

PRIVATE = "private"
"""The answer is for who is signed in: no cache keeps it, or the next one at this machine could read it."""

_Headers = list[tuple[bytes, bytes]]


def with_answer_headers(app: ASGIApp, *, origins: frozenset[str]) -> ASGIApp:
    """Wrap an application so that all of its answers have these headers."""
    defaults: _Headers = [
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"content-security-policy", NOTHING),
        # A listed site's page may show a picture without asking by CORS.
        (b"cross-origin-resource-policy", b"cross-origin" if origins else b"same-origin"),
    ]

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request = dict(scope["headers"])
        origin = request.get(b"origin", b"")
        is_listed = origin.decode("latin-1") in origins
        if is_listed and scope["method"] == "OPTIONS" and b"access-control-request-method" in request:
            await _allow(send, request, origin, defaults)
            return
        added = [(b"vary", b"Origin")] if origins else []
        if is_listed:
            added += [
                (b"access-control-allow-origin", origin),
                (b"access-control-expose-headers", EXPOSED),
            ]
        marks: set[str] = set()
        inner = {**scope, DIRECT_SEND: send, MARKS: marks}
        await app(inner, receive, _adding(send, defaults, added, marks))

    return wrapped


def _adding(send: ASGISend, defaults: _Headers, added: _Headers, marks: set[str]) -> ASGISend:
    async def sending(message: ASGIMessage) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            if PRIVATE in marks:
                given = [one for one in given if one[0].lower() != b"cache-control"]
                given.append((b"cache-control", b"private, no-store"))
            names = {name.lower() for name, _ in given}
            missing = [one for one in defaults if one[0] not in names]
            message = {**message, "headers": [*given, *missing, *added]}
        await send(message)

    return sending


async def _allow(send: ASGISend, request: dict[bytes, bytes], origin: bytes, defaults: _Headers) -> None:
    """Answer a preflight of a listed origin."""
    headers = [
        *defaults,
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-methods", METHODS),
        (b"access-control-max-age", PREFLIGHT_S),
        (b"vary", b"Origin, Access-Control-Request-Headers"),
    ]
    wanted = request.get(b"access-control-request-headers", b"")
    if wanted and len(wanted) <= LONGEST_REQUESTED:
        headers.append((b"access-control-allow-headers", wanted))
    if request.get(b"access-control-request-private-network") == b"true":
        headers.append((b"access-control-allow-private-network", b"true"))
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
