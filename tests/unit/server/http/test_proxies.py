"""What proxies say about a request is believed where they are trusted."""

from pathlib import Path
from typing import Any

import pytest

from gradstream.server.http.proxies import TrustedProxies, behind_proxies
from tests.unit.server.site import serving

PROXIES = TrustedProxies.of(["127.0.0.1", "10.0.0.0/8", "::1"])


async def seen(
    headers: dict[str, str],
    *,
    peer: str = "127.0.0.1",
    path: str = "/x",
    root_path: str = "",
    kind: str = "http",
) -> dict[str, Any]:
    """Return the scope that reaches the application, with the headers by name; the answer for a redirect."""
    found: dict[str, Any] = {}

    async def app(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        found.update(scope)

    async def send(message: dict[str, Any]) -> None:
        found.update(message)

    scope = {
        "type": kind,
        "client": (peer, 5),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"a=b",
        "headers": [
            (b"host", b"inside:1"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ],
    }
    await behind_proxies(app, proxies=PROXIES, root_path=root_path)(scope, None, send)
    return found


SAID = {
    "x-forwarded-for": "198.51.100.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "lab.example",
    "x-forwarded-prefix": "/lab/",
}


async def test_a_trusted_proxy() -> None:
    """Client, scheme, Host and root path are those that it names."""
    scope = await seen(SAID)
    assert (scope["client"], scope["scheme"]) == (("198.51.100.7", 0), "https")
    assert (scope["root_path"], dict(scope["headers"])[b"host"]) == ("/lab", b"lab.example")
    assert (await seen(SAID, kind="websocket"))["scheme"] == "wss"


@pytest.mark.parametrize("peer", ["192.0.2.1", "11.0.0.1", "unknown", ""])
async def test_anybody_else(peer: str) -> None:
    """Nothing of it is read."""
    scope = await seen(SAID, peer=peer)
    assert (scope["client"], scope["scheme"]) == ((peer, 5), "http")
    assert (scope["root_path"], dict(scope["headers"])[b"host"]) == ("", b"inside:1")


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("nonsense", "nonsense"),
        ("::ffff:10.1.2.3", "::ffff:10.1.2.3"),
    ],
)
async def test_the_chain_of_proxies(chain: str, client: str) -> None:
    """The client is the last address that no trusted proxy has: what is before it anybody can write."""
    assert (await seen({"x-forwarded-for": chain}))["client"][0] == client


@pytest.mark.parametrize("prefix", ["lab", "/lab?x", "//evil.example", "/a b", '/lab"', "/../x/%2e", ""])
async def test_a_prefix_that_is_no_path(prefix: str) -> None:
    """It is not used: it would stand in addresses."""
    assert (await seen({"x-forwarded-prefix": prefix}, root_path="/own"))["root_path"] == "/own"


@pytest.mark.parametrize("host", ["evil.example/path", "a b", "<script>", ""])
async def test_a_host_that_is_no_name(host: str) -> None:
    """It is not used."""
    assert dict((await seen({"x-forwarded-host": host}))["headers"])[b"host"] == b"inside:1"


@pytest.mark.parametrize(
    ("path", "root_path", "inside"),
    [
        ("/lab/api/demos", "/lab", "/api/demos"),
        ("/api/demos", "/lab", "/api/demos"),
        ("/laboratory", "/lab", "/laboratory"),
        ("/lab/", "/lab", "/"),
        ("/lab/lab/", "/lab", "/lab/"),
        ("/", "", "/"),
    ],
)
async def test_a_path_below_the_root_path(path: str, root_path: str, inside: str) -> None:
    """It is served whether the proxy removes the root path or not."""
    scope = await seen({}, path=path, root_path=root_path)
    assert (scope["path"], scope["raw_path"], scope["root_path"]) == (inside, inside.encode(), root_path)


async def test_the_root_path_without_a_slash() -> None:
    """It leads to the address with one, below which relative addresses are right."""
    answer = await seen({}, path="/lab", root_path="/lab")
    assert (answer["status"], answer["headers"]) == (308, [(b"location", b"/lab/?a=b")])


@pytest.mark.parametrize(
    ("options", "headers"),
    [({"proxies": ("127.0.0.1",)}, {"X-Forwarded-Prefix": "/lab"}), ({"root_path": "/lab"}, {})],
)
async def test_addresses_in_answers(tmp_path: Path, options: dict[str, Any], headers: dict[str, str]) -> None:
    """`Location` and the OpenAPI document have the path, by which a client reaches what they name."""
    async with serving(tmp_path, **options) as site:
        answer = await site.client.post("/lab/api/demos/echo/runs", json={}, headers=headers)
        location = answer.headers["location"]
        assert location == f"/lab/api/runs/{answer.json()['run']}"
        document = (await site.client.get("/schema.json", headers=headers)).json()
        assert document["servers"] == [{"url": "/lab"}]
        assert (await site.client.get(location, headers=headers)).status_code == 200


async def test_a_prefix_of_a_proxy_that_is_not_named(tmp_path: Path) -> None:
    """Anybody can send the header: it changes nothing."""
    async with serving(tmp_path) as site:
        answer = await site.client.post(
            "/api/demos/echo/runs", json={}, headers={"X-Forwarded-Prefix": "/evil"}
        )
        assert answer.headers["location"].startswith("/api/runs/")
