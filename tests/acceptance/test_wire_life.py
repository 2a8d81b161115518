"""The life of a run: how it is stopped, when it is left alone, whose fault it is when it fails."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.acceptance.transports import (
    SINGLE,
    Event,
    MultiplexedFeed,
    Sse,
    Transport,
    exists,
    read_to_end,
    read_until,
)
from tests.acceptance.wire_catalog import FILES, open_gate
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

ME = {"X-Gradstream-Session": "a-session-of-this-test"}
every_transport = pytest.mark.parametrize("transport", SINGLE, ids=lambda one: type(one).__name__)


@pytest.fixture
async def client(wire: Server) -> AsyncIterator[Client]:
    """Return a client of the shared server."""
    async with client_of(wire) as opened:
        yield opened


async def begun(client: Client, demo: str, headers: dict[str, str] | None = None, **inputs: Any) -> str:
    """Start a run and wait until each of its outputs has a value."""
    run = await client.start(demo, headers, **inputs)
    missing = {output["name"] for output in (await client.get(f"/api/demos/{demo}")).json()["outputs"]}
    async with Sse().open(client, {run: 0}) as reader:
        while missing:
            missing.discard((await reader.next()).get("output", ""))
    return run


@pytest.mark.parametrize("demo", ["polite", "patient"])
async def test_stopping_closes_the_generator(client: Client, tmp_path: Path, demo: str) -> None:
    """A stopped generator is closed, synchronous or not, and its own clearing up is done."""
    mark = tmp_path / "mark"
    run = await begun(client, demo, mark=str(mark))
    await client.delete(f"/api/runs/{run}")
    await exists(mark)
    end = (await client.events(run))[-1]
    assert (end["type"], end["by"]) == ("canceled", "visitor")


async def test_canceled_at_the_request(client: Client, tmp_path: Path) -> None:
    """A run is canceled when that is asked for, however long its generator takes to end."""
    gate = tmp_path / "gate"
    run = await begun(client, "stubborn", gate=str(gate))
    await client.delete(f"/api/runs/{run}")
    state = await client.look(run)
    assert (state["status"], state["by"], state["outputs"]["text"]) == ("canceled", "visitor", "begun")
    open_gate(gate)


async def test_nothing_follows_the_end(client: Client, tmp_path: Path) -> None:
    """What a generator yields after its run was stopped is not told."""
    gate = tmp_path / "gate"
    run = await begun(client, "stubborn", gate=str(gate))
    await client.delete(f"/api/runs/{run}")
    seq = (await client.look(run))["seq"]
    open_gate(gate)
    await client.events(await client.start("stubborn", gate=str(gate)))
    state = await client.look(run)
    assert (state["seq"], state["outputs"]["text"]) == (seq, "begun")


async def test_the_slot_is_free_when_the_generator_has_ended(client: Client, tmp_path: Path) -> None:
    """A stopped run's slot is given to the next one only when its generator has really ended."""
    gate = tmp_path / "gate"
    first = await begun(client, "one", gate=str(gate))
    second = await client.start("one", limit=1)
    await client.delete(f"/api/runs/{first}")
    assert (await client.look(second))["status"] == "queued"
    open_gate(gate)
    assert (await client.events(second))[-1]["type"] == "succeeded"


async def test_stopping_in_the_queue(client: Client, tmp_path: Path) -> None:
    """A run that waits is stopped at once and never begins; the one behind it moves up."""
    gate = tmp_path / "gate"
    first = await begun(client, "one", gate=str(gate))
    second = await client.start("one", limit=1)
    # The last place of a queue is for a visitor of whom no run waits.
    third = await client.start("one", headers={"X-Gradstream-Session": "other"}, limit=1)
    await client.delete(f"/api/runs/{second}")
    assert [event["type"] for event in await client.events(second)] == ["queued", "canceled"]
    assert (await client.look(third))["position"] == 1
    open_gate(gate)
    assert (await client.events(first))[-1]["type"] == "succeeded"
    assert (await client.events(third))[-1]["type"] == "succeeded"


async def test_a_generator_that_does_not_stop(client: Client, tmp_path: Path) -> None:
    """After its grace a generator's process is replaced and killed, and the next run works."""
    run = await begun(client, "stubborn", gate=str(tmp_path / "never opened"))
    stuck = psutil.Process((await client.look(run))["outputs"]["process"])
    await client.delete(f"/api/runs/{run}")
    await asyncio.to_thread(stuck.wait, PATIENCE_S)
    later = await client.start("stubborn", gate="")
    assert (await client.events(later))[-1]["type"] == "succeeded"
    state = await client.look(later)
    assert state["outputs"]["text"] == "ended"
    assert state["outputs"]["process"] != stuck.pid


async def test_superseding(client: Client, tmp_path: Path) -> None:
    """A run that supersedes another of its session stops it for that."""
    mark = tmp_path / "mark"
    old = await begun(client, "polite", ME, mark=str(mark))
    body = {"inputs": {"limit": 1}, "supersedes": old}
    answer = await client.post("/api/demos/count/runs", json=body, headers=ME)
    assert answer.status_code == 201
    assert (await client.look(old))["by"] == "superseded"
    await exists(mark)


async def test_superseding_is_for_the_same_session(client: Client, tmp_path: Path) -> None:
    """Nobody stops another visitor's run by naming it."""
    old = await begun(client, "polite", ME, mark=str(tmp_path / "mark"))
    body = {"inputs": {"limit": 1}, "supersedes": old}
    answer = await client.post("/api/demos/count/runs", json=body, headers={"X-Gradstream-Session": "you"})
    assert answer.status_code == 201
    assert (await client.look(old))["status"] == "running"
    await client.delete(f"/api/runs/{old}")


