"""The page's one connection."""

import json
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from gradstream.events.types import Append
from gradstream.ipc.protocol import Ending
from tests.unit.played_engine import make_demo
from tests.unit.server.site import KEY, Reader, Site, next_frame, serving, snapshot_of

READER = "reader-of-a-page"


async def ask(socket: ClientConnection, **request: Any) -> None:
    """Send a request of the page."""
    await socket.send(json.dumps(request))


async def test_replay_then_live(site: Site) -> None:
    """The events of a subscribed run are sent from a number on, with everything new in one frame."""
    run = await site.start()
    site.slot.tell(Append(output="text", text="a"), Append(output="text", text="b"))
    async with site.connect() as socket:
        await ask(socket, subscribe={"run": run, "after": 1})
        assert await next_frame(socket) == [
            {"run": run, "seq": 2, "type": "append", "output": "text", "text": "a"},
            {"run": run, "seq": 3, "type": "append", "output": "text", "text": "b"},
        ]
        site.slot.tell(Append(output="text", text="c"))
        site.slot.end()
        frame = await next_frame(socket)
        assert [(one["seq"], one["type"]) for one in frame] == [(4, "append"), (5, "succeeded")]


async def test_several_runs_and_the_catalog(site: Site, tmp_path: Path) -> None:
    """One connection carries all that a tab shows."""
    first, second = await site.start(), await site.start()
    async with site.connect() as socket:
        await ask(socket, subscribe={"run": first, "after": 1})
        await ask(socket, subscribe={"run": second, "after": 1})
        await ask(socket, catalog=1)
        site.store.swap(snapshot_of(tmp_path, {"other": make_demo("other")}))
        seen = await next_frame(socket)
        assert seen == [{"type": "catalog", "version": 2, "demos": ["other"], "removed": ["echo"]}]
        site.engine.slots[1].end()
        (end,) = await next_frame(socket)
        assert (end["run"], end["type"]) == (second, "succeeded")


async def test_unsubscribing(site: Site) -> None:
    """Nothing more is sent of a run after unsubscribing."""
    first, second = await site.start(), await site.start()
    async with site.connect() as socket:
        await ask(socket, subscribe={"run": first})
        await next_frame(socket)
        await ask(socket, unsubscribe=first, subscribe={"run": second})
        await next_frame(socket)
        site.engine.slots[0].tell(Append(output="text", text="unheard"))
        site.engine.slots[1].tell(Append(output="text", text="heard"))
        (told,) = await next_frame(socket)
        assert (told["run"], told["text"]) == (second, "heard")


async def test_subscribing_again(site: Site) -> None:
    """Subscribing to a run again starts over from the given number."""
    run = await site.start()
    async with site.connect() as socket:
        for _ in range(2):
            await ask(socket, subscribe={"run": run, "after": 0})
            assert [one["seq"] for one in await next_frame(socket)] == [1]


async def test_gone(site: Site) -> None:
    """An unknown run is reported as gone."""
    async with site.connect() as socket:
        await ask(socket, subscribe={"run": "nothing", "after": 3})
        assert await next_frame(socket) == [{"run": "nothing", "type": "gone"}]


@pytest.mark.parametrize(
    ("request_", "detail"),
    [
        ("hello", "Invalid request: JSON is malformed: invalid character (byte 0)"),
        (b"\x00", "Invalid request: Input data was truncated"),
        ("{}", "A request needs subscribe, unsubscribe, catalog or alive"),
        (
            '{"subscribe": {"after": 1}}',
            "Invalid request: Object missing required field `run` - at `$.subscribe`",
        ),
        ('{"stop": "x"}', "Invalid request: Object contains unknown field `stop`"),
        ('{"catalog": -1}', "Invalid request: Expected `int` >= 0 - at `$.catalog`"),
        ('{"unsubscribe": "' + "x" * 5000 + '"}', "A request may have at most 4,096 characters"),
    ],
)
async def test_no_request(site: Site, request_: str | bytes, detail: str) -> None:
    """An invalid request is answered with the reason, and the connection is closed."""
    async with site.connect() as socket:
        await socket.send(request_)
        (problem,) = await next_frame(socket)
        assert problem == {"type": "problem", "title": "Bad Request", "status": 400, "detail": detail}
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
async def test_other_sites(site: Site, headers: dict[str, str]) -> None:
    """Another site's page cannot open the connection."""
    with pytest.raises(Exception, match="403"):
        async with site.connect(**headers):
            pass


