"""Runs over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gradstream.catalog.types import BrokenDemo
from gradstream.diagnostics import Diagnostic, Span
from gradstream.events.types import Append, Patch, Progress, Set
from gradstream.format.types import Input, RunLimits
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Reader, Site, serving


async def test_started(site: Site) -> None:
    """Starting a run answers with its id and where it is."""
    answer = await site.client.post("/api/demos/echo/runs", json={"inputs": {}})
    run = answer.json()["run"]
    assert (answer.status_code, answer.json()) == (201, {"run": run, "recorded_at": None})
    assert answer.headers["location"] == f"/api/runs/{run}"
    assert int(run, 16) < 2**128
    assert len(run) == 32


KEY = {"Idempotency-Key": "k" * 32}


async def test_sent_again(site: Site) -> None:
    """With the same key there is one run, however often it is asked for, and at once as well."""
    address = "/api/demos/echo/runs"
    answers = await asyncio.gather(
        *(site.client.post(address, json={"inputs": {}}, headers=KEY) for _ in range(5))
    )
    assert len({answer.json()["run"] for answer in answers}) == 1
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert len({answer.headers["location"] for answer in answers}) == 1
    quoted = {"Idempotency-Key": f'"{"k" * 32}"'}
    assert (await site.client.post(address, json={"inputs": {}}, headers=quoted)).status_code == 200
    assert len(site.engine.slots) == 1


async def test_sent_again_as_a_feed(site: Site) -> None:
    """The feed of a run that was started before begins at its beginning."""
    headers = {**KEY, "Accept": "text/event-stream"}
    run = (await site.client.post("/api/demos/echo/runs", headers=KEY)).json()["run"]
    site.slot.end()
    answer = await site.client.post("/api/demos/echo/runs", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (200, f"/api/runs/{run}")
    assert "event: succeeded" in answer.text


async def test_keys_are_each_visitors_own(site: Site) -> None:
    """Another session's key, or another key, starts a run; another request with the key is refused."""
    address = "/api/demos/echo/runs"
    mine = {**KEY, "X-Gradstream-Session": "me"}
    runs = {
        (await site.client.post(address, headers=headers)).json()["run"]
        for headers in (KEY, mine, {"Idempotency-Key": "l" * 32}, {})
    }
    assert len(runs) == 4
    other = await site.client.post(address, json={"accept": ["flac"]}, headers=mine)
    assert (other.status_code, other.json()["title"]) == (422, "The key was used before")


async def test_a_refusal_may_be_asked_for_again(site: Site) -> None:
    """Only runs are remembered."""
    refused = await site.client.post("/api/demos/echo/runs", json={"action": "none"}, headers=KEY)
    assert refused.status_code == 422
    assert (await site.client.post("/api/demos/echo/runs", headers=KEY)).status_code == 201


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "k" * 20 + "/"])
async def test_odd_keys(site: Site, key: str) -> None:
    """They are refused."""
    answer = await site.client.post("/api/demos/echo/runs", headers={"Idempotency-Key": key})
    assert answer.status_code == 400


async def test_location_below_a_path(tmp_path: Path) -> None:
    """Below a sub-path, the address of a run says so."""
    async with serving(tmp_path, root_path="/lab") as site:
        answer = await site.client.post("/api/demos/echo/runs", json={})
        assert answer.headers["location"] == f"/lab/api/runs/{answer.json()['run']}"


async def test_an_empty_body(site: Site) -> None:
    """A body may be left out: every input takes its default."""
    answer = await site.client.post("/api/demos/echo/runs")
    assert answer.status_code == 201


@pytest.mark.parametrize("text", ["30", "soon", "1.5 d", "-1s"])
async def test_a_time_without_a_unit(site: Site, text: str) -> None:
    """How long a run goes on without readers is a time with its unit, or one of two words."""
    answer = await site.client.post("/api/demos/echo/runs", json={"on_disconnect": text})
    assert answer.status_code == 400
    assert answer.json()["detail"] == (
        "on_disconnect takes a time with its unit, such as 30s or 5min, or keep, or stop; "
        f"{text!r} is not one of these"
    )


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("{", "Input data was truncated"),
        ("[]", "Expected `object`, got `array`"),
        ('{"inputs": 1}', "Expected `object`, got `int` - at `$.inputs`"),
        ('{"input": {}}', "Object contains unknown field `input`"),
        ('{"accept": "flac"}', "Expected `array | null`, got `str` - at `$.accept`"),
    ],
)
async def test_a_body_of_another_shape(site: Site, body: str, detail: str) -> None:
    """An invalid body is refused, with the reason."""
    answer = await site.client.post("/api/demos/echo/runs", content=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}


