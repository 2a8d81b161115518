"""By which names a server may be asked."""

from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from gradstream.server.http.own_names import OwnNames
from tests.unit.server.site import serving

LOOPBACK = [
    "localhost",
    "LOCALHOST:8600",
    "localhost.:8600",
    "demo.localhost",
    "127.0.0.1",
    "127.9.9.9:1",
    "[::1]:8600",
    "[::1]",
]
OTHERS = [
    "evil.test",
    "evil.test:8600",
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "evil.test@127.0.0.1",
    "127.0.0.1@evil.test",
    "0.0.0.0:8600",
    "[::]:8600",
    "192.168.0.7",
    "localhost/evil.test",
    "localhost evil.test",
    "localhost:port",
    "",
    ".",
    "b\xe4d",
]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_names(host: str) -> None:
    """They name a server on a loopback address, whatever else names it."""
    assert OwnNames(bound_to_loopback=True).has(host)
    assert OwnNames(bound_to_loopback=True, hosts=frozenset({"lab.example"})).has(host)


@pytest.mark.parametrize("host", OTHERS)
def test_other_names(host: str) -> None:
    """No other name does, however it is written."""
    assert not OwnNames(bound_to_loopback=True).has(host)


@pytest.mark.parametrize("bound", [True, False])
def test_listed_names(*, bound: bool) -> None:
    """Listed names are answered on any address, with all below one that begins with a star."""
    names = OwnNames(bound_to_loopback=bound, hosts=frozenset({"lab.example", "*.demos.example"}))
    for host in ("lab.example", "Lab.Example:443", "a.demos.example", "a.b.demos.example:8600"):
        assert names.has(host)
    for host in ("demos.example", "other.example", "evil-demos.example", "lab.example.evil.test"):
        assert not names.has(host)


def test_any_name_on_another_address() -> None:
    """Where others can reach the server and no name is listed, every name is answered, and nothing else."""
    names = OwnNames(bound_to_loopback=False)
    assert names.has("whatever.example:80")
    assert names.has("192.0.2.1")
    assert not any(map(names.has, ("[::1", "a b", "", "whatever.example/path", "a@b")))


async def test_the_answer(tmp_path: Path) -> None:
    """Every route answers 421 with what to do, and a WebSocket is not opened."""
    async with serving(tmp_path) as site:
        for path in ("/demos/echo", "/api/demos", "/health/live", "/assets/x.js", "/nowhere"):
            answer = await site.client.get(path, headers={"Host": "evil.test"})
            assert answer.status_code == 421
            assert answer.headers["content-type"] == "application/problem+json"
        answer = await site.client.get("/", headers={"Host": "evil.test"})
        assert answer.json()["detail"] == (
            "This server is not asked by the name 'evil.test'. If it is one of its own, list the name under "
            "`access: hosts:` in gradstream.yaml and start the server again"
        )
        started = await site.client.post("/api/demos/echo/runs", json={}, headers={"Host": "evil.test"})
        assert started.status_code == 421
        nameless = await site.client.get("/", headers={"Host": ""})
        assert nameless.status_code == 421
        with pytest.raises(InvalidStatus) as refused:
            async with site.connect(Host="evil.test"):
                pass
        assert refused.value.response.status_code == 421
        assert len((await site.client.get("/", headers={"Host": "e" * 5000})).content) < 1000
