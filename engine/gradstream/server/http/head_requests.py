"""The outermost layer: a HEAD request is asked as GET and answered without the body.

An answer to anything else passes untouched, because every write of every feed goes through here.
"""

from typing import Any

from gradstream.server.types import ASGIApp, Message, Send

IS_HEAD = "gradstream.is_head"
"""Marks a scope whose answer's body nobody will see: a feed need not be opened for it."""


def front(app: ASGIApp) -> ASGIApp:
    """Wrap an application."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await app({**scope, "method": "GET", IS_HEAD: True}, receive, _without_body(send))
        else:
            await app(scope, receive, send)

    return wrapped


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return sending