@every_transport
async def test_the_last_reader_leaves(client: Client, transport: Transport, tmp_path: Path) -> None:
    """With `on_disconnect: stop` a run is canceled when its last reader leaves, and not before."""
    mark = tmp_path / "mark"
    run = await client.start("leaving", mark=str(mark))
    async with Sse().open(client, {run: 0}) as other:
        await read_until(other, "set")
        async with transport.open(client, {run: 0}) as reader:
            await read_until(reader, "set")
        assert (await client.look(run))["status"] == "running"
    await exists(mark)
    assert (await client.look(run))["by"] == "left"


async def test_no_reader_ever_came(client: Client, tmp_path: Path) -> None:
    """A run that nobody ever reads is canceled after its demo's time; looking at it is no reading."""
    run = await client.start("lonely", mark=str(tmp_path / "mark"))
    while (state := await client.look(run))["status"] != "canceled":
        pass
    assert state["by"] == "left"


async def test_a_kept_run(client: Client, tmp_path: Path) -> None:
    """With `on_disconnect: keep` a run goes on without readers, and is read when it is over."""
    gate = tmp_path / "gate"
    run = await begun(client, "kept", gate=str(gate))
    open_gate(gate)
    assert [event["type"] for event in await client.events(run)][-1] == "succeeded"


async def test_timeout(client: Client, tmp_path: Path) -> None:
    """A run over its demo's time fails by that limit."""
    gate = tmp_path / "gate"
    end = (await client.events(await client.start("slow", gate=str(gate))))[-1]
    assert (end["type"], end["fault"]) == ("failed", "limit")
    open_gate(gate)


@pytest.mark.parametrize(
    ("fault", "message"),
    [("developer", "not this one"), ("visitor", "Choose another one."), ("worker", "process")],
)
async def test_whose_fault(client: Client, fault: str, message: str) -> None:
    """A failure says whose fault it is, and what was yielded before is kept."""
    run = await client.start("fails", fault=fault)
    end = (await client.events(run))[-1]
    assert (end["type"], end["fault"]) == ("failed", fault)
    assert message in end["message"]
    assert (await client.look(run))["outputs"] == {"text": "so far"}


async def test_a_worker_that_is_killed(client: Client, tmp_path: Path) -> None:
    """When a worker is killed its run fails clearly, the next works, and no other demo notices."""
    gate = tmp_path / "gate"
    other = await begun(client, "kept", gate=str(gate))
    run = await begun(client, "process", gate=str(gate))
    os.kill((await client.look(run))["outputs"]["number"], signal.SIGKILL)
    end = (await client.events(run))[-1]
    assert (end["type"], end["fault"]) == ("failed", "worker")
    assert "process" in end["message"]
    open_gate(gate)
    assert (await client.events(other))[-1]["type"] == "succeeded"
    assert (await client.events(await client.start("process", gate="")))[-1]["type"] == "succeeded"


async def closed(client: Client) -> None:
    """Wait until the server says that it takes no more runs."""
    while (await client.get("/health/ready")).status_code == 200:
        pass


async def test_runs_in_flight_may_end(serve: Serve, tmp_path: Path) -> None:
    """A server that is told to end lets a run in flight finish, tells its readers, and takes no new ones."""
    server = serve(FILES)
    gate = tmp_path / "gate"
    async with client_of(server) as client:
        run = await client.start("count", limit=3, gate=str(gate))
        async with Sse().open(client, {run: 0}) as reader, MultiplexedFeed().open(client, {run: 0}) as feed:
            events = await read_until(reader, "set")
            server.process.send_signal(signal.SIGTERM)
            await closed(client)
            refused = await client.post("/api/demos/count/runs", json={"inputs": {}})
            assert refused.status_code == 503
            open_gate(gate)
            events += await read_to_end(reader)
            assert await read_to_end(feed) == events
    assert events[-1]["type"] == "succeeded"


async def test_runs_that_do_not_end_are_canceled(serve: Serve, tmp_path: Path) -> None:
    """A run that goes on for longer than a server that ends can wait is canceled by it."""
    server = serve(FILES)
    async with client_of(server) as client:
        run = await client.start("patient", mark=str(tmp_path / "mark"))
        async with Sse().open(client, {run: 0}) as reader:
            await read_until(reader, "set")
            server.process.send_signal(signal.SIGTERM)
            end: Event = (await read_to_end(reader))[-1]
    assert (end["type"], end["by"]) == ("canceled", "server")


async def test_an_import_that_never_ends(serve: Serve, tmp_path: Path) -> None:
    """A demo whose import never ends holds up neither other demos nor the end of the server."""
    mark = tmp_path / "mark"
    endless = f"import pathlib, time\npathlib.Path({str(mark)!r}).write_text('here')\ntime.sleep(3600)\n"
    stuck = "gradstream: 1\ntitle: Stuck\ngenerator: stuck.run\noutputs:\n  text: text\n"
    server = serve({**FILES, "demos/stuck.yaml": stuck, "stuck.py": f"{endless}def run():\n    yield 1\n"})
    async with client_of(server) as client:
        await client.get("/api/demos/stuck?open=1")
        run = await client.start("stuck")
        await exists(mark)
        assert (await client.events(await client.start("count", limit=2)))[-1]["type"] == "succeeded"
        assert (await client.look(run))["status"] == "starting"
        await client.delete(f"/api/runs/{run}")
        assert (await client.look(run))["by"] == "visitor"
