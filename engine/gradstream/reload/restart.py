"""Warns about changes to `gradstream.yaml` that take effect only at the next start.

settings in force, settings that a start would use now --> one warning for each that differs
"""

from collections.abc import Iterator, Mapping

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.diagnostics import Diagnostic, Span
from gradstream.format.types import CatalogOptions
from gradstream.limits import bounds
from gradstream.settings import Settings

KEYS: Mapping[str, str] = {
    "host": "server.host",
    "port": "server.port",
    "origins": "access.origins",
    "hosts": "access.hosts",
    "proxies": "server.proxies",
    "root_path": "server.root_path",
    "history_s": "history",
}
"""Settings that `gradstream.yaml` determines, and their keys."""


def needing_restart(in_force: Settings, wanted: Settings, options: CatalogOptions) -> Iterator[Diagnostic]:
    """Yield a warning for each key whose new value is not in force."""
    for name, key in KEYS.items():
        if getattr(in_force, name) != getattr(wanted, name):
            yield _needs_restart(key, options)
    for name, bound in bounds():
        if getattr(in_force.limits, name) != getattr(wanted.limits, name):
            yield _needs_restart(f"limits.{bound.key}", options)


def _needs_restart(key: str, options: CatalogOptions) -> Diagnostic:
    return Diagnostic(
        span=options.spans.get(key, Span.file_start(CATALOG_FILE)),
        code="W-NEEDS-RESTART",
        severity="warning",
        message=f"`{key}` has changed, and is what it was when the server started",
        expected="a restart",
        found="a server that is running",
        repair="end the server and start it again",
    )
