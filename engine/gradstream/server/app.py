"""Assembles the handlers: `create_app(services)` is the ASGI application that uvicorn runs.

request --behind_proxies, with_answer_headers, own_names_only, keep_key, answer_head--> litestar
        --Guarding--> handler --> Response
                          exception --> problem document
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from gradstream.catalog.store import CatalogStore
from gradstream.engines.contract import ImportListener
from gradstream.ipc.protocol import Loaded
from gradstream.log_fields import about
from gradstream.server.http.address_bound import bounded_by_address
from gradstream.server.http.admission import Refused
from gradstream.server.http.answer_headers import with_answer_headers
from gradstream.server.http.developer_key import keep_key
from gradstream.server.http.guard import Guarding
from gradstream.server.http.head_requests import answer_head
from gradstream.server.http.own_names import own_names_only
from gradstream.server.http.problems import http_problem, storage_problem, unexpected_problem
from gradstream.server.http.proxies import behind_proxies
from gradstream.server.routes import (
    blobs,
    demos,
    docs,
    feed,
    frame,
    health,
    manifest,
    pages,
    repairs,
    runs,
    schema,
    sign_in,
    streams,
    theme,
    uploads,
    websocket,
)
from gradstream.server.services import Services
from gradstream.server.types import ASGIApp

log = logging.getLogger(__name__)

HANDLERS = (
    pages.catalog_page,
    pages.demo_page,
    pages.embedded_page,
    pages.stage_page,
    pages.read_asset,
    frame.html_frame,
    frame.figure_frame,
    demos.read_catalog,
    demos.read_demo,
    demos.read_thumbnail,
    demos.read_shipped,
    demos.read_picture,
    demos.read_catalog_picture,
    theme.read_theme_part,
    manifest.read_manifest,
    repairs.repair_demo,
    runs.create_run,
    runs.read_run,
    runs.read_events,
    runs.stop_run,
    blobs.read_blob,
    streams.read_playlist,
    streams.read_head,
    streams.read_stream,
    streams.read_part,
    feed.read_feed,
    feed.leave_runs,
    uploads.upload,
    websocket.open_socket,
    health.live,
    health.ready,
    schema.schema_json,
    schema.schema_yaml,
    docs.read_docs,
    docs.read_document,
    sign_in.sign_in_to_catalog,
    sign_in.sign_in_to_demo,
    sign_in.sign_out,
)


def create_app(services: Services) -> ASGIApp:
    """Return the whole application: litestar within the layers that see every request and answer."""
    access = services.access
    app = keep_key(answer_head(create_litestar(services)), access.key)
    app = own_names_only(app, access.names)
    app = bounded_by_address(app, most=services.limits.address_connections)
    app = with_answer_headers(app, origins=access.origins)
    return behind_proxies(app, proxies=access.proxies, root_path=access.root_path)


def create_litestar(services: Services) -> Litestar:
    """Return the application without its outermost layer, so that its routes can be inspected."""

    @asynccontextmanager
    async def alive(_app: Litestar) -> AsyncIterator[None]:
        unwatch = services.engine.watch(_reports_to(services.catalog))
        forget = services.heartbeat.subscribe(services.admission.sign_ins.forget_old)
        async with asyncio.TaskGroup() as tasks:
            beating = tasks.create_task(
                services.background.keep_running(services.heartbeat.run, name="the heartbeat of open feeds")
            )
            yield
            beating.cancel()
        forget()
        unwatch()

    return Litestar(
        route_handlers=list(HANDLERS),
        dependencies={"services": Provide(lambda: services, sync_to_thread=False)},
        middleware=[
            Guarding(services.admission, services.callers, services.runs, origins=services.access.origins),
        ],
        exception_handlers={
            Refused: lambda request, error: sign_in.refused_answer(request, error, services),
            HTTPException: http_problem,
            OSError: storage_problem,
            Exception: unexpected_problem,
        },
        lifespan=[alive],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=services.limits.body_bytes,
    )


def _reports_to(catalog: CatalogStore) -> ImportListener:
    def listener(address: str, report: Loaded) -> None:
        before = catalog.import_report(address)
        catalog.imported(address, report)
        if before is None or before.diagnostics != report.diagnostics:
            _log_failed_import(address, report)

    return listener


def _log_failed_import(address: str, report: Loaded) -> None:
    """Log why a demo cannot be imported: visitors of its page do not read it, and nobody may have run it."""
    found = next((one for one in report.diagnostics if one.is_error), None)
    if found is not None:
        detail = f"\n{report.detail}" if report.detail else ""
        log.error("%s%s", found.message, detail, extra=about(demo=address))
