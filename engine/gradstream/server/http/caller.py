"""Who makes a request, from its headers: made once a request and handed on to runs, uploads and views."""

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct

from gradstream.format.gate import proof_of
from gradstream.runs.caller import Caller
from gradstream.server.http.admission import Admission
from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.session import session_of
from gradstream.server.http.sign_in_cookie import SignInCookie
from gradstream.server.http.sign_ins import key_of
from gradstream.server.types import Connection

SCHEME = "bearer"

CALLER = "gradstream.caller"
"""In a request's scope: who makes it, since the guard asks and then the handler."""


def address_of(scope: Mapping[str, Any]) -> str:
    """Return the address that a request comes from, as far as trusted proxies say; "" without one."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class Callers(Struct, frozen=True, kw_only=True):
    """Makes the caller of each request and socket; without a key nobody is the developer."""

    key: DeveloperKey | None
    cookie: SignInCookie
    admission: Admission

    def of(self, connection: Connection) -> Caller:
        """Return the caller of a request or socket; raises ClientException for an invalid session."""
        scope = cast("dict[str, Any]", connection.scope)
        known: Caller | None = scope.get(CALLER)
        if known is None:
            known = scope[CALLER] = self._read(connection)
        return known

    def _read(self, connection: Connection) -> Caller:
        cookie = self.cookie.read(connection.headers)
        sign_in = None if cookie is None else key_of(cookie)
        return Caller(
            session=session_of(connection),
            address=address_of(connection.scope),
            origin=connection.headers.get("origin"),
            may_see_tracebacks=self.key is not None and self.key.is_sent(connection),
            user=self.admission.user_of(sign_in),
            sign_in=sign_in,
            token=_token_of(connection),
        )

    def is_ours(self, cookie: str) -> bool:
        """Return whether a cookie, as NAME=VALUE, lets somebody in here."""
        return self.cookie.is_cookie(cookie) or (self.key is not None and self.key.is_cookie(cookie))


def _token_of(connection: Connection) -> bytes | None:
    """Return the proof of a program's token (RFC 6750, section 2.1)."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return proof_of(token.strip()) if scheme.lower() == SCHEME and token.strip() else None
