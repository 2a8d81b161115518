"""Examples that are shown from recordings, and runs that outlive their server, with real workers."""

import re
from pathlib import Path
from typing import Any

import httpx
from msgspec import json

from tests.conftest import Serve, Server, write_catalog
from tests.patience import PATIENCE_S

PRESS_TRIES = 500
"""Each takes a few milliseconds; the test's own time limit ends them if need be."""

YAML = """
gradstream: 1
title: Draw
generator: draw.draw
cache: true
inputs:
  size: {type: number, default: 1, minimum: 1, maximum: 9}
outputs:
  said: text
  picture: image
  sound: audio
examples:
  one: {size: 1}
  two: {size: 2}
"""

PYTHON = """
from pathlib import Path

import numpy as np

import helper

def draw(size):
    with Path("calls.txt").open("a") as calls:
        calls.write(f"{size}\\n")
    yield helper.word(), None, None
    picture = np.full((size * 8, 8, 3), 200, np.uint8)
    for part in range(2):
        yield f"{helper.word()} {size}", picture, (8000, np.full(8000, part / 4, np.float32))
"""

FILES = {
    "demos/draw.yaml": YAML,
    "demos/draw.py": PYTHON,
    "demos/helper.py": "def word():\n    return 'size'\n",
}
HISTORY = {"gradstream.yaml": "gradstream: 1\nhistory: true\n"}


def press(server: Server, size: int = 1, **more: Any) -> dict[str, Any]:
    """Press an example and return the finished run's state."""
    body = {"inputs": {"size": size}, "accept": ["flac"], "replay": True, **more}
    answer = httpx.post(f"{server.url}/api/demos/draw/runs", json=body, timeout=PATIENCE_S)
    assert answer.status_code == 201, answer.text
    return finished(server, answer.json()["run"])


def finished(server: Server, run: str) -> dict[str, Any]:
    """Return a run's state after its end."""
    httpx.get(f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S).read()
    state: dict[str, Any] = json.decode(httpx.get(f"{server.url}/api/runs/{run}", timeout=PATIENCE_S).content)
    return state


def replayed(server: Server, size: int = 1) -> dict[str, Any]:
    """Press an example until a recording answers, which is written soon after the first run."""
    for _ in range(PRESS_TRIES):
        state = press(server, size)
        if state["recorded_at"] is not None:
            return state
    raise AssertionError(f"nothing was ever recorded: {server.read_log()}")


def shown(server: Server, state: dict[str, Any]) -> dict[str, Any]:
    """Return all that a page shows of a run: its events, and its files byte for byte."""
    base = f"{server.url}/api/runs/{state['run']}"
    paths = {
        "blob": f"/blobs/{state['outputs']['picture']['blob']}",
        "playlist": "/outputs/sound/index.m3u8",
        "init": "/outputs/sound/init.mp4",
        "segment": "/outputs/sound/0.m4s",
        "stream": "/outputs/sound/stream.mp4",
        "download": "/outputs/sound/download.wav",
    }
    found: dict[str, Any] = {}
    for name, path in paths.items():
        answer = httpx.get(base + path, timeout=PATIENCE_S)
        assert answer.status_code == 200, (path, answer.text)
        found[name] = (answer.headers["content-type"], answer.content)
    events = httpx.get(f"{base}/events", timeout=PATIENCE_S).text
    found["events"] = re.findall(r"^(?:event|id): .*", events, re.MULTILINE)
    found["outputs"] = state["outputs"]
    return found


def calls(server: Server) -> list[str]:
    """Return the sizes that the function was called with."""
    (path,) = server.folder.rglob("calls.txt") if list(server.folder.rglob("calls.txt")) else (None,)
    return [] if path is None else path.read_text().split()


