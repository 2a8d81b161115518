"""Every route of the wire, on a real server with real workers."""

import asyncio
import base64
import json
import re
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.transports import Sse, read_to_end
from tests.acceptance.wire_catalog import open_gate
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Server

ME = {"X-Gradstream-Session": "a-session-of-this-test"}
YOU = {"X-Gradstream-Session": "another-session"}


@pytest.fixture
async def client(wire: Server) -> AsyncIterator[Client]:
    """Return a client of the shared server."""
    async with client_of(wire) as opened:
        yield opened


def png(width: int, height: int) -> bytes:
    """Return a black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\0\0\0" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """Assert that an answer is a problem document of this status, and return it."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["type"]
    return problem


@pytest.mark.parametrize("path", ["/", "/demos/count", "/demos/count/embed", "/demos/broken"])
async def test_pages(client: Client, path: str) -> None:
    """The catalog and each demo have a page, a broken demo too."""
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_the_catalog(client: Client) -> None:
    """The catalog lists every demo but drafts, the broken one with what is wrong."""
    catalog = (await client.get("/api/demos")).json()
    listed = {demo["address"]: demo for demo in catalog["demos"]}
    assert catalog["title"] == "Wire"
    assert {"count", "chat", "broken"} <= set(listed)
    assert "draft" not in listed
    assert (listed["count"]["status"], listed["broken"]["status"]) == ("ready", "broken")
    assert listed["broken"]["mistake"] == "1 mistake in demos/broken.yaml, line 5"


async def test_a_demo(client: Client) -> None:
    """A demo says what it takes, what it gives, and where it comes from; a draft is served too."""
    demo = (await client.get("/api/demos/count")).json()
    assert [(one["name"], one["type"]) for one in demo["inputs"]] == [("limit", "number"), ("gate", "text")]
    assert [(one["name"], one["type"]) for one in demo["outputs"]] == [("number", "number")]
    assert demo["source"].startswith("gradstream: 1\n")
    assert (await client.get("/api/demos/draft")).status_code == 200
    assert_problem(await client.get("/api/demos/nothing"), 404)


async def test_a_broken_demo(client: Client) -> None:
    """A broken demo says where its mistakes are, and cannot run."""
    demo = (await client.get("/api/demos/broken")).json()
    (found,) = demo["diagnostics"]
    assert (demo["status"], found["file"], found["line"]) == ("broken", "demos/broken.yaml", 5)
    problem = assert_problem(await client.post("/api/demos/broken/runs", json={"inputs": {}}), 409)
    assert problem["diagnostics"][0]["line"] == 5


async def test_an_import_that_fails_is_seen_on_opening(client: Client) -> None:
    """What importing says is known when a page was opened, before anyone presses Run, at Python's line."""
    before = (await client.get("/api/demos/unimportable?open=1")).json()
    version = before["version"]
    while not (demo := (await client.get("/api/demos/unimportable")).json())["diagnostics"]:
        feed = await client.get(f"/api/feed?catalog={version}&wait=20")
        # Without a change for so long, there is none in it.
        for data in re.findall(r"(?m)^data: (.*)$", feed.text):
            version = json.loads(data)["version"]
    (found,) = demo["diagnostics"]
    assert (found["severity"], found["file"], found["line"]) == ("error", "missing_library_user.py", 1)
    assert "a_library_that_is_not_there" in found["message"] + found["found"]
    # Another test may have opened it before.
    assert before["diagnostics"] == demo["diagnostics"] or demo["revision"] != before["revision"]


async def test_starting_a_run(client: Client) -> None:
    """Starting a run answers 201 with its id, and where it is."""
    answer = await client.post("/api/demos/count/runs", json={"inputs": {"limit": 1}, "action": "run"})
    run = answer.json()["run"]
    assert (answer.status_code, answer.json()) == (201, {"run": run, "recorded_at": None})
    assert (await client.get(answer.headers["location"])).json()["run"] == run


async def test_ids_have_128_bits(client: Client) -> None:
    """Ids are 128 random bits: no two have much in common."""
    runs = [await client.start("count", limit=1) for _ in range(3)]
    assert [len(run) for run in runs] == [32, 32, 32]
    assert min((int(a, 16) ^ int(b, 16)).bit_count() for a in runs for b in runs if a != b) > 20


async def test_the_answer_is_the_feed(client: Client) -> None:
    """With `Accept: text/event-stream` the answer to starting a run is its feed."""
    headers = {"Accept": "text/event-stream"}
    async with client.stream("POST", "/api/demos/count/runs", json={"inputs": {}}, headers=headers) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        text = (await answer.aread()).decode()
    events = text.strip().split("\n\n")
    assert events[-1].split("\n")[1] == "event: succeeded"
    assert [event.split("\n")[0] for event in events] == [
        f"id: {number}" for number in range(1, len(events) + 1)
    ]


