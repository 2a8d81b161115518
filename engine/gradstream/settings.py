"""The settings of a server process, fixed at its start: command line over catalog over defaults.

argv --cli--+
gradstream.yaml --format--> CatalogOptions --+--> merge --> Settings --app--> services
"""

import ipaddress
from functools import lru_cache

from msgspec import Struct

from gradstream.format.types import CatalogOptions
from gradstream.limits import Limits

DEFAULT_HOST = "127.0.0.1"
"""Only this machine: a demo runs code, so opening it to a network must be a deliberate choice."""

DEFAULT_PORT = 8600
"""Not one of the ports that browsers block or that common development servers use."""

SHUTDOWN_S = 5.0
"""How long runs may continue after SIGTERM; process managers usually kill after 10 s."""


class Settings(Struct, frozen=True, kw_only=True):
    """One server's settings. `port` None: the first free one from `DEFAULT_PORT` on; 0: any free one.

    The server is asked by the names `hosts` and by loopback ones. Pages of `origins` may start runs here,
    like pages of this server. `proxies` are addresses and networks of proxies whose headers are believed;
    `root_path` is the path below which they serve this server. Open feeds
    carry a sign of life every `heartbeat_s`. With `poll`, saved files are found by polling. Recordings of
    finished runs are kept for `history_s`, if at all, and those of examples with `writes_cache`.
    """

    host: str
    port: int | None
    dev: bool
    origins: frozenset[str]
    hosts: frozenset[str] = frozenset()
    proxies: tuple[str, ...] = ()
    root_path: str = ""
    limits: Limits = Limits()
    heartbeat_s: float = 15.0
    poll: bool = False
    shutdown_s: float = SHUTDOWN_S
    history_s: float | None = None
    writes_cache: bool = True


def merge(
    options: CatalogOptions,
    *,
    host: str | None = None,
    port: int | None = None,
    dev: bool | None = None,
    root_path: str | None = None,
    poll: bool = False,
    writes_cache: bool = True,
) -> Settings:
    """Combine command line, catalog and defaults, in this order; `dev` is on by default on loopback."""
    chosen = host or options.host or DEFAULT_HOST
    return Settings(
        host=chosen,
        port=port if port is not None else options.port,
        dev=is_loopback(chosen) if dev is None else dev,
        origins=frozenset(map(_as_browsers_say, options.origins)),
        hosts=frozenset(host.lower() for host in options.hosts),
        proxies=options.proxies,
        root_path=(options.root_path if root_path is None else root_path).rstrip("/"),
        limits=options.limits,
        heartbeat_s=options.heartbeat_s,
        poll=poll,
        history_s=options.history_s,
        writes_cache=writes_cache,
    )


def _as_browsers_say(origin: str) -> str:
    """Return an origin as a browser sends it: in lower case, and without the usual port of its scheme."""
    said = origin.lower()
    return said.removesuffix(":443") if said.startswith("https:") else said.removesuffix(":80")


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Return whether a host can only be reached from this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
