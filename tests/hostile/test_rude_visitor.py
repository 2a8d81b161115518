"""A visitor who takes all there is leaves a share to others."""

import asyncio
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from gradstream.format.types import RunLimits
from gradstream.limits import Limits
from gradstream.server.http.session import HEADER
from tests.unit.played_engine import make_demo
from tests.unit.server.site import serving

RUNS = "/api/demos/echo/runs"


async def test_a_queue_that_one_visitor_fills(tmp_path: Path) -> None:
    """The next visitor still finds a place."""
    demo = make_demo(limits=RunLimits(concurrency=1, queue=3))
    async with serving(tmp_path, demos={"echo": demo}) as site:
        codes = [(await site.client.post(RUNS, headers={HEADER: "rude"})).status_code for _ in range(5)]
        other = await site.client.post(RUNS, headers={HEADER: "other"})
    assert (codes, other.status_code) == ([201, 201, 201, 429, 429], 201)


@pytest.mark.parametrize("limits", [Limits(session_runs=2), Limits(address_runs=2)])
async def test_more_runs_than_a_visitor_may_have(tmp_path: Path, limits: Limits) -> None:
    """A further run is refused until one has ended, whatever session it is of if the address has too many."""
    async with serving(tmp_path, limits=limits) as site:
        sessions = ["a", "a", "a" if limits.session_runs == 2 else "b"]
        answers = [await site.client.post(RUNS, headers={HEADER: one}) for one in sessions]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert answers[2].headers["retry-after"] == "5"
        assert answers[2].json()["title"] == "Too many runs"
        site.slot.end()
        assert (await site.client.post(RUNS, headers={HEADER: sessions[2]})).status_code == 201


async def test_more_connections_than_an_address_may_have(tmp_path: Path) -> None:
    """Sockets and feeds count; a further one is refused with 429, and one that ends makes room."""
    async with serving(tmp_path, limits=Limits(address_connections=2)) as site:
        run = await site.start()
        async with site.connect(), site.client.stream("GET", f"/api/runs/{run}/events"):
            assert (await site.client.get("/health/live")).status_code == 429
            with pytest.raises(InvalidStatus) as refusal:
                await site.connect()
            assert refusal.value.response.status_code == 429
        while (await site.client.get("/health/live")).status_code == 429:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_uploads_without_end(tmp_path: Path) -> None:
    """They drop the visitor's own files, and no other's."""
    async with serving(tmp_path, limits=Limits(visitor_upload_files=3)) as site:

        async def send(session: str) -> None:
            answer = await site.client.post(
                "/api/uploads", files={"file": ("a.txt", b"")}, headers={HEADER: session}
            )
            assert answer.status_code == 201

        await send("other")
        for _ in range(20):
            await send("rude")
        assert len(list((tmp_path / "uploads").iterdir())) == 4