async def test_a_body_that_is_too_large(tmp_path: Path) -> None:
    """It is refused, whether it says its length or not."""
    async with serving(tmp_path, limits=Limits(body_bytes=1000)) as site:

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b" " * 500

        for body in (b" " * 1001, pieces()):
            answer = await site.client.post("/api/demos/echo/runs", content=body)
            assert answer.status_code == 413
        assert (await site.client.post("/api/demos/echo/runs", content=b"{}" + b" " * 998)).status_code == 201


async def test_a_body_that_is_no_text(site: Site) -> None:
    """A body that is not UTF-8 is refused like any other that is not JSON."""
    answer = await site.client.post("/api/demos/echo/runs", content=b'{"inputs": {"x": "\xff"}}')
    assert answer.status_code == 400


async def test_a_body_that_is_nested_too_deeply(site: Site) -> None:
    """Nesting beyond what can be read at all is the visitor's mistake, not the server's."""
    body = '{"inputs": {"x": ' + "[" * 10_000 + "]" * 10_000 + "}}"
    answer = await site.client.post("/api/demos/echo/runs", content=body)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "The body is nested more than 1,000 levels deep"


async def test_unfit_inputs(tmp_path: Path) -> None:
    """Inputs that do not fit are refused with a diagnostic for each."""
    steps = Input(name="steps", kind="slider", label="Steps", default=3, options={"minimum": 1, "maximum": 5})
    action = make_demo().actions[0]
    actions = (
        type(action)(
            name="run", generator=action.generator, button="Run", inputs=("steps",), outputs=("text",)
        ),
    )
    async with serving(tmp_path, demos={"echo": make_demo(inputs=(steps,), actions=actions)}) as site:
        answer = await site.client.post("/api/demos/echo/runs", json={"inputs": {"steps": 9, "x": 1}})
        problem = answer.json()
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert (problem["type"], problem["title"]) == (
            "urn:gradstream:problem:inputs",
            "Some inputs do not fit",
        )
        assert sorted(one["input"] for one in problem["diagnostics"]) == ["steps", "x"]
        for one in problem["diagnostics"]:
            assert set(one) == {"input", "code", "message", "expected", "found", "repair"}


async def test_an_action_that_is_not_there(site: Site) -> None:
    """An unknown action is refused with those that there are."""
    answer = await site.client.post("/api/demos/echo/runs", json={"action": "walk"})
    assert (answer.status_code, answer.json()["detail"]) == (422, "The demo has no action 'walk', only run")


async def test_a_demo_that_is_not_there(site: Site) -> None:
    """An unknown demo is 404."""
    answer = await site.client.post("/api/demos/nothing/runs", json={})
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no demo nothing")


async def test_a_broken_demo(tmp_path: Path) -> None:
    """A demo whose file has mistakes cannot run, and says what they are."""
    span = Span(file="demos/bad.yaml", line=4, column=5, end_line=4, end_column=8)
    found = Diagnostic(span=span, code="E-UNKNOWN-KEY", message="a slider has no key `min`")
    broken = BrokenDemo(
        address="bad", file="demos/bad.yaml", title="Bad", source="x\n", revision="1", diagnostics=(found,)
    )
    async with serving(tmp_path, broken={"bad": broken}) as site:
        answer = await site.client.post("/api/demos/bad/runs", json={})
        problem = answer.json()
        assert (answer.status_code, problem["title"]) == (409, "This demo is broken")
        assert problem["diagnostics"][0]["file"] == "demos/bad.yaml"
        assert (problem["diagnostics"][0]["line"], problem["diagnostics"][0]["code"]) == (4, "E-UNKNOWN-KEY")


async def test_a_full_queue(tmp_path: Path) -> None:
    """When the queue is full, the response says when to try again."""
    demo = make_demo(limits=RunLimits(concurrency=1, queue=0))
    async with serving(tmp_path, demos={"echo": demo}) as site:
        await site.start()
        answer = await site.client.post("/api/demos/echo/runs", json={})
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert answer.json()["title"] == "The queue is full"


