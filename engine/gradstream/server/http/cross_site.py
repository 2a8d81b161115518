"""Which pages may start runs, stop them, send files or open a connection: those of this site.

Sec-Fetch-Site   same-origin, none        allowed: every current browser sends this header
else Origin      that of Host             allowed
neither                                   allowed: not a browser, so no other site's page
Origin listed in `access.origins`         allowed, whatever the rules above say

A GET is answered whichever site asks, because it changes nothing. It prepares a demo's worker only for the
scripts of pages of this site: a page that is only fetched, by a crawler or ahead of time, prepares nothing.
"""

from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException

from gradstream.server.types import Connection

GUARDED_METHODS = frozenset({"POST", "DELETE"})
OWN_SITES = frozenset({"same-origin", "none"})
DEFAULT_PORTS = {"http": 80, "https": 443}


def refuse_other_sites(connection: Connection, origins: frozenset[str]) -> None:
    """Refuse other sites' pages, except those of `origins`. Raises PermissionDeniedException."""
    method = connection.scope.get("method", "GET")
    if method not in GUARDED_METHODS and connection.scope["type"] != ScopeType.WEBSOCKET:
        return
    if not is_same_site(connection, origins):
        raise PermissionDeniedException(_refusal(connection))


def is_same_site(connection: Connection, origins: frozenset[str]) -> bool:
    """Return whether a request was not made by another site's page, or by one of `origins`."""
    headers = connection.headers
    origin = headers.get("origin")
    if origin in origins:
        return True
    site = headers.get("sec-fetch-site")
    return site in OWN_SITES if site is not None else _is_of_host(origin, headers.get("host", ""))


def _refusal(connection: Connection) -> str:
    origin, host = connection.headers.get("origin", ""), connection.headers.get("host", "")
    if "sec-fetch-site" in connection.headers or origin in ("", "null"):
        return "Pages of other sites may not do this; an origin can be allowed under access.origins"
    # A browser that says nothing else has loaded the page over plain HTTP by a name: most likely by a proxy.
    name = origin.partition("://")[2]
    return (
        f"The page is of {origin}, and the request came with the header `Host: {host}`. If a proxy is in "
        f"between, it must pass on the name by which it was asked, `Host: {name}`: in nginx with the line "
        "`proxy_set_header Host $http_host;`. If the page is of another site, that site can be allowed under "
        "access.origins"
    )


def is_by_script(connection: Connection) -> bool:
    """Return whether a script of a page may have sent this: no link, no image, no browser ahead of time.

    What sends none of these headers is not a browser, and says what it wants by the address.
    """
    headers = connection.headers
    is_early = "prefetch" in headers.get("sec-purpose", headers.get("purpose", ""))
    return headers.get("sec-fetch-dest", "empty") == "empty" and not is_early


def _is_of_host(origin: str | None, host: str) -> bool:
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        ours = urlsplit(f"//{host}")
        default = DEFAULT_PORTS.get(parts.scheme)
        same_port = (parts.port or default) == (ours.port or default)
    except ValueError:
        # The port is not a number: no browser sends that.
        return False
    return same_port and parts.hostname == ours.hostname
