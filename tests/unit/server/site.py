"""A server in this process, on a port of its own, with a test in the workers' place."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from msgspec import Struct, json
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect

from gradstream.background import Background
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import BrokenDemo, CatalogSnapshot
from gradstream.events.loan import Apart
from gradstream.format.gate import OPEN, Gate
from gradstream.format.types import CatalogOptions, Demo
from gradstream.limits import Limits
from gradstream.runs.disk import Disk
from gradstream.runs.downloads import Downloads
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.local import LocalRuns
from gradstream.runs.service import RunService
from gradstream.runs.uploads import Uploads
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
from gradstream.server.http.proxies import TrustedProxies
from gradstream.server.http.sign_in_cookie import new_cookie
from gradstream.server.services import Services
from tests.patience import PATIENCE_S
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_demo

KEY = DeveloperKey("0123456789abcdef", cookie="gradstream_key")

LIMITS = Limits(upload_bytes=1000)

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here is encrypted, and reading all of a machine's certificates costs more than the server."""


class Site(Struct, kw_only=True):
    """A running server and the ways to it."""

    client: httpx.AsyncClient
    port: int
    engine: PlayedEngine
    service: RunService
    services: Services
    store: CatalogStore
    connections: set[Any]
    """The open connections."""

    @property
    def slot(self) -> PlayedSlot:
        """The run that began last."""
        return self.engine.slots[-1]

    async def start(self, demo: str = "echo", **body: Any) -> str:
        """Start a run and return its id."""
        answer = await self.client.post(f"/api/demos/{demo}/runs", json=body)
        assert answer.status_code == 201, answer.text
        run: str = answer.json()["run"]
        return run

    def connect(self, *, reader: str | None = None, **headers: str) -> connect:
        """Open the page's connection."""
        query = "" if reader is None else f"?reader={reader}"
        address = f"ws://127.0.0.1:{self.port}/api/socket{query}"
        return connect(address, additional_headers=headers, max_size=None)


def snapshot_of(
    folder: Path, demos: Mapping[str, Demo], broken: Mapping[str, BrokenDemo] | None = None
) -> CatalogSnapshot:
    """Return a catalog of these demos."""
    return CatalogSnapshot(
        version=1,
        root=str(folder),
        options=CatalogOptions(title="Lab"),
        demos=demos,
        broken=broken or {},
        warnings={},
        skipped=("demos/notes.yaml",),
        diagnostics=(),
        files={},
    )


@asynccontextmanager
async def serving(
    folder: Path,
    *,
    demos: Mapping[str, Demo] | None = None,
    broken: Mapping[str, BrokenDemo] | None = None,
    interval_s: float = 3600.0,
    root_path: str = "",
    limits: Limits | None = None,
    page: Path | None = None,
    dev: bool = True,
    developer: bool = True,
    bound_to_loopback: bool = True,
    origins: frozenset[str] = frozenset(),
    disk: Disk | None = None,
    apart: Apart | None = None,
    hosts: frozenset[str] = frozenset(),
    proxies: tuple[str, ...] = (),
    engine: Any = None,
    gate: Gate = OPEN,
) -> AsyncIterator[Site]:
    """Serve demos, in the development mode of a server on loopback unless said otherwise.

    Its client has the developer's key unless `developer` is false. With an `engine`, runs are its own.
    """
    key = KEY if dev else None
    engine = engine or PlayedEngine()
    snapshot = snapshot_of(folder, demos or {"echo": make_demo()}, broken)
    store = CatalogStore(replace(snapshot, options=replace(snapshot.options, gate=gate)))
    admission = Admission(store, limits or LIMITS)
    callers = Callers(key=key, cookie=new_cookie(0, lasts_s=60), admission=admission)
    uploads, background = Uploads(folder=folder / "uploads", limits=limits or LIMITS, disk=disk), Background()
    async with (
        RunService(
            background=background,
            engine=engine,
            folder=folder / "runs",
            limits=limits or LIMITS,
            disk=disk,
            apart=apart,
        ) as service,
        Downloads(limits or LIMITS) as downloads,
    ):
        services = Services(
            background=background,
            catalog=store,
            engine=engine,
            runs=LocalRuns(service, uploads=uploads, downloads=downloads, door=admission),
            uploads=uploads,
            heartbeat=Heartbeat(interval_s=interval_s),
            changes=CatalogChanges(store),
            catalog_json=CatalogJson(store, admission),
            page=BuiltPage(page or folder / "page"),
            callers=callers,
            admission=admission,
            limits=limits or LIMITS,
            access=Access(
                names=OwnNames(bound_to_loopback=bound_to_loopback, hosts=hosts),
                proxies=TrustedProxies.of(proxies),
                root_path=root_path,
                origins=origins,
                key=key,
            ),
        )
        async with _listening(services) as (port, connections):
            base = f"http://127.0.0.1:{port}"
            cookies = {KEY.cookie: KEY.value} if developer else {}
            async with httpx.AsyncClient(
                base_url=base, timeout=PATIENCE_S, verify=NO_CERTIFICATES, cookies=cookies
            ) as client:
                yield Site(
                    client=client,
                    port=port,
                    engine=engine,
                    service=service,
                    services=services,
                    store=store,
                    connections=connections,
                )
                services.heartbeat.close()


@asynccontextmanager
async def _listening(services: Services) -> AsyncIterator[tuple[int, set[Any]]]:
    config = uvicorn.Config(
        create_app(services),
        port=0,
        **bounded_protocols(services.limits),
        proxy_headers=False,
        log_level="critical",
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve())
        await server.is_ready.wait()
        yield server.servers[0].sockets[0].getsockname()[1], server.server_state.connections
        server.should_exit = True


class _Server(uvicorn.Server):
    """Says when it listens, and leaves the signals of this process alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_ready = asyncio.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.is_ready.set()

    async def serve(self, sockets: Any = None) -> None:
        await self._serve(sockets)


async def next_frame(socket: ClientConnection) -> list[dict[str, Any]]:
    """Return the messages of the next frame."""
    frame: list[dict[str, Any]] = json.decode(await socket.recv())
    return frame


class Reader:
    """Reads a feed's events one by one."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def next(self) -> dict[str, str]:
        """Return the next event, a comment as {"comment": text}; raises StopAsyncIteration at the end."""
        fields: dict[str, str] = {}
        while line := await anext(self._lines):
            name, _, value = line.partition(":")
            fields[name or "comment"] = value.removeprefix(" ")
        return fields

    async def rest(self) -> list[dict[str, str]]:
        """Return all further events."""
        events = []
        try:
            while True:
                events.append(await self.next())
        except StopAsyncIteration:
            return events
