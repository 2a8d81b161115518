"""The outermost layer: a HEAD request is handled as GET and answered without the body.

Other requests pass through unchanged, because every write of every feed goes through here.
"""

from typing import Any

from gradstream.server.types import ASGIApp, ASGIMessage, ASGISend

IS_HEAD = "gradstream.is_head"
"""Marks the scope of a HEAD request: no feed needs to be opened for it."""


def answer_head(app: ASGIApp) -> ASGIApp:
    """Wrap an application so that it answers HEAD requests."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await app({**scope, "method": "GET", IS_HEAD: True}, receive, _without_body(send))
        else:
            await app(scope, receive, send)

    return wrapped


def _without_body(send: ASGISend) -> ASGISend:
    async def sending(message: ASGIMessage) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return sending