@pytest.mark.parametrize(
    ("inputs", "wrong"),
    [
        ({"limit": "three"}, ["limit"]),
        ({"limit": 1, "limt": 2}, ["limt"]),
        ({"limit": [], "gate": 1, "x": None}, ["gate", "limit", "x"]),
    ],
)
async def test_inputs_that_do_not_fit(client: Client, inputs: dict[str, Any], wrong: list[str]) -> None:
    """Inputs that do not fit are refused with a diagnostic for each."""
    problem = assert_problem(await client.post("/api/demos/count/runs", json={"inputs": inputs}), 422)
    assert sorted(one["input"] for one in problem["diagnostics"]) == wrong
    for one in problem["diagnostics"]:
        assert one["message"]


async def test_other_things_that_cannot_be_started(client: Client) -> None:
    """An unknown demo is 404, an unknown action 422, a body that is no JSON 400."""
    assert_problem(await client.post("/api/demos/nothing/runs", json={"inputs": {}}), 404)
    assert_problem(await client.post("/api/demos/count/runs", json={"inputs": {}, "action": "walk"}), 422)
    assert_problem(await client.post("/api/demos/count/runs", content="{"), 400)


async def test_the_fold(client: Client) -> None:
    """A run's state is the fold of its events: status, number, and each output's value."""
    run = await client.start("count", limit=3)
    events = await client.events(run)
    state = await client.look(run)
    assert (state["status"], state["seq"], state["outputs"]) == ("succeeded", len(events), {"number": 3})
    assert_problem(await client.get(f"/api/runs/{'0' * 32}"), 404)


async def test_last_event_id_wins(client: Client) -> None:
    """Last-Event-ID says where to go on, and wins over `after`."""
    run = await client.start("count", limit=3)
    whole = await client.events(run)
    for query, headers, first in (
        ("?after=2", {}, 3),
        ("", {"Last-Event-ID": "3"}, 4),
        ("?after=1", {"Last-Event-ID": "4"}, 5),
    ):
        answer = await client.get(f"/api/runs/{run}/events{query}", headers=headers)
        assert answer.text.split("\n")[0] == f"id: {first}"
    end = {"Last-Event-ID": str(len(whole))}
    assert (await client.get(f"/api/runs/{run}/events", headers=end)).status_code == 204
    assert (await client.get(f"/api/runs/{run}/events?after={len(whole)}")).status_code == 204


async def test_feeds_are_passed_on_at_once(client: Client) -> None:
    """Feeds tell proxies and caches to keep nothing back."""
    run = await client.start("count", limit=1)
    for path in (f"/api/runs/{run}/events", f"/api/feed?runs={run}:0"):
        answer = await client.get(path)
        assert (answer.headers["x-accel-buffering"], answer.headers["cache-control"]) == ("no", "no-store")
        assert answer.headers["content-type"] == "text/event-stream"


async def test_stopping(client: Client, tmp_path: Path) -> None:
    """A run is stopped with 204, also when it is over already; an unknown one is 404."""
    run = await client.start("polite", mark=str(tmp_path / "mark"))
    assert (await client.delete(f"/api/runs/{run}")).status_code == 204
    assert (await client.delete(f"/api/runs/{run}")).status_code == 204
    assert (await client.look(run))["status"] == "canceled"
    assert_problem(await client.delete(f"/api/runs/{'0' * 32}"), 404)


async def test_a_value_is_readable_only_under_its_run(client: Client) -> None:
    """A picture is fetched under the run that showed it, and under no other."""
    run, other = await client.start("draw", frames=1), await client.start("count", limit=1)
    events = await client.events(run)
    digest = next(event["value"]["blob"] for event in events if event["type"] == "set")
    found = await client.get(f"/api/runs/{run}/blobs/{digest}")
    assert (found.status_code, found.headers["content-type"].partition("/")[0]) == (200, "image")
    for path in (f"/api/runs/{other}/blobs/{digest}", f"/api/runs/{run}/blobs/nothing"):
        assert_problem(await client.get(path), 404)