async def test_about_to_end(site: Site) -> None:
    """A server that is about to end takes no new runs."""
    await site.service.drain(timeout_s=0)
    assert (await site.client.post("/api/demos/echo/runs", json={})).status_code == 503
    assert (await site.client.get("/health/ready")).status_code == 503
    assert (await site.client.get("/health/live")).status_code == 200


async def test_the_fold(site: Site) -> None:
    """Reading a run returns the fold of its events so far."""
    run = await site.start()
    site.slot.tell(Append(output="text", text="a"), Append(output="text", text="b"), Progress(fraction=0.5))
    seen = (await site.client.get(f"/api/runs/{run}")).json()
    assert {name: seen[name] for name in ("run", "demo", "action", "status", "seq", "outputs")} == {
        "run": run,
        "demo": "echo",
        "action": "run",
        "status": "running",
        "seq": 4,
        "outputs": {"text": "ab"},
    }
    assert seen["progress"]["fraction"] == 0.5
    assert (seen["duration_s"], seen["fault"], seen["message"]) == (None, None, None)
    site.slot.end(Ending(fault="visitor", message="no"))
    seen = (await site.client.get(f"/api/runs/{run}")).json()
    assert (seen["status"], seen["seq"], seen["fault"], seen["message"]) == ("failed", 5, "visitor", "no")
    assert seen["outputs"] == {"text": "ab"}
    assert seen["duration_s"] >= 0


async def test_the_fold_of_large_values(tmp_path: Path) -> None:
    """It is made and written in threads, and is the same."""
    with ThreadPoolExecutor(1) as pool:
        async with serving(tmp_path, apart=pool.submit) as site:
            run = await site.start()
            rows = [["x" * 1000, number] for number in range(500)]
            slot = site.engine.slots[-1]
            slot.tell(Set(output="text", value=[]))
            for number, row in enumerate(rows):
                slot.tell(Patch(output="text", edits=[("insert", [number], row)]))
            assert (await site.client.get(f"/api/runs/{run}")).json()["outputs"] == {"text": rows}


async def test_stop(site: Site) -> None:
    """A run is stopped by the request, and stopping one that is over is not an error."""
    run = await site.start()
    assert (await site.client.delete(f"/api/runs/{run}")).status_code == 204
    assert (await site.client.get(f"/api/runs/{run}")).json()["by"] == "visitor"
    again = await site.client.delete(f"/api/runs/{run}")
    assert (again.status_code, again.content) == (204, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/events"),
        ("GET", "/blobs/abc"),
        ("GET", "/outputs/a/index.m3u8"),
    ],
)
async def test_a_run_that_is_not_there(site: Site, method: str, path: str) -> None:
    """Whatever is asked of an unknown run is 404."""
    answer = await site.client.request(method, f"/api/runs/{'0' * 32}{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_the_answer_is_the_feed(site: Site) -> None:
    """A client that accepts an event stream gets the run's feed in response to starting it."""
    asked = site.client.stream(
        "POST", "/api/demos/echo/runs", json={}, headers={"Accept": "text/event-stream"}
    )
    async with asked as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (201, "text/event-stream")
        reader = Reader(answer)
        assert await reader.next() == {
            "id": "1",
            "event": "running",
            "data": '{"type":"running","seq":1}',
        }
        run = answer.headers["location"].rpartition("/")[2]
        site.slot.end()
        (end,) = await reader.rest()
        assert end["event"] == "succeeded"
        assert (await site.client.get(f"/api/runs/{run}")).json()["status"] == "succeeded"


SESSION = {"X-Gradstream-Session": "me"}


@pytest.mark.parametrize(
    ("headers", "by"), [(SESSION, "superseded"), ({"X-Gradstream-Session": "you"}, None)]
)
async def test_superseding(site: Site, headers: dict[str, str], by: str | None) -> None:
    """A run supersedes one of its own session, and leaves one of another alone."""
    old = (await site.client.post("/api/demos/echo/runs", json={}, headers=SESSION)).json()["run"]
    body: dict[str, Any] = {"supersedes": old}
    assert (await site.client.post("/api/demos/echo/runs", json=body, headers=headers)).status_code == 201
    assert (await site.client.get(f"/api/runs/{old}")).json()["by"] == by


async def test_a_session_that_cannot_be_one(site: Site) -> None:
    """A session header of no use is refused and not ignored."""
    answer = await site.client.post(
        "/api/demos/echo/runs", json={}, headers={"X-Gradstream-Session": "x" * 200}
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "X-Gradstream-Session takes 1 to 128 printable characters",
    )
