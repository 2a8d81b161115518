"""What a run tells, over every transport alike."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.transports import SEVERAL, SINGLE, Event, Transport, read_to_end, read_until
from tests.acceptance.wire_catalog import open_gate
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Server

every_transport = pytest.mark.parametrize("transport", SINGLE, ids=lambda one: type(one).__name__)
carrying_several = pytest.mark.parametrize("transport", SEVERAL, ids=lambda one: type(one).__name__)

LIFE = frozenset({"queued", "starting", "running"})


@pytest.fixture
async def client(wire: Server) -> AsyncIterator[Client]:
    """Return a client of the shared server."""
    async with client_of(wire) as opened:
        yield opened


def told(events: list[Event]) -> list[Event]:
    """Return the events that are about values."""
    return [event for event in events if event["type"] not in LIFE]


@every_transport
async def test_a_whole_run(client: Client, transport: Transport) -> None:
    """Events count from 1 without gaps, begin with the run's stages, and end with its end."""
    run = await client.start("count", limit=3)
    async with transport.open(client, {run: 0}) as reader:
        events = await read_to_end(reader)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert {event["run"] for event in events} == {run}
    types = [event["type"] for event in events]
    stages = [type_ for type_ in types if type_ in LIFE]
    assert stages == sorted(stages, key=["queued", "starting", "running"].index)
    assert stages[-1] == "running"
    assert types[len(stages) :] == ["set", "set", "set", "succeeded"]
    assert [event["value"] for event in events if event["type"] == "set"] == [1, 2, 3]
    assert isinstance(events[-1]["duration_s"], float)


@every_transport
async def test_every_set_is_an_event(client: Client, transport: Transport) -> None:
    """A value that is yielded again is told again."""
    run = await client.start("same", times=4)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))
    assert [(one["type"], one.get("value")) for one in events[:-1]] == [("set", "same")] * 4


@every_transport
async def test_replay_is_what_live_was(client: Client, transport: Transport, tmp_path: Path) -> None:
    """Who reads a run when it is over gets exactly what was told while it ran."""
    gate = tmp_path / "gate"
    run = await client.start("letters", text="streaming", gate=str(gate))
    async with transport.open(client, {run: 0}) as reader:
        live = await read_until(reader, "set")
        open_gate(gate)
        live += await read_to_end(reader)
    async with transport.open(client, {run: 0}) as reader:
        assert await read_to_end(reader) == live


@every_transport
async def test_going_on_after_any_number(client: Client, transport: Transport) -> None:
    """A feed from any number on has exactly the events with greater numbers."""
    run = await client.start("count", limit=4)
    whole = await client.events(run)
    for after in range(len(whole)):
        async with transport.open(client, {run: after}) as reader:
            assert await read_to_end(reader) == whole[after:]


@every_transport
async def test_reconnecting_in_the_middle(client: Client, transport: Transport, tmp_path: Path) -> None:
    """A reader that comes back with the last number it knows misses nothing and hears nothing twice."""
    gate = tmp_path / "gate"
    run = await client.start("count", limit=3, gate=str(gate))
    async with transport.open(client, {run: 0}) as reader:
        before = await read_until(reader, "set")
    open_gate(gate)
    async with transport.open(client, {run: before[-1]["seq"]}) as reader:
        after = await read_to_end(reader)
    assert before + after == await client.events(run)


@every_transport
async def test_a_growing_text_costs_its_suffix(client: Client, transport: Transport) -> None:
    """A text that is yielded whole each time is told by what is new, and adds up to the whole."""
    text = "".join(chr(ord("a") + number % 26) for number in range(500))
    run = await client.start("letters", text=text)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))[:-1]
    assert events[0]["type"] == "set"
    assert {event["type"] for event in events[1:]} == {"append"}
    assert events[0]["value"] + "".join(event["text"] for event in events[1:]) == text
    assert (await client.look(run))["outputs"] == {"text": text}


@every_transport
async def test_appended_texts(client: Client, transport: Transport) -> None:
    """With `updates: append` each step is added; merged or not, nothing is lost."""
    text = " ".join(str(number) for number in range(300))
    run = await client.start("words", text=text)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))[:-1]
    assert {event["type"] for event in events} == {"append"}
    assert "".join(event["text"] for event in events) == text + " "


@every_transport
async def test_rows_progress_and_log(client: Client, transport: Transport) -> None:
    """A table grows by rows; progress and log lines come in their place among the values."""
    run = await client.start("survey", rows=2)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))
    progress = next(event for event in events if event["type"] == "progress")
    assert {name: progress[name] for name in ("fraction", "index", "total", "unit", "description")} == {
        "fraction": 0.5,
        "index": None,
        "total": None,
        "unit": None,
        "description": "half",
    }
    assert next((one["level"], one["text"]) for one in events if one["type"] == "log") == ("info", "a line")
    assert (await client.look(run))["outputs"]["found"] == {
        "columns": ["place", "degrees"],
        "rows": [["place 0", 0], ["place 1", 1]],
    }


