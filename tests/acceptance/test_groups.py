"""Demos of one group share a number of runs, over HTTP and with real workers."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

DEMO = """
gradstream: 1
title: Card
group: gpu
actions:
  hold:
    generator: card.hold
    outputs: [said]
    then:
      ended: after
  after:
    generator: card.after
    outputs: [said]
  live:
    generator: card.follow
    outputs: [said]
    live: true
inputs:
  word: text
outputs:
  said: text
"""
CODE = """
import os, time

def hold():
    yield str(os.getpid())
    while True:
        time.sleep(0.01)
        yield str(os.getpid())

def follow(word):
    yield from hold()

def after():
    return "after"
"""
FILES = {
    "gradstream.yaml": "gradstream: 1\ntitle: Lab\n",
    "demos/first.yaml": DEMO,
    "demos/second.yaml": DEMO,
    "demos/card.py": CODE,
}


@pytest.fixture
def server(serve: Serve) -> Server:
    """Return a server with two demos of one group."""
    return serve(FILES)


class Card:
    """A visitor of the two demos."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def start(self, demo: str, action: str = "hold", **body: Any) -> str:
        """Start a run."""
        answer = self.client.post(f"/api/demos/{demo}/runs", json={"action": action, "inputs": {}, **body})
        assert answer.status_code in (200, 201), answer.text
        run: str = answer.json()["run"]
        return run

    def state(self, run: str) -> dict[str, Any]:
        """Return the state of a run."""
        state: dict[str, Any] = self.client.get(f"/api/runs/{run}").json()
        return state

    def until(self, run: str, *, output: bool = False, **expected: Any) -> dict[str, Any]:
        """Wait until a run is as expected, and with `output` has yielded."""
        ends = time.monotonic() + PATIENCE_S
        state: dict[str, Any] = {}
        while time.monotonic() < ends:
            state = self.state(run)
            if {**state, **expected} == state and (not output or "said" in state["outputs"]):
                return state
            time.sleep(0.01)
        raise AssertionError(state)

    def stop(self, run: str) -> None:
        """Stop a run."""
        self.client.delete(f"/api/runs/{run}")


@pytest.fixture
def card(server: Server) -> Any:
    """Return a visitor."""
    headers = {"X-Gradstream-Session": "s" * 32}
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S, headers=headers) as client:
        yield Card(client)


def test_demos_of_a_group_wait_for_each_other(card: Card) -> None:
    """The place is that in the line of both; a chain and a live action go on when the place is free."""
    first = card.start("first")
    pid = int(card.until(first, output=True, status="running")["outputs"]["said"])
    second, third = card.start("second"), card.start("first", "live")
    assert (card.state(second)["position"], card.state(third)["position"]) == (1, 2)
    newer = card.start("first", "live", supersedes=third)
    os.kill(pid, signal.SIGKILL)
    card.until(first, status="failed", fault="worker")
    card.until(second, output=True, status="running")
    assert (card.state(third)["status"], card.state(newer)["position"]) == ("canceled", 1)
    follower = card.start("first", "after", follows=first)
    card.stop(second)
    card.until(newer, output=True, status="running")
    newest = card.start("first", "live", supersedes=newer)
    assert card.until(follower, status="succeeded")["outputs"] == {"said": "after"}
    card.stop(newest)


def test_files_that_change_take_no_place_with_them(server: Server, card: Card) -> None:
    """A group that grows, a demo that is renewed, changes its group or is removed: each place comes back."""
    held = card.start("first")
    card.until(held, output=True, status="running")
    waiting = card.start("second")
    write(server, "gradstream.yaml", "gradstream: 1\ntitle: Lab\ngroups:\n  gpu: 2\n")
    card.until(waiting, output=True, status="running")
    write(server, "demos/card.py", CODE + "\n# new\n")
    third, fourth = card.start("first"), card.start("second")
    assert (card.state(third)["position"], card.state(fourth)["position"]) == (1, 2)
    write(server, "demos/second.yaml", DEMO.replace("group: gpu", "title: Moved").replace("title: Card", ""))
    moved(card)
    free = card.start("second")
    card.until(free, output=True, status="running")
    card.stop(held)
    card.stop(waiting)
    card.until(third, output=True, status="running")
    card.until(fourth, output=True, status="running")
    # Only now: what waits when its demo is removed fails.
    (server.folder / "demos" / "first.yaml").unlink()
    for run in (third, fourth, free):
        card.stop(run)


def moved(card: Card) -> None:
    """Wait until the second demo is read again."""
    ends = time.monotonic() + PATIENCE_S
    while card.client.get("/api/demos/second").json()["title"] != "Moved":
        assert time.monotonic() < ends
        time.sleep(0.01)


def write(server: Server, name: str, text: str) -> None:
    """Save a file of the catalog."""
    Path(server.folder, name).write_text(text)