def test_an_example_is_run_once_and_shown_from_then_on(tmp_path: Path) -> None:
    """The same events and files for everybody, after a restart too, until its code is saved."""
    folder = write_catalog(tmp_path / "catalog", FILES)
    counted = {"demos/draw.py": PYTHON.replace('"calls.txt"', repr(str(folder / "calls.txt")))}
    write_catalog(folder, counted)
    with Server(folder, log=tmp_path / "first.log") as server:
        first = press(server)
        assert (first["status"], first["recorded_at"]) == ("succeeded", None)
        again = replayed(server)
        ran = len(calls(server))
        assert again["run"] != first["run"]
        assert shown(server, again) == shown(server, first)
        assert press(server)["recorded_at"] is not None
        # The button runs for real.
        assert press(server, replay=False)["recorded_at"] is None
        assert len(calls(server)) == ran + 1
    with Server(folder, log=tmp_path / "second.log") as server:
        after = press(server)
        assert after["recorded_at"] == again["recorded_at"]
        assert after["outputs"]["said"] == "size 1"
        assert len(calls(server)) == ran + 1
        (folder / "demos/helper.py").write_text("def word():\n    return 'height'\n")
        changed = press(server)
        assert (changed["recorded_at"], changed["outputs"]["said"]) == (None, "height 1")
    with Server(folder, log=tmp_path / "third.log") as server:
        assert replayed(server)["outputs"]["said"] == "height 1"
    assert list((folder / ".gradstream/cache/examples").glob("*.zip")) != []


def test_nothing_is_written_with_no_cache(serve: Serve) -> None:
    """Where the cache is switched off every example is run."""
    server = serve(FILES, "--no-cache")
    for _ in range(3):
        assert press(server)["recorded_at"] is None
    assert not (server.folder / ".gradstream/cache").exists()


def test_a_replay_as_a_feed(serve: Serve) -> None:
    """A client that asks for the feed at once gets all of the recording, up to its end."""
    server = serve(FILES)
    replayed(server)
    answer = httpx.post(
        f"{server.url}/api/demos/draw/runs",
        json={"inputs": {"size": 1}, "accept": ["flac"], "replay": True},
        headers={"Accept": "text/event-stream"},
        timeout=PATIENCE_S,
    )
    types = re.findall(r"^event: (.*)", answer.text, re.MULTILINE)
    assert (types[-1], types.count("segment") > 0) == ("succeeded", True)


def test_a_run_outlives_its_server(tmp_path: Path) -> None:
    """With `history`, state, events, files and downloads are the same after a restart."""
    folder = write_catalog(tmp_path / "catalog", {**FILES, **HISTORY})
    with Server(folder, log=tmp_path / "first.log") as server:
        run = press(server, 3)
        before = shown(server, run)
    with Server(folder, log=tmp_path / "second.log") as server:
        assert httpx.get(f"{server.url}/api/runs/{'0' * 32}", timeout=PATIENCE_S).status_code == 404
        after = finished(server, run["run"])
        assert after == run
        assert shown(server, after) == before
        assert httpx.delete(f"{server.url}/api/runs/{run['run']}", timeout=PATIENCE_S).status_code == 204
    (folder / "gradstream.yaml").write_text("gradstream: 1\nhistory: false\n")
    with Server(folder, log=tmp_path / "third.log") as server:
        assert httpx.get(f"{server.url}/api/runs/{run['run']}", timeout=PATIENCE_S).status_code == 404


def test_a_run_outlives_a_server_that_was_killed(tmp_path: Path) -> None:
    """What was recorded before is there; what was being written then is not, and hurts nothing."""
    folder = write_catalog(tmp_path / "catalog", {**FILES, **HISTORY})
    server = Server(folder, log=tmp_path / "killed.log").__enter__()
    runs = [press(server, size)["run"] for size in range(3, 9)]
    while not (folder / ".gradstream/history" / f"{runs[0]}.zip").exists():
        press(server, 9)
    server.kill()
    with Server(folder, log=tmp_path / "second.log") as again:
        assert finished(again, runs[0])["outputs"]["said"] == "size 3"
        answers = [httpx.get(f"{again.url}/api/runs/{run}", timeout=PATIENCE_S).status_code for run in runs]
        assert set(answers) <= {200, 404}
        assert "damaged" not in again.read_log()