@every_transport
async def test_a_chat(client: Client, transport: Transport) -> None:
    """A chat begins with its history and the new message, and the answer grows in it."""
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    run = await client.start("chat", message="tell me", history=history)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))
    assert (events[0]["type"], events[0]["value"]) == (
        "set",
        [*history, {"role": "user", "content": "tell me"}],
    )
    whole = (await client.look(run))["outputs"]["chat"]
    assert whole[:3] == events[0]["value"]
    assert (whole[3]["role"], whole[3]["content"]) == ("assistant", "2: tell me")


@every_transport
async def test_a_picture(client: Client, transport: Transport) -> None:
    """Pictures are told by reference, fetched under their run, and the last one is told again exactly."""
    run = await client.start("draw", frames=3)
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))
    pictures = [event for event in events if event["type"] == "set"]
    final = pictures[-1]
    assert [event.get("final", False) for event in pictures[:-1]] == [False] * (len(pictures) - 1)
    value = final["value"]
    assert final["final"] is True
    assert (value["width"], value["height"]) == (6, 4)
    for event in pictures:
        answer = await client.get(f"/api/runs/{run}/blobs/{event['value']['blob']}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, event["value"]["mime"])
        assert len(answer.content) == event["value"]["size"]


async def test_pictures_that_are_all_exact(client: Client) -> None:
    """With `exact` no picture is in an encoding that loses anything, and none is told again."""
    answer = await client.post("/api/demos/draw/runs", json={"inputs": {"frames": 3}, "exact": True})
    events = await client.events(answer.json()["run"])
    pictures = [event for event in events if event["type"] == "set"]
    assert {event["value"]["mime"] for event in pictures} <= {"image/webp", "image/png"}
    assert not any(event.get("final") for event in pictures)


@every_transport
async def test_a_failure_keeps_what_was_told(client: Client, transport: Transport) -> None:
    """A run that fails says whose fault it is and why, after everything that was yielded before."""
    run = await client.start("fails", fault="visitor")
    async with transport.open(client, {run: 0}) as reader:
        events = told(await read_to_end(reader))
    assert [event["type"] for event in events] == ["set", "failed"]
    assert (events[1]["fault"], events[1]["message"]) == ("visitor", "Choose another one.")
    assert (await client.look(run))["outputs"] == {"text": "so far"}


@every_transport
async def test_a_slow_reader_gets_a_snapshot(client: Client, transport: Transport, tmp_path: Path) -> None:
    """A reader that stands still slows no generator: it gets what it missed as a snapshot, counted."""
    gate = tmp_path / "gate"
    run = await client.start("torrent", megabytes=30, gate=str(gate))
    async with transport.open(client, {run: 0}) as reader:
        events = await read_until(reader, "set")
        open_gate(gate)
        await client.events(run)
        events += await read_to_end(reader)
    position = 0
    for event in events:
        jump = event["skipped"] if event["type"] == "snapshot" else 1
        assert event["seq"] == position + jump
        position = event["seq"]
    state = await client.look(run)
    assert state["status"] == "succeeded"
    assert position == state["seq"]
    assert events[-1]["type"] == "succeeded"
    assert [event for event in events if event["type"] == "snapshot"]
    assert fold(events) == state["outputs"]


def fold(events: list[Event]) -> dict[str, Any]:
    """Return the outputs of a run whose values were only ever set."""
    outputs: dict[str, Any] = {}
    for event in events:
        if event["type"] == "snapshot":
            outputs = dict(event["outputs"])
        elif event["type"] == "set":
            outputs[event["output"]] = event["value"]
        elif event["type"] == "patch":
            assert [edit[:2] for edit in event["edits"]] == [["set", []]]
            outputs[event["output"]] = event["edits"][-1][2]
    return outputs


@carrying_several
async def test_several_runs(client: Client, transport: Transport) -> None:
    """One connection carries several runs, each in order and complete."""
    runs = [await client.start("count", limit=limit) for limit in (2, 3, 4)]
    heard: dict[str, list[Event]] = {run: [] for run in runs}
    async with transport.open(client, dict.fromkeys(runs, 0)) as reader:
        for run in runs:
            while not heard[run] or heard[run][-1]["type"] != "succeeded":
                event = await reader.next()
                heard[event["run"]].append(event)
    for run in runs:
        assert heard[run] == await client.events(run)


@carrying_several
async def test_an_unknown_run_is_gone(client: Client, transport: Transport) -> None:
    """A run that nobody knows is told to be gone, and the others are not held up by it."""
    run = await client.start("count", limit=1)
    async with transport.open(client, {"0" * 32: 0, run: 0}) as reader:
        events = [await reader.next()]
        while {event["type"] for event in events} < {"gone", "succeeded"}:
            events.append(await reader.next())
    assert [event for event in events if event["type"] == "gone"] == [{"run": "0" * 32, "type": "gone"}]


@every_transport
async def test_many_readers(client: Client, transport: Transport, tmp_path: Path) -> None:
    """Any number of readers of one run hear the same."""
    gate = tmp_path / "gate"
    run = await client.start("count", limit=5, gate=str(gate))

    async def read() -> list[Event]:
        async with transport.open(client, {run: 0}) as reader:
            return await read_to_end(reader)

    reading = [asyncio.create_task(read()) for _ in range(5)]
    open_gate(gate)
    heard = await asyncio.gather(*reading)
    assert all(events == heard[0] for events in heard)
