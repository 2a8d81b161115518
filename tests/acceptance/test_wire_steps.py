"""One yield for several outputs is one step to every reader."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.transports import (
    SINGLE,
    Event,
    Socket,
    SocketReader,
    Transport,
    read_to_end,
    read_until,
)
from tests.acceptance.wire_catalog import open_gate
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Server

LIMIT = 300
OUTPUTS = ["number", "words", "image", "rows", "log"]
VALUES = frozenset({"set", "append", "patch"})

Writes = AsyncIterator[list[Event]]


@pytest.fixture
async def client(wire: Server) -> AsyncIterator[Client]:
    """Return a client of the shared server."""
    async with client_of(wire) as opened:
        yield opened


async def lines_of(client: httpx.AsyncClient, path: str) -> Writes:
    """Yield the events of each chunk of an event stream: one is what the server wrote at once."""
    url = client.base_url
    reading, writing = await asyncio.open_connection(url.host, url.port)
    writing.write(f"GET {path} HTTP/1.1\r\nHost: {url.host}:{url.port}\r\n\r\n".encode())
    assert b"transfer-encoding: chunked" in (await reading.readuntil(b"\r\n\r\n")).lower()
    while size := int(await reading.readline(), 16):
        chunk = (await reading.readexactly(size + 2))[:-2].decode()
        lines = [line for line in chunk.splitlines() if line.startswith("data: ")]
        yield [json.loads(line.removeprefix("data: ")) for line in lines]
    writing.close()


async def frames_of(client: httpx.AsyncClient, run: str) -> Writes:
    """Yield the events of each frame, up to the run's end."""
    async with Socket().open(client, {run: 0}) as reader:
        assert isinstance(reader, SocketReader)
        events: list[Event] = []
        while not events or events[-1]["type"] not in {"succeeded", "failed"}:
            # A frame without an event is a sign of life.
            if frame := json.loads(await reader.socket.recv()):
                events = frame
                yield events


WRITES: dict[str, Callable[[httpx.AsyncClient, str], Writes]] = {
    "feed of the run": lambda client, run: lines_of(client, f"/api/runs/{run}/events"),
    "multiplexed feed": lambda client, run: lines_of(client, f"/api/feed?runs={run}:0"),
    "frames": frames_of,
}


def steps_of(events: list[Event]) -> list[list[Event]]:
    """Return the events about values, by step."""
    steps: list[list[Event]] = [[]]
    for event in events:
        if event["type"] in VALUES:
            steps[-1].append(event)
            if not event.get("more", False):
                steps.append([])
        else:
            assert steps[-1] == [], "something came within a step"
    assert steps.pop() == []
    return steps


@pytest.mark.parametrize("writes", WRITES.values(), ids=WRITES)
async def test_no_write_ends_within_a_yield(
    client: Client, writes: Callable[[httpx.AsyncClient, str], Writes]
) -> None:
    """Hundreds of yields of five outputs: each write ends with a whole one, and each step has all outputs."""
    run = await client.start("pairs", limit=LIMIT)
    events: list[Event] = []
    async for write in writes(client, run):
        events += write
        assert not (write and write[-1].get("more", False))
    steps = steps_of(events)
    assert [[event["output"] for event in step] for step in steps[:LIMIT]] == [OUTPUTS] * LIMIT
    assert [[event.get("more") for event in step] for step in steps[:LIMIT]] == [[True] * 4 + [None]] * LIMIT
    # The picture that was sent fast is sent again exactly.
    assert [event["output"] for step in steps[LIMIT:] for event in step] == ["image"]


@asynccontextmanager
async def gated(client: Client, gate: Path) -> AsyncIterator[str]:
    """Start a run that has yielded once, and let it go on at the end."""
    run = await client.start("pairs", limit=3, gate=str(gate))
    yield run
    open_gate(gate)


@pytest.mark.parametrize("transport", SINGLE, ids=lambda one: type(one).__name__)
async def test_a_feed_may_start_within_a_step(client: Client, transport: Transport, tmp_path: Path) -> None:
    """From a number within a step on, live and replayed, the rest of the step comes first."""
    async with gated(client, tmp_path / "gate") as run, transport.open(client, {run: 0}) as reader:
        first = await read_until(reader, "append")
    whole = await client.events(run)
    assert whole[: len(first)] == first
    for after in range(len(whole)):
        async with transport.open(client, {run: after}) as reader:
            assert await read_to_end(reader) == whole[after:]


async def test_a_state_is_that_of_whole_steps(client: Client) -> None:
    """Whenever a run is looked at, its outputs were yielded together."""
    run = await client.start("pairs", limit=LIMIT)
    state: dict[str, Any] = {"status": "queued"}
    while state["status"] in {"queued", "starting", "running"}:
        state = await client.look(run)
        outputs = state["outputs"]
        if outputs:
            number = outputs["number"]
            assert outputs["words"] == f"step {number}"
            assert outputs["rows"]["rows"] == [[number]]
            assert outputs["log"].endswith(f"{number},")
    assert state["outputs"]["number"] == LIMIT
