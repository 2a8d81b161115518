"""One run's feed as server-sent events."""

import asyncio
from pathlib import Path

import pytest

from gradstream.events.types import Append
from gradstream.format.types import OnDisconnect
from gradstream.ipc.protocol import Ending
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Reader, Site, serving


async def test_replay_then_live(site: Site) -> None:
    """A feed has what has happened, then what happens, and ends with the run."""
    run = await site.start()
    site.slot.tell(Append(output="text", text="a"))
    async with site.client.stream("GET", f"/api/runs/{run}/events") as answer:
        reader = Reader(answer)
        first = {"id": "1", "event": "running", "data": '{"type":"running","seq":1}'}
        assert await reader.next() == first
        grown = '{"type":"append","seq":2,"output":"text","text":"a"}'
        assert await reader.next() == {"id": "2", "event": "append", "data": grown}
        site.slot.tell(Append(output="text", text="b"))
        assert (await reader.next())["data"] == '{"type":"append","seq":3,"output":"text","text":"b"}'
        site.slot.end()
        assert [event["event"] for event in await reader.rest()] == ["succeeded"]


async def test_headers(site: Site) -> None:
    """A feed asks every proxy to pass it on at once and to keep nothing."""
    run = await site.start()
    async with site.client.stream("GET", f"/api/runs/{run}/events") as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["cache-control"] == "no-store"
        site.slot.end()
        await Reader(answer).rest()


@pytest.mark.parametrize(
    ("query", "headers", "first"),
    [
        ("", {}, "1"),
        ("?after=0", {}, "1"),
        ("?after=2", {}, "3"),
        ("", {"Last-Event-ID": "3"}, "4"),
        ("?after=1", {"Last-Event-ID": "2"}, "3"),
    ],
)
async def test_going_on(site: Site, query: str, headers: dict[str, str], first: str) -> None:
    """A feed begins after the number that was seen; Last-Event-ID wins over the query."""
    run = await site.start()
    site.slot.tell(*[Append(output="text", text=str(number)) for number in range(3)])
    site.slot.end()
    answer = await site.client.get(f"/api/runs/{run}/events{query}", headers=headers)
    assert answer.text.startswith(f"id: {first}\n")


@pytest.mark.parametrize("number", ["2", "3", "999"])
async def test_nothing_follows(site: Site, number: str) -> None:
    """After the last event there is nothing to wait for."""
    run = await site.start()
    site.slot.end()
    answer = await site.client.get(f"/api/runs/{run}/events", headers={"Last-Event-ID": number})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "²", "1" * 5000])
async def test_no_number(site: Site, after: str) -> None:
    """An invalid event number is refused."""
    run = await site.start()
    answer = await site.client.get(f"/api/runs/{run}/events", params={"after": after})
    assert (answer.status_code, answer.json()["detail"]) == (400, "after or Last-Event-ID takes a number")


async def test_a_sign_of_life(tmp_path: Path) -> None:
    """A silent feed says that it is alive at each beat."""
    async with serving(tmp_path, interval_s=0.01) as site:
        run = await site.start()
        async with site.client.stream("GET", f"/api/runs/{run}/events") as answer:
            reader = Reader(answer)
            assert (await reader.next())["event"] == "running"
            assert await reader.next() == {"comment": "alive"}
            assert await reader.next() == {"comment": "alive"}
            site.slot.end()
            assert [event["event"] for event in await reader.rest() if "event" in event] == ["succeeded"]


async def test_the_server_ends(site: Site) -> None:
    """A server that is about to end closes its feeds; the run itself is not touched by that."""
    run = await site.start()
    async with site.client.stream("GET", f"/api/runs/{run}/events") as answer:
        reader = Reader(answer)
        await reader.next()
        site.services.heartbeat.close()
        assert await reader.rest() == []
    assert (await site.client.get(f"/api/runs/{run}")).json()["status"] == "running"


@pytest.mark.parametrize(
    ("on_disconnect", "body"),
    [
        ("stop", {}),
        (0.001, {}),
        ("keep", {"on_disconnect": "stop"}),
        (3600.0, {"on_disconnect": "1ms"}),
    ],
)
async def test_a_reader_that_goes(tmp_path: Path, on_disconnect: OnDisconnect, body: dict[str, str]) -> None:
    """A feed that is closed by its reader counts no longer: the run is canceled as was said."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect=on_disconnect)}) as site:
        asked = site.client.stream(
            "POST", "/api/demos/echo/runs", json=body, headers={"Accept": "text/event-stream"}
        )
        async with asked as answer:
            await Reader(answer).next()
            run = answer.headers["location"].rpartition("/")[2]
        found = site.service.get(run)
        assert found is not None
        over = asyncio.Event()
        found.journal.subscribe(over.set)
        if not found.is_over:
            await over.wait()
        assert (await site.client.get(f"/api/runs/{run}")).json()["by"] == "left"


async def test_asking_for_the_head_is_no_reading(tmp_path: Path) -> None:
    """HEAD of a feed answers with its headers and does not count as a reader who leaves."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        answer = await site.client.head(f"/api/runs/{run}/events")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream")
        assert (await site.client.get(f"/api/runs/{run}")).json()["status"] == "running"


async def test_tracebacks(site: Site) -> None:
    """A failure's traceback is in the feed for the developer, and not even its message for others."""
    run = await site.start()
    site.slot.end(Ending(fault="developer", message="no", detail="Traceback"))
    shown = await site.client.get(f"/api/runs/{run}/events")
    hidden = await site.client.get(f"/api/runs/{run}/events", headers={"Cookie": "gradstream_key=other"})
    assert "Traceback" in shown.text
    assert '"message":"no"' in shown.text
    assert "Traceback" not in hidden.text
    assert f'"The demo failed; the server\'s log has the reason under the number {run[:8]}"' in hidden.text
