"""How many requests and WebSockets of one address may be open at once; further ones are refused by 429."""

from collections import Counter
from typing import Any

from msgspec import json

from gradstream.server.http.caller import address_of
from gradstream.server.http.problems import BLANK, MEDIA_TYPE, ProblemDetails
from gradstream.server.types import ASGIApp, ASGISend

RETRY_AFTER_S = 5

_HEADERS = [(b"content-type", MEDIA_TYPE.encode()), (b"retry-after", str(RETRY_AFTER_S).encode())]


def bounded_by_address(app: ASGIApp, *, most: int) -> ASGIApp:
    """Wrap an application so that an address has at most so many open requests and WebSockets."""
    open_: Counter[str] = Counter()
    refusal = json.encode(
        ProblemDetails(
            type=BLANK,
            title="Too Many Requests",
            status=429,
            detail=f"Your address has {most:,} open connections; close some",
        )
    )

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        address = address_of(scope)
        if open_[address] >= most:
            await _refuse(scope, refusal, send)
            return
        open_[address] += 1
        try:
            await app(scope, receive, send)
        finally:
            open_[address] -= 1
            if not open_[address]:
                # Or every address that ever came would be remembered.
                del open_[address]

    return wrapped


async def _refuse(scope: dict[str, Any], body: bytes, send: ASGISend) -> None:
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    await send({"type": f"{kind}.start", "status": 429, "headers": _HEADERS})
    await send({"type": f"{kind}.body", "body": body})
