"""The types that every folder of the server repeats. No behaviour."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from litestar import Request, WebSocket
from litestar.connection import ASGIConnection

Connection = ASGIConnection[Any, Any, Any, Any]

HttpRequest = Request[Any, Any, Any]

Socket = WebSocket[Any, Any, Any]

ASGIMessage = dict[str, Any]

ASGISend = Callable[[ASGIMessage], Awaitable[None]]

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]

Chunks = AsyncGenerator[bytes, None]
"""The body of a response, in the pieces in which it is written."""
