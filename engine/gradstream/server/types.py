"""What the server's handlers are handed, and how they reach it. No behaviour.

app.py (composition root) --Services--> create_app --Parts--> every handler, by `parts_of(connection)`
"""

from pathlib import Path
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from msgspec import Struct

from gradstream.catalog.store import CatalogStore
from gradstream.engines.contract import Engine
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads
from gradstream.server.content.built_page import BuiltPage
from gradstream.server.content.catalog_json import Views
from gradstream.server.content.downloads import Downloads
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.follow.heartbeat import Pulse

Connection = ASGIConnection[Any, Any, Any, Any]

HttpRequest = Request[Any, Any, Any]


class Services(Struct, frozen=True, kw_only=True):
    """What the composition root hands over, everything entered and running.

    `pulse.close()` ends every open feed and socket: call it before the listening socket is closed. `page` is
    the folder of the built page. `bound_to_loopback` says that only this machine can reach the server.
    `origins` are further origins whose pages may start runs here ("https://example.org").
    """

    catalog: CatalogStore
    engine: Engine
    runs: RunService
    uploads: Uploads
    pulse: Pulse
    page: Path
    upload_bytes: int
    feed_backlog_bytes: int
    dev: bool
    bound_to_loopback: bool
    origins: frozenset[str] = frozenset()


class Parts(Struct, frozen=True, kw_only=True):
    """The services, and what the server keeps for itself."""

    services: Services
    changes: CatalogChanges
    views: Views
    page: BuiltPage
    downloads: Downloads


def parts_of(connection: Connection) -> Parts:
    """Return what the handlers of this application work with."""
    parts: Parts = connection.app.state["parts"]
    return parts