async def test_a_reader_that_goes(tmp_path: Path) -> None:
    """A tab that is closed counts no longer as a reader of its runs."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        async with site.connect() as socket:
            await ask(socket, subscribe={"run": run})
            await next_frame(socket)
        async with site.client.stream("GET", f"/api/feed?runs={run}:1&wait=60") as answer:
            assert '"by":"left"' in (await answer.aread()).decode()


async def was_left(site: Site, run: str) -> bool:
    """Return whether a run was ended because nobody was there."""
    state = (await site.client.get(f"/api/runs/{run}")).json()
    return bool(state["by"] == "left")


@pytest.mark.parametrize(("code", "has_left"), [(1000, True), (1001, False), (4000, False), (1005, False)])
async def test_what_the_end_of_a_connection_says(tmp_path: Path, code: int, *, has_left: bool) -> None:
    """A page that says it leaves has left; one that says it will be back, or nothing, is silent."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        async with site.connect(reader=READER) as socket:
            await ask(socket, subscribe={"run": run})
            await next_frame(socket)
            if code == 1005:
                socket.transport.close()
            else:
                await socket.close(code)
        async with site.client.stream("GET", f"/api/runs/{run}/events?after=1") as answer:
            if has_left:
                await answer.aread()
        assert await was_left(site, run) == has_left
        leaving = {"reader": READER, "runs": [run, "unknown"]}
        assert (await site.client.post("/api/leave", json=leaving)).status_code == 204
        assert await was_left(site, run)


@pytest.mark.parametrize(
    ("leaving", "detail"),
    [
        ({"runs": []}, "Object missing required field `reader`"),
        (
            {"reader": "short", "runs": []},
            "Expected `str` matching regex '^[0-9A-Za-z_-]{16,64}$' - at `$.reader`",
        ),
        ({"reader": READER, "runs": ["r"] * 1001}, "One connection carries at most 1000 runs"),
    ],
)
async def test_leaving_in_another_shape(site: Site, leaving: dict[str, Any], detail: str) -> None:
    """What does not say who leaves what is refused with what it should be."""
    answer = await site.client.post("/api/leave", json=leaving)
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)


async def test_a_reader_of_another_shape(site: Site) -> None:
    """A name that is no name is refused, on the feed as on the socket."""
    answer = await site.client.get("/api/feed?catalog=1&reader=short")
    assert (answer.status_code, answer.json()["detail"]) == (400, "reader takes 16 to 64 letters and digits")
    async with site.connect(reader="short") as socket:
        (problem,) = await next_frame(socket)
        assert problem["detail"] == "reader takes 16 to 64 letters and digits"


async def test_a_feed_with_a_name(tmp_path: Path) -> None:
    """Its end says nothing of why: the run goes on until the reader says that it leaves."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        for query in (f"/api/feed?runs={run}:0&reader={READER}", f"/api/runs/{run}/events"):
            async with site.client.stream("GET", query) as answer:
                await Reader(answer).next()
        assert not await was_left(site, run)
        await site.client.post("/api/leave", json={"reader": READER, "runs": [run]})
        assert await was_left(site, run)


async def test_a_sign_of_life(tmp_path: Path) -> None:
    """A socket carries an empty frame at each beat."""
    async with serving(tmp_path, interval_s=0.01) as site, site.connect() as socket:
        assert await next_frame(socket) == []


async def test_a_page_that_stops_answering_is_silent(tmp_path: Path) -> None:
    """After three signs of life without an answer `on_lost` begins, though the connection stands."""
    demos = {"echo": make_demo(on_lost="stop")}
    async with serving(tmp_path, demos=demos, interval_s=0.01) as site, site.connect() as socket:
        run = await site.start()
        await ask(socket, subscribe={"run": run}, alive=True)
        frames = await next_frame(socket)
        while not any(one.get("by") == "left" for one in frames):
            frames = await next_frame(socket)


async def test_the_server_ends(site: Site) -> None:
    """A server that is about to end says so by closing the connection."""
    async with site.connect() as socket:
        site.services.heartbeat.close()
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012


async def test_tracebacks(site: Site) -> None:
    """A failure's traceback is sent to the developer, and to nobody else."""
    run = await site.start()
    site.slot.end(Ending(fault="developer", message="no", detail="Traceback"))
    details = []
    for headers in ({"Cookie": f"{KEY.cookie}={KEY.value}"}, {}):
        async with site.connect(**headers) as socket:
            await ask(socket, subscribe={"run": run, "after": 1})
            details.append((await next_frame(socket))[0].get("detail"))
    assert details == ["Traceback", None]
