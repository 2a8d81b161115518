"""Who makes a request, from its headers: made once a request and handed on to runs, uploads and views."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gradstream.runs.caller import Caller
from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.session import session_of
from gradstream.server.types import Connection


def address_of(scope: Mapping[str, Any]) -> str:
    """Return the address that a request comes from, as far as trusted proxies say; "" without one."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class Callers(Struct, frozen=True):
    """Makes the caller of each request and socket; without a key nobody is the developer."""

    key: DeveloperKey | None

    def of(self, connection: Connection) -> Caller:
        """Return the caller of a request or socket; raises ClientException for an invalid session."""
        return Caller(
            session=session_of(connection),
            address=address_of(connection.scope),
            origin=connection.headers.get("origin"),
            may_see_tracebacks=self.key is not None and self.key.is_sent(connection),
        )
