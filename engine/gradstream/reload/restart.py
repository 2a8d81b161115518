"""What of a saved `gradstream.yaml` holds only from the next start on, and where it is written.

Settings in force, Settings as a start would make them now --> one warning for each that differs
"""

from collections.abc import Iterator, Mapping

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.diagnostics import Diagnostic, Span
from gradstream.format.types import CatalogOptions
from gradstream.settings import Settings

KEYS: Mapping[str, str] = {
    "host": "server.host",
    "port": "server.port",
    "origins": "access.origins",
    "upload_bytes": "limits.upload",
}
"""Settings that the catalog's file has a say in, and its keys for them."""


def needing_restart(in_force: Settings, wanted: Settings, options: CatalogOptions) -> Iterator[Diagnostic]:
    """Yield a warning for each key whose new value is not in force."""
    for name, key in KEYS.items():
        if getattr(in_force, name) != getattr(wanted, name):
            yield _needs_restart(key, options.spans.get(key, _beginning()))


def _needs_restart(key: str, span: Span) -> Diagnostic:
    return Diagnostic(
        span=span,
        code="W-NEEDS-RESTART",
        severity="warning",
        message=f"`{key}` has changed, and is what it was when the server started",
        expected="a restart",
        found="a server that is running",
        repair="end the server and start it again",
    )


def _beginning() -> Span:
    return Span(file=CATALOG_FILE, line=1, column=1, end_line=1, end_column=1)
