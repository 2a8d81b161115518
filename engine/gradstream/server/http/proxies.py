"""What reverse proxies say about a request, believed where the proxy is one of `server.proxies`.

    peer is trusted   X-Forwarded-For     -> the client: the last address that is not a trusted proxy
                      X-Forwarded-Proto   -> the scheme
                      X-Forwarded-Host    -> Host
                      X-Forwarded-Prefix  -> the path below which the proxy serves this server
    any other peer    none of them is read, and the client is the peer

All that asks who a client is, or how it has addressed the server, reads the scope of the request.
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.server.types import ASGIApp, ASGISend

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~@:+-]+)+")
_HOST = re.compile(r"[A-Za-z0-9._-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")
_SCHEMES = {"http": ("http", "ws"), "https": ("https", "wss")}


class TrustedProxies(Struct, frozen=True):
    """Networks of proxies whose headers are believed."""

    networks: tuple[Network, ...] = ()

    @staticmethod
    def of(written: Iterable[str]) -> "TrustedProxies":
        """Return those of these addresses and networks. Raises ValueError for any other text."""
        return TrustedProxies(tuple(ipaddress.ip_network(one, strict=False) for one in written))

    def trusts(self, address: str) -> bool:
        """Return whether an address is one of a proxy."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            # A socket without an address, or a word such as "unknown".
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self.networks)

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """Return the client's address: each proxy has added the address of who has asked it."""
        chain = [*forwarded, peer]
        while len(chain) > 1 and self.trusts(chain[-1]):
            chain.pop()
        return chain[-1]


def behind_proxies(app: ASGIApp, *, proxies: TrustedProxies, root_path: str) -> ASGIApp:
    """Wrap an application: its scopes have the client, scheme, Host and `root_path` as the client sees them.

    `root_path` is in force where no trusted proxy names another one. A path that begins with it is served
    like one without, as some proxies remove it and some do not.
    """

    async def wrapped(scope: dict[str, Any], receive: Any, send: ASGISend) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        scope = {**scope, "root_path": root_path}
        peer = (scope.get("client") or ("", 0))[0]
        if proxies.trusts(peer):
            _believe(scope, peer, proxies)
        if scope["type"] == "http" and scope["path"] == scope["root_path"] != "":
            await _redirect(scope, send)
            return
        _remove_root_path(scope)
        await app(scope, receive, send)

    return wrapped


def _believe(scope: dict[str, Any], peer: str, proxies: TrustedProxies) -> None:
    said = _forwarded(scope["headers"])
    if chain := said.get("x-forwarded-for"):
        scope["client"] = (proxies.client(peer, chain), 0)
    if schemes := _SCHEMES.get(said.get("x-forwarded-proto", [""])[-1]):
        scope["scheme"] = schemes[scope["type"] == "websocket"]
    if _HOST.fullmatch(host := said.get("x-forwarded-host", [""])[-1]):
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", host.encode()), *others]
    if _PREFIX.fullmatch(prefix := said.get("x-forwarded-prefix", [""])[-1].rstrip("/")):
        scope["root_path"] = prefix


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[str, list[str]]:
    """Return the members of each header that proxies add, the nearest proxy's last."""
    said: dict[str, list[str]] = {}
    for name, value in headers:
        if name.startswith(b"x-forwarded-"):
            members = (one.strip() for one in value.decode("latin-1").split(","))
            said.setdefault(name.decode("latin-1"), []).extend(members)
    return said


def _remove_root_path(scope: dict[str, Any]) -> None:
    root: str = scope["root_path"]
    if root and scope["path"].startswith(f"{root}/"):
        scope["path"] = scope["path"].removeprefix(root)
        scope["raw_path"] = scope["raw_path"].removeprefix(root.encode())


async def _redirect(scope: dict[str, Any], send: ASGISend) -> None:
    """Send a client to the address with a slash at its end: relative addresses begin there."""
    query: bytes = scope.get("query_string", b"")
    location = scope["root_path"].encode() + b"/" + (b"?" + query if query else b"")
    await send({"type": "http.response.start", "status": 308, "headers": [(b"location", location)]})
    await send({"type": "http.response.body", "body": b""})
