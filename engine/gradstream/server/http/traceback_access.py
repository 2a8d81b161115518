"""Who may see a traceback: the developer at this machine, and nobody else.

All of: `--dev`, bound to loopback, a loopback Host, and no header that a proxy adds.
"""

from urllib.parse import urlsplit

from gradstream.server.types import Connection, parts_of
from gradstream.settings import is_loopback


def may_see_detail(connection: Connection) -> bool:
    """Tell whether tracebacks may go out in answer to this request."""
    services = parts_of(connection).services
    if not (services.dev and services.bound_to_loopback):
        return False
    headers = connection.headers
    if any(name == "forwarded" or name.startswith("x-forwarded-") for name in headers):
        return False
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    return host is not None and is_loopback(host)
