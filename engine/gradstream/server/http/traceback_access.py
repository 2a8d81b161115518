"""Who may see a traceback: the developer on this machine, and nobody else.

All of: `--dev`, bound to loopback, a loopback Host, and no header that a proxy adds.
"""

from urllib.parse import urlsplit

from msgspec import Struct

from gradstream.server.types import Connection
from gradstream.settings import is_loopback


class TracebackAccess(Struct, frozen=True, kw_only=True):
    """The server's half of the rule; `bound_to_loopback`: only this machine can reach the server."""

    dev: bool
    bound_to_loopback: bool

    def is_granted(self, connection: Connection) -> bool:
        """Return whether the response to this request may contain tracebacks."""
        if not (self.dev and self.bound_to_loopback):
            return False
        headers = connection.headers
        if any(name == "forwarded" or name.startswith("x-forwarded-") for name in headers):
            return False
        try:
            host = urlsplit(f"//{headers.get('host', '')}").hostname
        except ValueError:
            return False
        return host is not None and is_loopback(host)
