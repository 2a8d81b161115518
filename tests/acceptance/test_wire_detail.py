"""Who may see tracebacks, and who may start runs."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.acceptance.wire_catalog import FILES
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Serve, Server

TRACE = "Traceback (most recent call last)"
SIGN_OF_LIFE = "[]"


@pytest.fixture
async def client(wire: Server) -> AsyncIterator[Client]:
    """Return a client of the shared server."""
    async with client_of(wire) as opened:
        yield opened


async def places(client: Client, headers: dict[str, str]) -> set[bool]:
    """Fail a run, and return of every place where its traceback could be seen whether it is."""
    run = await client.start("fails", fault="developer")
    await client.events(run)
    one = await client.get(f"/api/runs/{run}/events", headers=headers)
    many = await client.get(f"/api/feed?runs={run}:0", headers=headers)
    state = await client.get(f"/api/runs/{run}", headers=headers)
    address = f"ws{str(client.base_url).removeprefix('http').rstrip('/')}/api/socket"
    texts = [one.text, many.text, state.text]
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    async with connect(address, additional_headers={"Cookie": cookie} | headers) as socket:
        await socket.send(json.dumps({"subscribe": {"run": run, "after": 0}}))
        texts.append(await anext(str(frame) async for frame in socket if frame != SIGN_OF_LIFE))
    for text in texts:
        assert ("not this one" in text) == (TRACE in text)
        assert ("The demo failed" in text) == (run[:8] in text.replace(run, "")) == (TRACE not in text)
    return {TRACE in text for text in texts}


async def test_the_developer_sees_it(client: Client) -> None:
    """Who has opened the printed address with the key is shown the traceback with the failure."""
    assert await places(client, {}) == {True}


@pytest.mark.parametrize("headers", [{"Cookie": ""}, {"Cookie": "gradstream_key=1"}])
async def test_nobody_else_does(client: Client, headers: dict[str, str]) -> None:
    """Without the key there is a number, on the developer's own machine too."""
    assert await places(client, headers) == {False}


@pytest.mark.parametrize("arguments", [("--no-dev",), ("--host", "0.0.0.0")])  # noqa: S104 - that is what is tested
async def test_not_without_dev(serve: Serve, arguments: tuple[str, ...]) -> None:
    """Without --dev, or where others can reach the server, nobody sees an exception; the log has it."""
    server = serve(FILES, *arguments)
    async with client_of(server) as client:
        assert await places(client, {}) == {False}
    server.read_log(until="ValueError: not this one")
    assert ("this address is open to other machines" in server.read_log()) == ("--host" in arguments)
    server.read_log(until=TRACE)


GUARDED: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/api/demos/count/runs", {"json": {"inputs": {}}}),
    ("POST", "/api/uploads", {"files": {"file": ("a.txt", b"a")}}),
    ("DELETE", f"/api/runs/{'0' * 32}", {}),
]


@pytest.mark.parametrize(("method", "path", "options"), GUARDED)
@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://lab.localhost", "Host": "lab.localhost"}, True),
        ({"Origin": "http://lab.localhost:1", "Host": "lab.localhost"}, False),
    ],
)
async def test_cross_site(
    client: Client,
    method: str,
    path: str,
    options: dict[str, Any],
    headers: dict[str, str],
    is_own: bool,  # noqa: FBT001 (pytest passes it)
) -> None:
    """Only this site's own pages, and what is no browser, may start, send and stop."""
    answer: httpx.Response = await client.request(method, path, headers=headers, **options)
    assert (answer.status_code != 403) == is_own
    if not is_own:
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_cross_site_connections(wire: Server, headers: dict[str, str]) -> None:
    """Another site's page cannot open the page's connection."""
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"ws{wire.url.removeprefix('http')}/api/socket", additional_headers=headers):
            pass
    assert refused.value.response.status_code == 403
