"""The multiplexed feed."""

import json
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError

from gradstream.events.types import Append
from gradstream.limits import Limits
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Reader, Site, serving, snapshot_of


async def drain(socket: ClientConnection) -> None:
    """Receive until the connection is closed."""
    while True:
        await socket.recv()


async def test_several_runs(site: Site) -> None:
    """Each event says whose it is, and its id is where to go on with all of them."""
    first, second = await site.start(), await site.start()
    site.engine.slots[0].tell(Append(output="text", text="a"))
    for slot in site.engine.slots:
        slot.end()
    answer = await site.client.get(f"/api/feed?runs={first}:1,{second}:0")
    events = [event.split("\n") for event in answer.text.strip().split("\n\n")]
    data = [json.loads(lines[2].removeprefix("data: ")) for lines in events]
    assert [(one["run"], one["seq"], one["type"]) for one in data] == [
        (first, 2, "append"),
        (first, 3, "succeeded"),
        (second, 1, "running"),
        (second, 2, "succeeded"),
    ]
    assert [lines[0] for lines in events] == [
        f"id: {first}:2,{second}:0",
        f"id: {first}:3,{second}:0",
        f"id: {first}:3,{second}:1",
        f"id: {first}:3,{second}:2",
    ]
    assert [lines[1] for lines in events] == [
        "event: append",
        "event: succeeded",
        "event: running",
        "event: succeeded",
    ]


async def test_going_on(site: Site) -> None:
    """The id of any event, sent back, resumes after it, whatever the query says."""
    first, second = await site.start(), await site.start()
    for slot in site.engine.slots:
        slot.tell(Append(output="text", text="a"))
        slot.end()
    query = f"/api/feed?runs={first}:0,{second}:0"
    whole = (await site.client.get(query)).text.strip().split("\n\n")
    for number, event in enumerate(whole[:-1], 1):
        cursor = event.split("\n")[0].removeprefix("id: ")
        rest = await site.client.get(query, headers={"Last-Event-ID": cursor})
        assert rest.text.strip().split("\n\n") == whole[number:]
    last = whole[-1].split("\n")[0].removeprefix("id: ")
    assert (await site.client.get(query, headers={"Last-Event-ID": last})).status_code == 204


async def test_live(site: Site) -> None:
    """A feed goes on live and ends when all of its runs are over."""
    first, second = await site.start(), await site.start()
    async with site.client.stream("GET", f"/api/feed?runs={first}:1,{second}:1") as answer:
        reader = Reader(answer)
        site.engine.slots[1].tell(Append(output="text", text="b"))
        assert json.loads((await reader.next())["data"])["run"] == second
        site.engine.slots[0].end()
        assert json.loads((await reader.next())["data"])["type"] == "succeeded"
        site.engine.slots[1].end()
        assert [event["event"] for event in await reader.rest()] == ["succeeded"]


async def test_unknown_runs_are_gone(site: Site) -> None:
    """An unknown run is reported as gone, and the others continue."""
    run = await site.start()
    site.slot.end()
    events = (await site.client.get(f"/api/feed?runs=nothing:4,{run}:1")).text.strip().split("\n\n")
    assert events[0] == f'id: {run}:1\nevent: gone\ndata: {{"run":"nothing","type":"gone"}}'
    assert events[1].startswith(f"id: {run}:2\nevent: succeeded\n")


async def test_the_catalog(site: Site, tmp_path: Path) -> None:
    """A change of the catalog is sent to clients with an earlier version, with what changed."""
    async with site.client.stream("GET", "/api/feed?catalog=1") as answer:
        reader = Reader(answer)
        site.store.swap(snapshot_of(tmp_path, {"other": make_demo("other")}))
        event = await reader.next()
        assert (event["id"], event["event"]) == ("catalog:2", "catalog")
        assert json.loads(event["data"]) == {
            "type": "catalog",
            "version": 2,
            "demos": ["other"],
            "removed": ["echo"],
        }
    late = await site.client.get("/api/feed?catalog=1&wait=20")
    assert late.text == f"id: catalog:2\nevent: catalog\ndata: {event['data']}\n\n"


async def test_long_poll(site: Site) -> None:
    """With `wait` the answer has what is new at once and ends, or ends after that time with nothing."""
    run = await site.start()
    at_once = await site.client.get(f"/api/feed?runs={run}:0&wait=20")
    assert at_once.text.startswith(f"id: {run}:1\nevent: running\n")
    in_vain = await site.client.get(f"/api/feed?runs={run}:1&wait=0.01")
    assert (in_vain.status_code, in_vain.text) == (200, ": alive\n\n")


