"""The composition root of the server process: everything concrete is built and closed here.

    settings, snapshot -> CatalogStore, home of runs, Reloader -> ASGI app -> uvicorn

Shutdown, at SIGTERM or SIGINT: no new runs; those in flight finish within `shutdown_s`; open feeds end;
connections close; workers end; files are deleted. A second signal cancels the runs in flight at once.
"""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

import uvicorn

from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.types import CatalogOptions
from gradstream.format.wording import shown_chars
from gradstream.home import Home, Keeping, local_home
from gradstream.limits import Limits
from gradstream.reload.reloader import Reloader
from gradstream.runs.heartbeat import Heartbeat
from gradstream.server.app import create_app
from gradstream.server.content.built_page import BuiltPage
from gradstream.server.content.catalog_json import CatalogJson
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.http.access import Access
from gradstream.server.http.admission import Admission
from gradstream.server.http.caller import Callers
from gradstream.server.http.connections import bounded_protocols
from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.own_names import OwnNames
from gradstream.server.http.problems import detail_chars
from gradstream.server.http.proxies import TrustedProxies
from gradstream.server.http.sign_in_cookie import new_cookie
from gradstream.server.services import Services
from gradstream.server.types import ASGIApp
from gradstream.settings import Settings, is_loopback

log = logging.getLogger(__name__)

PAGE_FOLDER = Path(__file__).parent / "page"
"""The folder of the built page, in a checkout and in the wheel."""

EXAMPLES_FOLDER = ".gradstream/cache/examples"
HISTORY_FOLDER = ".gradstream/history"
"""In the catalog's folder, under a name that globs skip. Only the cache can be made again."""

COLLECTED_FROM = 5000
"""New objects from which on Python searches the newest ones for garbage. At its default of 700 a crowd of
1,000 runs sets off a search of all objects again and again."""

CLOSING_S = 5
"""After the runs have ended, connections have this long to receive the remaining data."""


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the order of shutdown is decided here."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no signal handlers."""
        yield


async def serve(
    make_settings: Callable[[CatalogOptions], Settings],
    snapshot: CatalogSnapshot,
    *,
    listener: socket.socket,
    environ: Mapping[str, str],
    announce: Callable[[], None],
    key: DeveloperKey | None = None,
) -> None:
    """Serve the catalog on a listening socket until a signal; call `announce` when requests are answered.

    `make_settings` derives settings from a catalog's options: those of the snapshot are in force until the
    end. `key` is the developer's.
    """
    settings = make_settings(snapshot.options)
    # Inherited by whatever the server does from here on.
    shown_chars.set(settings.limits.shown_chars)
    detail_chars.set(settings.limits.detail_chars)
    catalog = CatalogStore(snapshot)
    door = Admission(catalog, settings.limits)
    keeping = _keeping(settings, snapshot)
    async with local_home(limits=settings.limits, keeping=keeping, door=door) as home:
        home.engine.catalog_changed(snapshot.demos)
        cookie = new_cookie(listener.getsockname()[1], lasts_s=settings.limits.sign_in_s)
        callers = Callers(key=key, cookie=cookie, admission=door)
        services = _services(settings, catalog, home, callers)
        home.resize_groups(snapshot.options.groups)
        services.catalog.subscribe(lambda _: home.resize_groups(services.catalog.snapshot.options.groups))
        reloader = Reloader(
            catalog=services.catalog,
            engine=services.engine,
            background=services.background,
            environ=environ,
            settings=settings,
            make_settings=make_settings,
        )
        server = _server(create_app(services), settings.limits)
        # What is loaded by now stays: the collector need not visit it again whenever a crowd of runs begins.
        # And what runs and requests leave is freed without it, so it need not look often.
        gc.freeze()
        gc.set_threshold(COLLECTED_FROM)
        async with asyncio.TaskGroup() as tasks:
            reloading = tasks.create_task(reloader.run())
            serving = tasks.create_task(server.serve(sockets=[listener]))
            announcing = tasks.create_task(_announce(server, announce))
            await _wait_for_end(settings, home, serving)
            services.heartbeat.close()
            server.should_exit = True
            await serving
            reloading.cancel()
            announcing.cancel()


def _keeping(settings: Settings, snapshot: CatalogSnapshot) -> Keeping:
    return Keeping(
        examples=Path(snapshot.root, EXAMPLES_FOLDER) if settings.writes_cache else None,
        history=None if settings.history_s is None else Path(snapshot.root, HISTORY_FOLDER),
        history_s=settings.history_s or 0.0,
    )


def _services(settings: Settings, catalog: CatalogStore, home: Home, callers: Callers) -> Services:
    return Services(
        catalog=catalog,
        engine=home.engine,
        runs=home.runs,
        uploads=home.uploads,
        background=home.background,
        heartbeat=Heartbeat(interval_s=settings.heartbeat_s),
        changes=CatalogChanges(catalog, most=settings.limits.catalog_changes),
        catalog_json=CatalogJson(catalog, callers.admission, most=settings.limits.catalog_views),
        page=BuiltPage(PAGE_FOLDER),
        callers=callers,
        admission=callers.admission,
        limits=settings.limits,
        access=_access(settings, callers.key),
    )


def _access(settings: Settings, key: DeveloperKey | None) -> Access:
    return Access(
        names=OwnNames(bound_to_loopback=is_loopback(settings.host), hosts=settings.hosts),
        proxies=TrustedProxies.of(settings.proxies),
        root_path=settings.root_path,
        origins=settings.origins,
        key=key,
    )


def _server(asgi: ASGIApp, limits: Limits) -> _Server:
    return _Server(
        uvicorn.Config(
            asgi,
            loop="none",
            **bounded_protocols(limits),
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            # `behind_proxies` reads what they say, and from those only that are named.
            proxy_headers=False,
            timeout_graceful_shutdown=CLOSING_S,
            # It would compress every frame: `server/http/bounded_socket.py` does those that are worth it.
            ws_per_message_deflate=False,
            ws_max_size=limits.socket_message_bytes,
            # A page that sleeps answers no ping and must not be cut for that: signs of life are sent by
            # `server/routes/websocket.py`, and its connection ends when the network says so.
            ws_ping_interval=None,
            ws_ping_timeout=None,
        )
    )


async def _announce(server: _Server, announce: Callable[[], None]) -> None:
    # uvicorn offers no event for this; a millisecond is short compared with the start so far.
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    announce()


async def _wait_for_end(settings: Settings, home: Home, serving: asyncio.Task[None]) -> None:
    """Return when the server may end: after a signal and the runs in flight, or when serving failed."""
    signals: asyncio.Queue[None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signals.put_nowait, None)
    await _first(signals.get(), asyncio.wait([serving]))
    if serving.done():
        return
    log.info(
        "shutting down: runs in flight have %g s to finish; a second signal cancels them at once",
        settings.shutdown_s,
    )
    await _first(home.drain(timeout_s=settings.shutdown_s), signals.get())


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of several, and cancel the others."""
    async with asyncio.TaskGroup() as tasks:
        started = [tasks.create_task(one) for one in waits]
        await asyncio.wait(started, return_when=asyncio.FIRST_COMPLETED)
        for task in started:
            task.cancel()
