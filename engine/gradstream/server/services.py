"""What the server's handlers work with. No behaviour.

    app.py (composition root) --Services--> create_app --dependency `services`--> handlers

One struct, and not a dependency for each field: litestar resolves several dependencies of a handler in a task
group, which costs three times as much as the rest of the routing.
"""

from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from gradstream.background import Background
from gradstream.catalog.store import CatalogStore
from gradstream.engines.contract import Engine
from gradstream.limits import Limits
from gradstream.runs.contract import Runs
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.uploads import Uploads
from gradstream.server.content.built_page import BuiltPage
from gradstream.server.content.catalog_json import CatalogJson
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.http.access import Access
from gradstream.server.http.admission import Admission
from gradstream.server.http.caller import Callers


class Services(Struct, frozen=True, kw_only=True):
    """Everything that handlers use, built and started by the composition root.

    `heartbeat.close()` ends every open feed and socket: call it before the listening socket is closed.
    """

    catalog: CatalogStore
    engine: Engine
    runs: Runs
    uploads: Uploads
    background: Background
    heartbeat: Heartbeat
    changes: CatalogChanges
    catalog_json: CatalogJson
    page: BuiltPage
    callers: Callers
    admission: Admission
    limits: Limits
    access: Access


Injected = NamedDependency[SkipValidation[Services]]
"""Annotates the argument `services` of a handler."""
