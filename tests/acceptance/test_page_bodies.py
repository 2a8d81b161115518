"""The bodies in `tests/wire/bodies` are what the server sends; the page's decoders are tested on them.

Each file is a list of cases for one decoder of the page. What differs from run to run has a fixed value.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.catalog_feed import follow_catalog
from tests.conftest import ROOT, Serve, Server
from tests.exact import Exact
from tests.patience import PATIENCE_S

BODIES = ROOT / "tests" / "wire" / "bodies"
EXAMPLES = ROOT / "tests" / "examples"
BROKEN_EXAMPLES = ("a_call", "alias_with_a_mistake", "no_kind")

SMALL = {
    "demos/add.yaml": """
gradstream: 1
title: Add
generator: added.run
inputs:
  n:
    type: slider
    minimum: 1
    maximum: 9
outputs:
  sum: number
""",
    "demos/bad.yaml": "gradstream: 1\ntitle: Bad\n",
    "demos/absent.yaml": "gradstream: 1\ntitle: Absent\ngenerator: lacking.run\noutputs:\n  x: text\n",
    "demos/fails.yaml": "gradstream: 1\ntitle: Fails\ngenerator: added.fail\noutputs:\n  x: text\n",
    "demos/waits.yaml": "gradstream: 1\ntitle: Waits\ngenerator: added.wait\noutputs:\n  x: text\n",
    "demos/lacking.py": "import a_library_that_is_not_there\n\n\ndef run():\n    yield 'never'\n",
    "demos/added.py": """
import asyncio

from gradstream import progress

def run(n):
    progress(0.5, "half")
    yield n + 1

def fail():
    yield "so far"
    raise ValueError("not this one")

async def wait():
    yield "so far"
    await asyncio.sleep(3600)
""",
}
STALE = SMALL["demos/add.yaml"] + "colour: red\n"

FIXED: Mapping[str, Any] = {
    "created_at": "2026-01-31T12:00:00.000000Z",
    "duration_s": 1.5,
    "file_id": "0123456789abcdef",
    "revision": "0123",
    "run": "0123456789abcdef0123456789abcdef",
    "seq": 5,
    "started_at": "2026-01-31T12:00:00.500000Z",
    "version": 1,
}
"""In the place of what is another value each time."""

LONG = ("detail", "source", "text")
"""Texts of which the beginning is enough: tracebacks, YAML, documentation."""

Case = dict[str, Any]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the example files."""
    with Server(EXAMPLES, log=tmp_path_factory.mktemp("examples") / "server.log") as running:
        yield running


