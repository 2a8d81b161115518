"""Who is the developer: who has opened the address with the key."""

from pathlib import Path
from typing import Any

import pytest
from litestar.connection import ASGIConnection

from gradstream.ipc.protocol import Ending
from gradstream.server.http.developer_key import DeveloperKey, new_key
from tests.unit.played_engine import loaded, make_demo
from tests.unit.server.site import KEY, Site, serving

GIVEN = {"Cookie": f"a=b; {KEY.cookie}={KEY.value}"}


async def is_shown(site: Site, headers: dict[str, str]) -> set[bool]:
    """Return whether the places that can show a traceback do so."""
    run = await site.start()
    site.slot.end(Ending(fault="developer", message="no", detail="Traceback"))
    site.engine.report(loaded("echo", detail="Traceback"))
    view = await site.client.get(f"/api/runs/{run}", headers=headers)
    feed = await site.client.get(f"/api/runs/{run}/events", headers=headers)
    many = await site.client.get(f"/api/feed?runs={run}:0", headers=headers)
    demo = await site.client.get("/api/demos/echo", headers=headers)
    docs = await site.client.get("/docs", headers=headers)
    assert ["no" in (view.json()["message"]).split(), '"message":"no"' in feed.text] in (
        [True] * 2,
        [False] * 2,
    )
    return {"Traceback" in answer.text for answer in (view, feed, many, demo)} | {docs.status_code == 200}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": "localhost:8600"}, {"Forwarded": "for=10.0.0.1"}, {"X-Forwarded-For": "198.51.100.7"}],
)
async def test_the_developer(tmp_path: Path, headers: dict[str, str]) -> None:
    """With the key everything is shown, whatever else a request says."""
    async with serving(tmp_path, developer=False) as site:
        assert await is_shown(site, {**headers, **GIVEN}) == {True}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:8600"},
        {"Cookie": f"{KEY.cookie}="},
        {"Cookie": f"{KEY.cookie}={KEY.value[:-1]}"},
        {"Cookie": f"{KEY.cookie}={KEY.value}x"},
        {"Cookie": f"{KEY.cookie}2={KEY.value}"},
        {"Cookie": "\xe4=; =;;, a"},
        {"Authorization": f"Bearer {KEY.value}"},
    ],
)
async def test_everybody_else(tmp_path: Path, headers: dict[str, str]) -> None:
    """Without it nothing is, on the developer's own machine neither."""
    async with serving(tmp_path, developer=False) as site:
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}
        assert await is_shown(site, encoded) == {False}  # type: ignore[arg-type]


async def test_no_key_without_dev(tmp_path: Path) -> None:
    """A server without `--dev` has no key, and an address with one is an address."""
    async with serving(tmp_path, dev=False, developer=False) as site:
        assert await is_shown(site, GIVEN) == {False}
        answer = await site.client.get(f"/api/demos?key={KEY.value}")
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/?key={}", "/"),
        ("/demos/echo?key={}", "/demos/echo"),
        ("/demos/echo?a=1&key={}&b=%C3%A4", "/demos/echo?a=1&b=%C3%A4"),
        ("//evil.example/?key={}", "/evil.example/"),
    ],
)
async def test_handing_over(tmp_path: Path, address: str, location: str) -> None:
    """The key goes from the address into a cookie that only this site's pages send, and no script reads."""
    async with serving(tmp_path, developer=False) as site:
        answer = await site.client.get(f"http://127.0.0.1:{site.port}{address.format(KEY.value)}")
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert answer.headers["set-cookie"] == (f"{KEY.cookie}={KEY.value}; Path=/; HttpOnly; SameSite=Strict")
    assert answer.headers["cache-control"] == "no-store"


async def test_handing_over_behind_a_proxy(tmp_path: Path) -> None:
    """The cookie is for the path below which the server is reached, and for HTTPS where that is in use."""
    said = {"X-Forwarded-Prefix": "/lab", "X-Forwarded-Proto": "https"}
    async with serving(tmp_path, developer=False, proxies=("127.0.0.1",)) as site:
        answer = await site.client.get(f"/demos/echo?key={KEY.value}", headers=said)
    assert answer.headers["location"] == "/lab/demos/echo"
    assert answer.headers["set-cookie"].endswith("; Path=/lab; HttpOnly; SameSite=Strict; Secure")


@pytest.mark.parametrize("query", ["key=", "key=wrong", "monkey=0123456789abcdef", "key"])
async def test_a_wrong_key(tmp_path: Path, query: str) -> None:
    """It changes nothing."""
    async with serving(tmp_path, developer=False) as site:
        answer = await site.client.get(f"/api/demos?{query}")
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


def test_keys() -> None:
    """Each start has a key of its own, and each port a cookie of its own."""
    one, other = new_key(1), new_key(2)
    assert one.value != other.value
    assert one.cookie != other.cookie
    assert one.address("http://localhost:1") == f"http://localhost:1/?key={one.value}"
    scope: Any = {"type": "http", "method": "GET", "headers": [(b"cookie", f"k={one.value}".encode())]}
    assert DeveloperKey(one.value, cookie="k").is_sent(ASGIConnection(scope))


async def test_errors_that_are_shown(tmp_path: Path) -> None:
    """With `errors: shown` visitors read the exception, and still no traceback."""
    demos = {"echo": make_demo(), "open": make_demo(address="open", shows_errors=True)}
    read = {}
    async with serving(tmp_path, demos=demos, developer=False) as site:
        for demo in demos:
            run = await site.start(demo)
            site.slot.end(Ending(fault="developer", message="ValueError: no", detail="Traceback"))
            view = (await site.client.get(f"/api/runs/{run}")).json()
            read[demo] = (view["message"].replace(run[:8], "RUN"), view["detail"])
            assert view["message"] in (await site.client.get(f"/api/runs/{run}/events")).text
    assert read == {
        "open": ("ValueError: no", None),
        "echo": ("The demo failed; the server's log has the reason under the number RUN", None),
    }
