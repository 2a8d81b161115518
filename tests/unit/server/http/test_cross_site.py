"""Who may start, stop and send."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.server.site import Site, serving

LAB: dict[str, Any] = {
    "origins": frozenset({"https://friend.example"}),
    "hosts": frozenset({"lab.example"}),
}

OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
    {"Host": "lab.example", "Origin": "https://lab.example"},
    {"Host": "lab.example:443", "Origin": "https://lab.example"},
    {"Host": "LAB.example", "Origin": "https://lab.example"},
    {"Host": "lab.example:8000", "Origin": "http://lab.example:8000"},
    {"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"},
]
OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Host": "lab.example", "Origin": "https://lab.example"},
    {"Host": "lab.example", "Origin": "https://lab.example.evil.example"},
    {"Host": "lab.example", "Origin": "https://lab.example:444"},
    {"Host": "lab.example:8000", "Origin": "http://lab.example:8001"},
    {"Host": "lab.example", "Origin": "null"},
    {"Host": "lab.example", "Origin": "https://lab.example:port"},
    {"Host": "lab.example", "Origin": ""},
]


@pytest.mark.parametrize("headers", OWN)
async def test_own_pages(tmp_path: Path, headers: dict[str, str]) -> None:
    """This site's pages, listed origins, and clients other than browsers may start, send and stop."""
    async with serving(
        tmp_path, origins=frozenset({"https://friend.example"}), hosts=frozenset({"lab.example"})
    ) as site:
        assert await statuses(site, headers) == [201, 201, 204]


@pytest.mark.parametrize("headers", OTHERS)
async def test_other_sites_pages(tmp_path: Path, headers: dict[str, str]) -> None:
    """Another site's page may do none of that, and gets a problem document."""
    async with serving(
        tmp_path, origins=frozenset({"https://friend.example"}), hosts=frozenset({"lab.example"})
    ) as site:
        assert await statuses(site, headers) == [403, 403, 403]
        answer = await site.client.post("/api/demos/echo/runs", json={}, headers=headers)
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await site.client.get("/api/demos", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", OWN)
async def test_own_pages_prepare_a_worker(tmp_path: Path, headers: dict[str, str]) -> None:
    """Reading a demo with `open` prepares its worker for those who may start runs; its page does not."""
    async with serving(
        tmp_path, origins=frozenset({"https://friend.example"}), hosts=frozenset({"lab.example"})
    ) as site:
        await site.client.get("/api/demos/echo?open=1", headers=headers)
        await site.client.get("/demos/echo", headers=headers)
        assert site.engine.opened == ["echo"]


@pytest.mark.parametrize("headers", OTHERS)
async def test_other_sites_pages_prepare_no_worker(tmp_path: Path, headers: dict[str, str]) -> None:
    """Another site's page starts no process by loading these addresses, as an image for example."""
    async with serving(
        tmp_path, origins=frozenset({"https://friend.example"}), hosts=frozenset({"lab.example"})
    ) as site:
        answer = await site.client.get("/api/demos/echo?open=1", headers=headers)
        assert answer.status_code == 200
        await site.client.get("/demos/echo", headers={**headers, "Sec-Fetch-Mode": "no-cors"})
        await site.client.get("/api/demos/echo?open=1", headers={**headers, "Sec-Fetch-Mode": "navigate"})
        assert site.engine.opened == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"},
    ],
)
async def test_what_is_only_fetched_prepares_no_worker(site: Site, headers: dict[str, str]) -> None:
    """A page that a crawler, a browser ahead of time, a link or an image fetches starts no process."""
    for path in ("/demos/echo", "/demos/echo/embed", "/api/demos/echo", "/api/demos/echo?open=1"):
        await site.client.get(path, headers=headers)
    await site.client.head("/api/demos/echo?open=1")
    await site.client.get("/demos/echo")
    assert site.engine.opened == []


async def statuses(site: Site, headers: dict[str, str]) -> list[int]:
    """Try to start a run, to send a file, and to stop a run."""
    run = await site.start()
    started = await site.client.post("/api/demos/echo/runs", json={}, headers=headers)
    sent = await site.client.post("/api/uploads", files={"file": ("a.txt", b"a")}, headers=headers)
    stopped = await site.client.delete(f"/api/runs/{run}", headers=headers)
    return [started.status_code, sent.status_code, stopped.status_code]


async def test_the_missing_line_of_a_proxy(site: Site) -> None:
    """Where Host is not the name of the page, the refusal says which line the proxy lacks."""
    headers = {"Origin": "http://lab.example:8080", "Host": f"127.0.0.1:{site.port}"}
    answer = await site.client.post("/api/demos/echo/runs", json={}, headers=headers)
    assert answer.json()["detail"] == (
        "The page is of http://lab.example:8080, and the request came with the header "
        f"`Host: 127.0.0.1:{site.port}`. If a proxy is in between, it must pass on the name by which it was "
        "asked, `Host: lab.example:8080`: in nginx with the line `proxy_set_header Host $http_host;`. If the "
        "page is of another site, that site can be allowed under access.origins"
    )
    answer = await site.client.post("/api/demos/echo/runs", headers={"Origin": "http://["})
    assert answer.status_code == 403