@pytest.fixture
def small(serve: Serve) -> Iterator[httpx.Client]:
    """Return a client of a server with a small catalog."""
    server = serve(SMALL)
    with httpx.Client(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        yield client


def settled(value: Any, key: str = "") -> Any:
    """Return a body with fixed values in the place of those that are others each time."""
    if value is None:
        return None
    if key in FIXED:
        return FIXED[key]
    if isinstance(value, dict):
        return {name: settled(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, str):
        text = re.sub(r"\?v=\w+", "?v=0123", value)
        return text.partition("\n")[0] if key in LONG else text
    return value


def case(about: str, body: Any) -> Case:
    """Return a case that the page's tests read."""
    return {"about": about, "body": settled(body)}


def expect(exact: Exact, decoder: str, *cases: Case) -> None:
    """Require that the decoder's file has these cases, one a line."""
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in cases)
    exact.report(BODIES / f"{decoder}.json", f"[\n{lines}\n]")


def demo(client: httpx.Client, address: str) -> Any:
    """Return a demo's body."""
    return client.get(f"/api/demos/{address}").raise_for_status().json()


def all_demos(server: Server, folder: str) -> list[Case]:
    """Return the bodies of all demos below a folder that are in order, drafts included."""
    addresses = sorted(path.stem for path in Path(server.folder, folder).glob("*.yaml"))
    with httpx.Client(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        return [case(f"{folder}/{address}.yaml", demo(client, address)) for address in addresses]


def test_demos(exact: Exact, own_demos: Server, examples: Server, serve: Serve) -> None:
    """Every demo of this repository, every valid example and each state of a demo is sent like this."""
    cases = [*all_demos(own_demos, "demos"), *all_demos(examples, "valid")]
    with httpx.Client(base_url=examples.url, timeout=PATIENCE_S) as client:
        cases += [case(f"invalid/{address}.yaml", demo(client, address)) for address in BROKEN_EXAMPLES]
    server = serve(SMALL)
    with follow_catalog(server) as feed:
        feed.client.get("/api/demos/absent?open=1").raise_for_status()
        feed.until(lambda: feed.demo("absent")["notice"] is not None)
        cases.append(case("a demo that cannot be imported", feed.demo("absent")))
        Path(server.folder, "demos/add.yaml").write_text(STALE, encoding="utf-8")
        feed.until(lambda: bool(feed.demo("add")["is_stale"]))
        cases.append(case("a demo whose file has a mistake since", feed.demo("add")))
    expect(exact, "demo", *cases)


def test_catalogs(exact: Exact, own_demos: Server, serve: Serve) -> None:
    """Catalogs are sent like this: with thumbnails, with broken demos, with mistakes of their own."""
    mistaken = serve({**SMALL, "gradstream.yaml": "gradstream: 1\ntitle: Lab\ncolour: red\n"})
    cases = [
        case(about, httpx.get(f"{server.url}/api/demos", timeout=PATIENCE_S).raise_for_status().json())
        for about, server in (("demos of this repository", own_demos), ("a catalog with mistakes", mistaken))
    ]
    expect(exact, "catalog", *cases)


def test_pages(exact: Exact, small: httpx.Client) -> None:
    """The HTML of each page carries what the file has."""

    def data(path: str) -> Any:
        html = small.get(path, headers={"Accept": "text/html"}).text
        found = re.search(r'<script type="application/json" id="gradstream">(.*?)</script>', html, re.DOTALL)
        assert found is not None, path
        return json.loads(found[1])

    paths = ("/", "/demos/add", "/demos/add/embed", "/demos/unknown", "/docs/tutorial.md")
    expect(exact, "boot", *(case(path, data(path)) for path in paths))


def test_runs(exact: Exact, small: httpx.Client) -> None:
    """Runs are sent as the files have it, when they are created and when their state is asked for."""
    created = [
        small.post(f"/api/demos/{demo}/runs", json={"inputs": {}}).raise_for_status().json()
        for demo in ("add", "fails", "waits")
    ]
    with small.stream("GET", f"/api/runs/{created[2]['run']}/events") as feed:
        assert any("so far" in line for line in feed.iter_lines())
    small.delete(f"/api/runs/{created[2]['run']}").raise_for_status()
    cases = []
    for about, body in zip(("succeeded", "failed", "canceled"), created, strict=True):
        small.get(f"/api/runs/{body['run']}/events").raise_for_status()
        cases.append(case(about, small.get(f"/api/runs/{body['run']}").raise_for_status().json()))
    expect(exact, "created", case("a run was started", created[0]))
    expect(exact, "run", *cases)


def test_uploads(exact: Exact, small: httpx.Client) -> None:
    """An upload is answered as the file has it."""
    answer = small.post("/api/uploads", files={"file": ("a.txt", b"a", "text/plain")}).raise_for_status()
    expect(exact, "uploaded", case("a file was uploaded", {**answer.json(), "file": FIXED["file_id"]}))


def test_problems(exact: Exact, small: httpx.Client) -> None:
    """Refusals are sent as the file has them: with and without details, about inputs and about files."""
    runs = "/api/demos/{}/runs"
    answers = {
        "no such demo": small.get("/api/demos/unknown"),
        "no such route": small.get("/api/nowhere"),
        "inputs that do not fit": small.post(runs.format("add"), json={"inputs": {"n": 10, "m": 1}}),
        "no such action": small.post(runs.format("add"), json={"action": "subtract"}),
        "a demo with a mistake": small.post(runs.format("bad"), json={}),
    }
    assert all(answer.is_error for answer in answers.values())
    expect(exact, "problem", *(case(about, answer.json()) for about, answer in answers.items()))
