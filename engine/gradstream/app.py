"""The composition root of the server process: everything concrete is built here, and ended here.

    settings, snapshot -> CatalogStore, home of runs, Reloader -> ASGI app -> uvicorn

The end, at SIGTERM or SIGINT: no new runs, those in flight finish within `shutdown_s`, open feeds end,
connections close, workers end, files go. A second signal cancels the runs in flight at once.
"""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

import uvicorn

from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import Snapshot
from gradstream.format.types import CatalogOptions
from gradstream.home import Home, local_home
from gradstream.reload.reloader import Reloader
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.limits import Limits
from gradstream.server.app import create_app
from gradstream.server.content.built_page import BuiltPage
from gradstream.server.content.catalog_json import CatalogJson
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.http.caller import Callers
from gradstream.server.http.traceback_access import TracebackAccess
from gradstream.server.services import Services
from gradstream.server.types import ASGIApp
from gradstream.settings import Settings, is_loopback

log = logging.getLogger(__name__)

PAGE_FOLDER = Path(__file__).parent / "page"
"""Where the page is built to, in a checkout and in the wheel alike."""

LONGEST_FRAME_BYTES = 2**16
"""What a page sends names a run or two; anything longer is not from a page."""

CLOSING_S = 5
"""After its runs have ended, a connection has this long to take what is left for it."""


class _Server(uvicorn.Server):
    """uvicorn, without its own handling of signals: what ends first is decided here."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


async def serve(
    settle: Callable[[CatalogOptions], Settings],
    snapshot: Snapshot,
    *,
    listener: socket.socket,
    environ: Mapping[str, str],
    announce: Callable[[], None],
) -> None:
    """Serve the catalog on a listening socket until told to end; `announce` is called when it answers.

    `settle` makes settings of a catalog's options: those of the snapshot are in force until the end.
    """
    settings = settle(snapshot.options)
    async with local_home(limits=Limits()) as home:
        home.engine.catalog_changed(snapshot.demos)
        services = _services(settings, snapshot, home)
        reloader = Reloader(
            catalog=services.catalog,
            engine=services.engine,
            environ=environ,
            settings=settings,
            settle=settle,
        )
        server = _server(create_app(services))
        async with asyncio.TaskGroup() as tasks:
            reloading = tasks.create_task(reloader.run())
            serving = tasks.create_task(server.serve(sockets=[listener]))
            announcing = tasks.create_task(_announce(server, announce))
            await _end_asked(settings, home, serving)
            services.heartbeat.close()
            server.should_exit = True
            await serving
            reloading.cancel()
            announcing.cancel()


def _services(settings: Settings, snapshot: Snapshot, home: Home) -> Services:
    catalog = CatalogStore(snapshot)
    tracebacks = TracebackAccess(dev=settings.dev, bound_to_loopback=is_loopback(settings.host))
    return Services(
        catalog=catalog,
        engine=home.engine,
        runs=home.runs,
        uploads=home.uploads,
        heartbeat=Heartbeat(),
        changes=CatalogChanges(catalog),
        catalog_json=CatalogJson(catalog),
        page=BuiltPage(PAGE_FOLDER),
        callers=Callers(tracebacks),
        upload_bytes=settings.upload_bytes,
        dev=settings.dev,
        origins=settings.origins,
    )


def _server(asgi: ASGIApp) -> _Server:
    return _Server(
        uvicorn.Config(
            asgi,
            loop="none",
            http="httptools",
            ws="websockets-sansio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=CLOSING_S,
            # Compressing each small frame costs more than sending it.
            ws_per_message_deflate=False,
            ws_max_size=LONGEST_FRAME_BYTES,
            ws_ping_interval=20,
            ws_ping_timeout=20,
        )
    )


async def _announce(server: _Server, announce: Callable[[], None]) -> None:
    # uvicorn tells nobody that it has started; a millisecond is nothing beside what went before.
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    announce()


async def _end_asked(settings: Settings, home: Home, serving: asyncio.Task[None]) -> None:
    """Return when the server may end: after a signal and the runs in flight, or when serving failed."""
    signals: asyncio.Queue[None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signals.put_nowait, None)
    await _first(signals.get(), asyncio.wait([serving]))
    if serving.done():
        return
    log.info("ending: runs in flight have %g s; ask again to end them at once", settings.shutdown_s)
    await _first(home.drain(timeout_s=settings.shutdown_s), signals.get())


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of several, and cancel the others."""
    async with asyncio.TaskGroup() as tasks:
        started = [tasks.create_task(one) for one in waits]
        await asyncio.wait(started, return_when=asyncio.FIRST_COMPLETED)
        for task in started:
            task.cancel()