async def test_long_poll_hears_of_what_happens(site: Site) -> None:
    """A poll that waits is answered as soon as something happens."""
    run = await site.start()
    async with site.client.stream("GET", f"/api/feed?runs={run}:1&wait=60") as answer:
        site.slot.tell(Append(output="text", text="a"))
        assert [event["event"] for event in await Reader(answer).rest()] == ["append"]


async def test_a_poll_is_a_reader_between_two_polls(tmp_path: Path) -> None:
    """A run that stops with its last reader does not stop because a poll was answered."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        await site.client.get(f"/api/feed?runs={run}:0&wait=20")
        assert (await site.client.get(f"/api/runs/{run}")).json()["status"] == "running"


async def test_asking_for_the_head_follows_nothing(tmp_path: Path) -> None:
    """HEAD of a feed leaves no reader behind: the run is canceled when its last real reader leaves."""
    async with serving(tmp_path, demos={"echo": make_demo(on_disconnect="stop")}) as site:
        run = await site.start()
        for query in (f"runs={run}:0", f"runs={run}:0&wait=20"):
            answer = await site.client.head(f"/api/feed?{query}")
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream")
        async with site.client.stream("GET", f"/api/runs/{run}/events") as answer:
            await Reader(answer).next()
        events = (await site.client.get(f"/api/runs/{run}/events")).text
        assert '"by":"left"' in events


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("", "The query needs runs or catalog"),
        ("runs=", "The query needs runs or catalog"),
        ("runs=abc", "'abc' is not of the form ID:number"),
        ("runs=abc:x", "'abc:x' is not of the form ID:number"),
        ("runs=a%0Ab:1", "'a\\nb:1' is not of the form ID:number"),
        ("catalog=x", "catalog takes a number"),
        ("catalog=" + "1" * 5000, "catalog takes a number"),
        ("catalog=1&wait=x", "wait takes 0 to 60 seconds"),
        ("catalog=1&wait=61", "wait takes 0 to 60 seconds"),
        ("catalog=1&wait=1_0", "wait takes 0 to 60 seconds"),
        ("catalog=1&wait=%D9%A3", "wait takes 0 to 60 seconds"),
        ("catalog=1&wait=nan", "wait takes 0 to 60 seconds"),
    ],
)
async def test_queries_of_another_shape(site: Site, query: str, detail: str) -> None:
    """A query that does not say what to read is refused with what it should be."""
    answer = await site.client.get(f"/api/feed?{query}")
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)


async def test_too_many_runs(site: Site) -> None:
    """A feed carries a bounded number of runs."""
    runs = ",".join(f"{number:032x}:0" for number in range(1001))
    answer = await site.client.get("/api/feed", headers={"Last-Event-ID": runs})
    assert (answer.status_code, answer.json()["detail"]) == (400, "One feed carries at most 1000 runs")


async def test_a_sign_of_life(tmp_path: Path) -> None:
    """A silent feed says that it is alive at each beat."""
    async with (
        serving(tmp_path, interval_s=0.01) as site,
        site.client.stream("GET", "/api/feed?catalog=1") as answer,
    ):
        assert await Reader(answer).next() == {"comment": "alive"}


async def test_more_runs_than_are_followed(tmp_path: Path) -> None:
    """One connection follows as many runs as `followed_runs` says, and leaves no more."""
    async with serving(tmp_path, limits=Limits(followed_runs=2)) as site:
        refusals = [
            await site.client.get("/api/feed?wait=0&runs=a:0,b:0,c:0"),
            await site.client.get("/api/feed?wait=0", headers={"Last-Event-ID": "a:1,b:1,c:1,d:1"}),
            await site.client.post("/api/leave", json={"reader": "r" * 16, "runs": ["a", "b", "c"]}),
        ]
        assert [answer.status_code for answer in refusals] == [400, 400, 400]
        assert (await site.client.get("/api/feed?wait=0&runs=a:0,b:0&catalog=1")).status_code == 200
        async with site.connect() as socket:
            for _ in range(3):
                await socket.send(f'{{"subscribe": {{"run": "{await site.start()}"}}}}')
            with pytest.raises(ConnectionClosedError, match="1008"):
                await drain(socket)
