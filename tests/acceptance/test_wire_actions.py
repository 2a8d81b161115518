"""Values that go both ways, and actions that depend on each other, over HTTP."""

from typing import Any

import httpx

from tests.conftest import Serve
from tests.patience import PATIENCE_S

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
    with httpx.Client(base_url=serve(BOTH_WAYS).url, timeout=PATIENCE_S) as client:
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


CHAIN = {
    "demos/chain.yaml": """
gradstream: 1
title: Chain
actions:
  first:
    generator: chain.first
    inputs: [word]
    then:
      succeeded: second
      failed: [sorry]
      ended: last
  second:
    generator: chain.echo
    inputs: [word]
  sorry:
    generator: chain.echo
    inputs: [word]
  last:
    generator: chain.echo
    inputs: [word]
inputs:
  word: text
outputs:
  said: text
""",
    "demos/chain.py": """
def first(word):
    if word == "fail":
        raise ValueError(word)
    yield word

def echo(word):
    yield word
""",
}


def test_an_action_that_follows_is_started_once(serve: Serve) -> None:
    """The first request starts it, later ones get the same run, and only for what `then` names."""
    mine, other = {"X-Gradstream-Session": "mine"}, {"X-Gradstream-Session": "other"}
    with httpx.Client(base_url=serve(CHAIN).url, timeout=PATIENCE_S) as client:

        def start(
            action: str, word: str = "a", headers: dict[str, str] = mine, **more: Any
        ) -> httpx.Response:
            wish = {"action": action, "inputs": {"word": word}, **more}
            return client.post("/api/demos/chain/runs", json=wish, headers=headers)

        run = start("first").json()["run"]
        read_end(client, run)
        assert start("second", headers=other, follows=run).status_code == 409
        begun = start("second", follows=run)
        assert begun.status_code == 201
        for headers in (mine, other):
            again = start("second", word="again", headers=headers, follows=run)
            assert (again.status_code, again.json()) == (200, begun.json())
        assert read_end(client, begun.json()["run"])["outputs"] == {"said": "a"}
        assert start("sorry", follows=run).status_code == 409
        assert start("last", follows=run).status_code == 201
        assert start("second", follows="unknown").status_code == 409
        failed = start("first", word="fail").json()["run"]
        read_end(client, failed)
        statuses = [start(name, follows=failed).status_code for name in ("second", "sorry", "last")]
        assert statuses == [409, 201, 201]


ORDERED = {
    "demos/dictation.yaml": """
gradstream: 1
generator: dictation.hear
returns: [stream, text]
state:
  stream: ""
inputs:
  chunk: text
outputs:
  text: text
""",
    "demos/count.yaml": """
gradstream: 1
actions:
  add:
    generator: dictation.add
    outputs: []
  show:
    generator: dictation.show
state:
  total: 0
outputs:
  text: text
""",
    "demos/swapped.yaml": """
gradstream: 1
generator: dictation.swapped
state:
  total: 0
outputs:
  text: text
""",
    "demos/dictation.py": """
def hear(stream, chunk):
    stream = stream + chunk
    return stream, f"<{stream}>"

async def add(total):
    yield total + 1

def show(total):
    return f"{total} in all"

def swapped(total):
    return total + 1, "one more"
""",
}


def test_state_is_returned_in_the_order_that_is_written(serve: Serve) -> None:
    """It goes from run to run, alone too; where it seems to have changed places, the log has a line."""
    mine = {"X-Gradstream-Session": "mine"}
    with httpx.Client(base_url=serve(ORDERED).url, timeout=PATIENCE_S, headers=mine) as client:

        def outputs(demo: str, **wish: Any) -> Any:
            run = client.post(f"/api/demos/{demo}/runs", json={"inputs": {}, **wish}).json()["run"]
            return read_end(client, run)["outputs"], client.get(f"/api/runs/{run}/events").text

        assert outputs("dictation", inputs={"chunk": "a"})[0] == {"text": "<a>"}
        assert outputs("dictation", inputs={"chunk": "b"})[0] == {"text": "<ab>"}
        assert outputs("count", action="add")[0] == {}
        assert outputs("count", action="add")[0] == {}
        assert outputs("count", action="show")[0] == {"text": "2 in all"}
        assert "write `returns` with its order" in outputs("swapped")[1]


LIVE = {
    "demos/sum.yaml": """
gradstream: 1
generator: sums.add
live: true
inputs:
  first: number
  second:
    type: number
    show_if:
      more: true
  more: checkbox
outputs:
  sum: number
""",
    "demos/sums.py": """
def add(first, second, more):
    return first + second if more else first
""",
}


def test_a_live_action_is_not_run_without_its_numbers(serve: Serve) -> None:
    """A number without a default counts as required there, but not while it is hidden."""
    with httpx.Client(base_url=serve(LIVE).url, timeout=PATIENCE_S) as client:
        assert client.get("/api/demos/sum").json()["actions"][0]["live"]["needs"] == ["first", "second"]
        start = "/api/demos/sum/runs"
        for inputs, missing in (({}, ["first"]), ({"first": 1, "more": True}, ["second"])):
            refused = client.post(start, json={"inputs": inputs}).json()["diagnostics"]
            assert [(one["input"], one["code"]) for one in refused] == [(missing[0], "E-REQUIRED")]
        run = client.post(start, json={"inputs": {"first": 1}}).json()["run"]
        assert read_end(client, run)["outputs"] == {"sum": 1}


EVENTS = {
    "demos/shop.yaml": """
gradstream: 1
actions:
  show:
    button: false
    generator: shop.show
    inputs: []
    outputs: [chosen]
    runs_on:
      select: [goods]
  find:
    generator: shop.find
    inputs: []
    outputs: [goods]
outputs:
  goods: table
  chosen: json
""",
    "demos/shop.py": """
def find():
    return [{"name": "pear"}]

def show(event):
    return event
""",
}


def test_a_function_is_given_what_a_visitor_did(serve: Serve) -> None:
    """An event is handed over whole; one that the action does not run on is refused."""
    with httpx.Client(base_url=serve(EVENTS).url, timeout=PATIENCE_S) as client:
        actions = client.get("/api/demos/shop").json()["actions"]
        assert [(one["has_button"], one["runs_on"]) for one in actions] == [
            (False, {"select": ["goods"]}),
            (True, {}),
        ]
        start = "/api/demos/shop/runs"
        event = {"component": "goods", "type": "select", "index": 1, "row": 1, "column": "name"}
        wish = {"inputs": {}, "action": "show", "event": {**event, "value": "pear"}}
        run = client.post(start, json=wish).json()["run"]
        assert read_end(client, run)["outputs"] == {"chosen": {**event, "value": "pear"}}
        run = client.post(start, json={"inputs": {}, "action": "show"}).json()["run"]
        assert read_end(client, run)["outputs"] == {"chosen": None}
        for wrong in ({**event, "type": "play"}, {**event, "component": "chosen"}):
            refused = client.post(start, json={**wish, "event": wrong})
            assert refused.status_code == 422
            (found,) = refused.json()["diagnostics"]
            assert (found["input"], found["expected"]) == ("event", "`select of goods`")
