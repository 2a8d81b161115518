"""The server's log has a line for each run that fails."""

import json

import httpx
import pytest

from tests.acceptance.catalog_feed import follow_catalog
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

YAML = "gradstream: 1\ngenerator: made.{name}\noutputs:\n  out: text\n"
FILES = {
    "demos/killed.yaml": YAML.format(name="killed"),
    "demos/refused.yaml": YAML.format(name="refused"),
    "demos/raised.yaml": YAML.format(name="raised"),
    "demos/fine.yaml": YAML.format(name="fine"),
    "demos/made.py": (
        "import os\nimport signal\n\nfrom gradstream import UserError\n\n"
        "def killed():\n    yield 'x'\n    os.kill(os.getpid(), signal.SIGKILL)\n\n"
        "def refused():\n    yield 'x'\n    raise UserError('Too long.')\n\n"
        "def raised():\n    yield 'x'\n    raise ValueError('no such thing')\n\n"
        "def fine():\n    yield 'x'\n"
    ),
}


def fail(server: Server, demo: str) -> str:
    """Run a demo to its end and return the run's id."""
    run: str = httpx.post(f"{server.url}/api/demos/{demo}/runs", json={}, timeout=PATIENCE_S).json()["run"]
    httpx.get(f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S).read()
    return run


@pytest.mark.parametrize(
    ("demo", "level", "message"),
    [
        (
            "killed",
            "error",
            "(worker): The demo's process was killed by signal 9 (SIGKILL), often the out-of-memory killer.",
        ),
        ("refused", "info", "(visitor): Too long."),
        ("raised", "error", "(developer): ValueError: no such thing\nTraceback (most recent call last):\n"),
    ],
)
def test_a_failure_is_logged_once(serve: Serve, demo: str, level: str, message: str) -> None:
    """The line names run, demo, fault and reason; a message meant for the visitor is not an error."""
    server = serve(FILES, "--log", "json")
    run = fail(server, demo)
    lines = [json.loads(line) for line in server.read_log(until=run).splitlines()]
    (line,) = [line for line in lines if line.get("run") == run]
    assert (line["level"], line["demo"]) == (level, demo)
    assert line["message"].startswith(f"failed {message}")


def test_an_import_that_fails_is_logged_when_its_page_is_opened(serve: Serve) -> None:
    """The line names the demo and has the traceback, which visitors do not read; it comes once."""
    python = "raise KeyError('hush')\n\ndef go():\n    yield 1\n"
    yaml = YAML.format(name="go").replace("made.", "own.")
    server = serve({"demos/lacking.yaml": yaml, "demos/own.py": python}, "--no-dev", "--log", "json")
    with follow_catalog(server) as feed:
        feed.client.get("/api/demos/lacking?open=1").raise_for_status()
        feed.until(lambda: feed.demo("lacking")["diagnostics"] != [])
        assert "hush" not in str(feed.demo("lacking"))
    lines = [json.loads(line) for line in server.read_log(until="hush").splitlines()]
    (line,) = [line for line in lines if line.get("demo") == "lacking"]
    assert line["level"] == "error"
    assert line["message"].startswith(
        "`own.go` cannot be imported: KeyError: 'hush' (demos/own.py, line 1)\n"
    )
    assert "Traceback" in line["message"]


def test_a_success_is_not_logged(serve: Serve) -> None:
    """A run that succeeds leaves no line."""
    server = serve(FILES)
    run, later = fail(server, "fine"), fail(server, "raised")
    assert run not in server.read_log(until=later)
