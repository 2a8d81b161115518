"""Everything that a server process is told once, at its start: command line over catalog over defaults.

argv --cli--+
gradstream.yaml --spec--> CatalogOptions --+--> merge --> Settings --app--> the parts
"""

import ipaddress

from msgspec import Struct

from gradstream.format.types import CatalogOptions

DEFAULT_HOST = "127.0.0.1"
"""Only this machine: a demo runs code, and showing it to a network is a decision."""

DEFAULT_PORT = 8600
"""Outside of the ranges that browsers refuse and that common development servers take."""

SHUTDOWN_S = 5.0
"""How long runs in flight may go on after SIGTERM; supervisors usually kill after 10 s."""


class Settings(Struct, frozen=True, kw_only=True):
    """One server's settings. `port` None: the first free one from `DEFAULT_PORT` on; 0: any free one.

    Over `upload_bytes` an uploaded file is refused with 413. Pages of `origins` may start runs here, as those
    of this server may. The bounds of runs are in `runs.limits.Limits`.
    With `poll`, saved files are found by looking again and again.
    """

    host: str
    port: int | None
    dev: bool
    origins: frozenset[str]
    upload_bytes: int
    poll: bool = False
    shutdown_s: float = SHUTDOWN_S


def merge(
    options: CatalogOptions,
    *,
    host: str | None = None,
    port: int | None = None,
    dev: bool | None = None,
    poll: bool = False,
) -> Settings:
    """Lay the command line over the catalog over the defaults. Without `dev`, it is on for loopback hosts."""
    chosen = host or options.host or DEFAULT_HOST
    return Settings(
        host=chosen,
        port=port if port is not None else options.port,
        dev=is_loopback(chosen) if dev is None else dev,
        origins=frozenset(options.origins),
        upload_bytes=options.upload_bytes,
        poll=poll,
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host can only be reached from this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
