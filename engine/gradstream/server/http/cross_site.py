"""Who may start runs, stop them, send files, or open the page's connection: pages of this very site.

Sec-Fetch-Site   same-origin, none        yes: what every current browser says by itself
else Origin      that of Host             yes
neither                                   yes: no browser, so nobody else's page
Origin listed in `access.origins`         yes, whatever the above says
"""

from urllib.parse import urlsplit

from litestar import WebSocket
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from gradstream.server.types import Connection, parts_of

GUARDED_METHODS = frozenset({"POST", "DELETE"})
OWN_SITES = frozenset({"same-origin", "none"})
DEFAULT_PORTS = {"http": 80, "https": 443}


def same_site_only(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Refuse what another site's page asks for; raises PermissionDeniedException."""
    if connection.scope.get("method", "GET") not in GUARDED_METHODS and not isinstance(connection, WebSocket):
        return
    headers = connection.headers
    origin = headers.get("origin")
    if origin in parts_of(connection).services.origins:
        return
    site = headers.get("sec-fetch-site")
    is_own = site in OWN_SITES if site is not None else _is_of_host(origin, headers.get("host", ""))
    if not is_own:
        raise PermissionDeniedException(
            "Another site's page may not do this; its origin can be listed under access.origins"
        )


def _is_of_host(origin: str | None, host: str) -> bool:
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        ours = urlsplit(f"//{host}")
        default = DEFAULT_PORTS.get(parts.scheme)
        same_port = (parts.port or default) == (ours.port or default)
    except ValueError:
        # A port that is no number: no browser sends that.
        return False
    return same_port and parts.hostname == ours.hostname