async def test_uploads(client: Client) -> None:
    """A file is sent once and used by its id, by the session that sent it and by no other."""
    answer = await client.post("/api/uploads", files={"file": ("a.png", png(7, 5))}, headers=ME)
    file = answer.json()["file"]
    assert (answer.status_code, answer.json()) == (201, {"file": file})
    run = await client.start("measure", headers=ME, picture={"file": file})
    await client.events(run)
    assert (await client.look(run))["outputs"] == {"size": "7 by 5"}
    body = {"inputs": {"picture": {"file": file}}}
    problem = assert_problem(await client.post("/api/demos/measure/runs", json=body, headers=YOU), 422)
    assert problem["diagnostics"][0]["input"] == "picture"


async def test_uploads_are_known_by_their_bytes(client: Client) -> None:
    """What is no picture is refused as one, whatever it is called."""
    answer = await client.post(
        "/api/uploads", files={"file": ("a.png", b"no picture", "image/png")}, headers=ME
    )
    body = {"inputs": {"picture": {"file": answer.json()["file"]}}}
    assert_problem(await client.post("/api/demos/measure/runs", json=body, headers=ME), 422)


async def test_state_belongs_to_a_session(client: Client) -> None:
    """What a successful run leaves behind is there for the same session's next run, and for no other's."""
    shown = []
    for headers in (ME, ME, YOU, ME):
        run = await client.start("gather", headers=headers, amount=2)
        await client.events(run)
        shown.append((await client.look(run))["outputs"]["shown"])
    assert shown == ["2", "4", "2", "6"]


async def test_a_full_queue(client: Client, tmp_path: Path) -> None:
    """Runs wait for a slot and hear their place; over the limit they are turned away with Retry-After."""
    gate = tmp_path / "gate"
    runs = [await client.start("one", gate=str(gate)) for _ in range(3)]
    refused = await client.post("/api/demos/one/runs", json={"inputs": {}})
    assert_problem(refused, 429)
    assert int(refused.headers["retry-after"]) >= 1
    waiting = [await client.look(run) for run in runs[1:]]
    assert [(state["status"], state["position"]) for state in waiting] == [("queued", 1), ("queued", 2)]
    open_gate(gate)
    told = [await client.events(run) for run in runs]
    assert [event["position"] for event in told[2] if event["type"] == "queued"] == [2, 1]
    assert [events[-1]["type"] for events in told] == ["succeeded"] * 3


async def test_long_poll(client: Client, tmp_path: Path) -> None:
    """With `wait` the feed answers with what is new, as soon as there is something, and ends."""
    gate = tmp_path / "gate"
    run = await client.start("count", limit=2, gate=str(gate))
    async with Sse().open(client, {run: 0}) as reader:
        seen = await reader.next()
        while seen["type"] != "set":
            seen = await reader.next()
        polling = asyncio.create_task(client.get(f"/api/feed?runs={run}:{seen['seq']}&wait=20"))
        open_gate(gate)
        first = (await polling).text.split("\n\n")[0]
        assert json.loads(first.split("data: ")[1])["value"] == 2
        await read_to_end(reader)


async def test_health(client: Client) -> None:
    """The server is alive, and ready for runs."""
    assert (await client.get("/health/live")).status_code == 200
    ready = await client.get("/health/ready")
    assert ready.status_code == 200
    assert {work["name"]: work["state"] for work in ready.json()["background"]} == dict.fromkeys(
        (
            "the removal of folders",
            "the sweep of finished runs",
            "the sweep of uploads",
            "the sweep of recordings",
            "the watching of the demos' folders",
            "the watching of other folders",
            "the search for replaced folders and links",
            "the reading of changed files",
            "the heartbeat of open feeds",
        ),
        "running",
    )


async def test_schema(client: Client) -> None:
    """The API describes itself, as JSON and as YAML."""
    document = (await client.get("/schema.json")).json()
    assert document["openapi"].startswith("3.1")
    assert "/api/runs/{run}/events" in document["paths"]
    assert "Append" in document["components"]["schemas"]
    assert "openapi" in (await client.get("/schema.yaml")).text


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/nothing", f"/api/runs/{'0' * 32}/nothing", "/docs/nothing", "/schema"]
)
async def test_nothing_else(client: Client, path: str) -> None:
    """Anything else is a problem document."""
    assert_problem(await client.get(path), 404)


async def test_methods_that_are_not_allowed(client: Client) -> None:
    """A method that a route does not have is 405, with those that it has."""
    answer = await client.put("/api/demos")
    assert_problem(answer, 405)
    assert "GET" in answer.headers["allow"]


async def test_a_key_is_no_path(client: Client) -> None:
    """Ids that look like paths lead nowhere."""
    odd = base64.urlsafe_b64encode(b"../../../etc/passwd").decode()
    for run in (odd, "..%2f..%2fetc%2fpasswd", "%2e%2e"):
        assert (await client.get(f"/api/runs/{run}")).status_code == 404
