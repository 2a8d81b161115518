"""`gradstream serve`: how it starts, what it says, how it ends."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import httpx

from tests.conftest import ROOT, Serve, Server
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

FILES = {
    "demos/slow.yaml": "gradstream: 1\ngenerator: made.slow\n"
    "inputs:\n  seconds: number\noutputs:\n  text: text\n",
    "demos/made.py": "import time\n\ndef slow(seconds):\n    yield 'begun'\n"
    "    time.sleep(seconds)\n    yield 'done'\n",
}


def _serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(["serve", *arguments], folder=ROOT)


def _start(url: str, seconds: float) -> str:
    answer = httpx.post(
        f"{url}/api/demos/slow/runs", json={"inputs": {"seconds": seconds}}, timeout=PATIENCE_S
    )
    run: str = answer.json()["run"]
    return run


def _read_until(url: str, run: str, word: str) -> None:
    """Read a run's events until one has this word."""
    with httpx.stream("GET", f"{url}/api/runs/{run}/events", timeout=PATIENCE_S) as answer:
        for line in answer.iter_lines():
            if word in line:
                return
    raise AssertionError(f"{word} was never told")


def test_a_taken_port_is_an_error_that_names_its_holder() -> None:
    """Nothing is served, the exit code is 2, and the message says who has the port and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = _serve(".", "--port", str(port))
    assert ended.returncode == 2
    assert f"port {port} on 127.0.0.1 is in use" in ended.stderr
    assert "Choose another with --port" in ended.stderr


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """The exit code is 2 and the message says what was expected."""
    ended = _serve(str(tmp_path / "nowhere"))
    assert ended.returncode == 2
    assert "is not a folder; give the one that holds the demos" in ended.stderr


def test_an_empty_folder_is_served(serve: Serve) -> None:
    """A catalog without demos has a page all the same."""
    server = serve({"notes.txt": "no demo"})
    assert httpx.get(f"{server.url}/api/demos", timeout=PATIENCE_S).json()["demos"] == []
    assert httpx.get(server.url, timeout=PATIENCE_S).status_code == 200


def test_mistakes_are_told_at_the_start_and_the_rest_is_served(serve: Serve) -> None:
    """The terminal shows each mistake with its place; other demos are there."""
    server = serve({**FILES, "demos/torn.yaml": "gradstream: 1\ngenerator: made.slow\noutput: {}\n"})
    server.read_log(until="demos/torn.yaml:3:1: error")
    status = {
        demo["address"]: demo["status"]
        for demo in httpx.get(f"{server.url}/api/demos", timeout=PATIENCE_S).json()["demos"]
    }
    assert status == {"slow": "ready", "torn": "broken"}


def test_a_run_in_flight_ends_by_itself_before_the_server_does(serve: Serve) -> None:
    """SIGTERM lets a short run come to its end; its reader hears of it."""
    server = serve(FILES)
    run = _start(server.url, 1)
    with httpx.stream("GET", f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S) as answer:
        lines = answer.iter_lines()
        for line in lines:
            if "begun" in line:
                break
        server.process.send_signal(signal.SIGTERM)
        rest = "\n".join(lines)
    assert "done" in rest
    assert "event: succeeded" in rest


def test_a_second_signal_ends_the_runs_at_once(serve: Serve) -> None:
    """Ctrl-C twice cancels what is in flight, and nothing is left behind."""
    server = serve(FILES)
    run = _start(server.url, 3600)
    with httpx.stream("GET", f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S) as answer:
        lines = answer.iter_lines()
        for line in lines:
            if "begun" in line:
                break
        server.process.send_signal(signal.SIGINT)
        server.process.send_signal(signal.SIGINT)
        rest = "\n".join(lines)
    assert '"by":"server"' in rest


def test_the_log_is_json_when_asked(serve: Serve) -> None:
    """Each line of the log is an object with time, level, logger and message."""
    server = serve(FILES, "--log", "json")
    _read_until(server.url, _start(server.url, 0), "succeeded")
    (server.folder / "demos/slow.yaml").write_text(FILES["demos/slow.yaml"] + "title: Other\n")
    logged = server.read_log(until="reloaded slow")
    records = [json.loads(line) for line in logged.splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(record) for record in records)


def test_many_demos_are_remembered_unless_told_otherwise(serve: Serve, tmp_path: Path) -> None:
    """What was found good is kept beside a large catalog, and with `--no-cache` nothing is.

    A first start may find files too young to tell whether they are still the same.
    """
    yaml = FILES["demos/slow.yaml"]
    files = {**FILES, **{f"demos/d{number}.yaml": yaml for number in range(60)}}
    kept = serve(files)
    with Server(kept.folder, log=tmp_path / "again.log"):
        assert (kept.folder / ".gradstream/cache/verdicts").is_file()
    left = serve(files, "--no-cache")
    assert not (left.folder / ".gradstream").exists()
