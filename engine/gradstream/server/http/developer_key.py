"""The developer's key: who has it is shown tracebacks, the documentation and sources.

    serve prints   http://127.0.0.1:8600/?key=…
    GET …?key=…    303 to the same address without it, and a cookie
    every request  the cookie

What a request says of its way here, such as Host or a proxy's headers, proves nothing: the commonest proxy
sends none. The cookie is sent by this site's own pages only, and no script reads it.
"""

import hmac
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from msgspec import Struct

from gradstream.ids import new_id
from gradstream.server.http.sign_in_cookie import cookies
from gradstream.server.types import ASGIApp, ASGISend, Connection

PARAMETER = "key"


class DeveloperKey(Struct, frozen=True):
    """One server's key. `cookie` is its name: cookies know no ports, and a machine may have many servers."""

    value: str
    cookie: str

    def address(self, url: str) -> str:
        """Return the address that hands over the key."""
        return f"{url}/?{PARAMETER}={self.value}"

    def is_sent(self, connection: Connection) -> bool:
        """Return whether a request or socket has the key."""
        return self._is_value(cookies(connection.headers.get("cookie", "")).get(self.cookie, ""))

    def is_cookie(self, text: str) -> bool:
        """Return whether a cookie, as NAME=VALUE, is the one of the key."""
        return text.partition("=")[0].strip() == self.cookie

    def is_in(self, query: list[tuple[str, str]]) -> bool:
        """Return whether the key is in the query of an address."""
        return any(name == PARAMETER and self._is_value(value) for name, value in query)

    def _is_value(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.value.encode())


def new_key(port: int) -> DeveloperKey:
    """Return a key that nobody has."""
    return DeveloperKey(new_id(), cookie=f"gradstream_key_{port}")


def keep_key(app: ASGIApp, key: DeveloperKey | None) -> ASGIApp:
    """Wrap an application: an address with the key leads to the one without, and a cookie keeps the key."""
    if key is None:
        return app

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] in ("GET", "HEAD")
            and b"key=" in scope["query_string"]
        ):
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if key.is_in(query):
                await _redirect(scope, send, key, query)
                return
        await app(scope, receive, send)

    return wrapped


async def _redirect(
    scope: dict[str, Any], send: ASGISend, key: DeveloperKey, query: list[tuple[str, str]]
) -> None:
    rest = urlencode([one for one in query if one[0] != PARAMETER])
    # Of two slashes at the beginning a browser would take what follows for a host.
    path = "/" + quote(scope["path"]).lstrip("/")
    root: str = scope.get("root_path", "")
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    cookie = f"{key.cookie}={key.value}; Path={root or '/'}; HttpOnly; SameSite=Strict{secure}"
    headers = [
        (b"location", f"{root}{path}{'?' if rest else ''}{rest}".encode()),
        (b"set-cookie", cookie.encode()),
        (b"cache-control", b"no-store"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
