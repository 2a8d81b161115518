"""Refuses requests for another host name: a page of another site may have pointed its name at this server.

    bound to loopback     loopback names and `access.hosts`
    bound elsewhere       `access.hosts` and loopback names where it is given, else any name

A browser takes such a page for one of this site, and so do `Origin` and `Sec-Fetch-Site` (DNS rebinding). The
answer is 421, Misdirected Request (RFC 9110, section 15.5.20).
"""

import re
from typing import Any

from msgspec import Struct

from gradstream.server.http.problems import send_problem
from gradstream.server.types import ASGIApp, ASGISend
from gradstream.settings import is_loopback

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
_LONGEST_SHOWN = 100


class OwnNames(Struct, frozen=True, kw_only=True):
    """The names under which a server is reached; a host that begins with `*.` stands for all below it."""

    bound_to_loopback: bool
    hosts: frozenset[str] = frozenset()

    def has(self, host: str) -> bool:
        """Return whether a Host header names this server."""
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        if not self.bound_to_loopback and not self.hosts:
            return True
        name = found["name"].strip("[]").rstrip(".").lower()
        return is_loopback(name) or name in self.hosts or self._is_below(name)

    def _is_below(self, name: str) -> bool:
        parts = name.split(".")
        return any(f"*.{'.'.join(parts[start:])}" in self.hosts for start in range(1, len(parts)))


def own_names_only(app: ASGIApp, names: OwnNames) -> ASGIApp:
    """Wrap an application so that it is asked by its own names only."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if scope["type"] in ("http", "websocket"):
            hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            # Without the header it is not a browser, and so no page of another site.
            foreign = [host for host in hosts if not names.has(host)]
            if foreign:
                await send_problem(scope, receive, send, status=421, detail=_refusal(foreign[0]))
                return
        await app(scope, receive, send)

    return wrapped


def _refusal(host: str) -> str:
    shown = host if len(host) <= _LONGEST_SHOWN else host[:_LONGEST_SHOWN] + "…"
    return (
        f"This server is not asked by the name {shown!r}. If it is one of its own, "
        "list the name under `access: hosts:` in gradstream.yaml and start the server again"
    )
