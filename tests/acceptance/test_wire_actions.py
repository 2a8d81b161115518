"""Values that go both ways, and actions that depend on each other, over HTTP."""

from typing import Any

import httpx

from tests.conftest import Serve

BOTH_WAYS = {
    "demos/ways.yaml": """
gradstream: 1
title: Both ways
actions:
  write:
    generator: ways.write
    inputs: [topic]
    outputs: [topic, count, photo, files]
  reads:
    generator: ways.read
    inputs: [draft, picture, lists]
    outputs: [draft]
  wrong:
    generator: ways.wrong
    inputs: []
    outputs: [count]
inputs:
  topic: text
  count:
    type: slider
    maximum: 5
  photo:
    type: image
    as: path
  files:
    type: file
    multiple: true
outputs:
  draft:
    type: text
    editable: true
  picture:
    type: image
    as: pil
  lists: file
""",
    "demos/ways.py": """
from datetime import date
from pathlib import Path

import numpy as np

def write(topic):
    yield topic + "!", 1, None, []
    yield topic + "!!", np.int64(2), np.zeros((3, 4, 3), np.uint8), [("a.csv", "1,2")]

def read(draft, picture, lists):
    names = [Path(one).name + " " + Path(one).read_text() for one in lists]
    return f"{draft} {getattr(picture, 'size', None)} {names}"

def wrong():
    yield 3
    yield 9
""",
}


def read_end(client: httpx.Client, run: str) -> dict[str, Any]:
    """Return a run's state once it is over."""
    client.get(f"/api/runs/{run}/events")
    state: dict[str, Any] = client.get(f"/api/runs/{run}").json()
    return state


def test_a_run_fills_inputs_and_is_given_what_outputs_show(serve: Serve) -> None:
    """Each step is checked as a visitor's value is, and files are named by the run that made them."""
    with httpx.Client(base_url=serve(BOTH_WAYS).url) as client:
        start = "/api/demos/ways/runs"
        run = client.post(start, json={"action": "write", "inputs": {"topic": "sea"}}).json()["run"]
        shown = read_end(client, run)["outputs"]
        assert (shown["topic"], shown["count"]) == ("sea!!", 2)
        photo = {"file": f"{run}/{shown['photo']['blob']}"}
        lists = [{"file": f"{run}/{shown['files'][0]['blob']}"}]
        inputs = {"draft": "mine", "picture": photo, "lists": lists}
        read = client.post(start, json={"action": "reads", "inputs": inputs}).json()["run"]
        assert read_end(client, read)["outputs"] == {"draft": "mine (4, 3) ['a.csv 1,2']"}
        wrong = client.post(start, json={"action": "wrong", "inputs": {}}).json()["run"]
        state = read_end(client, wrong)
        assert (state["status"], state["outputs"]) == ("failed", {"count": 3})
        for unknown in (f"{run}/abc", "0" * 32 + "/abc", f"{run}/../../x"):
            refused = client.post(start, json={"action": "reads", "inputs": {"picture": {"file": unknown}}})
            assert [one["code"] for one in refused.json()["diagnostics"]] == ["E-NO-UPLOAD"]
        editors = client.get("/api/demos/ways").json()["editors"]
        assert [(one["name"], one["type"]) for one in editors] == [("draft", "text")]
