"""Each demo of this repository, run through the API: what its visitors are promised."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT, Server
from tests.patience import PATIENCE_S

Event = tuple[str, dict[str, Any]]

PRESS_TRIES = 500
"""Each takes a few milliseconds after the first; the test's own time limit ends them if need be."""


def _events(server: Server, demo: str, inputs: dict[str, Any], **more: Any) -> Iterator[Event]:
    """Run a demo and yield its events as (type, fields) until the last."""
    headers = {"Accept": "text/event-stream", "X-Gradstream-Session": "a-visitor"}
    url = f"{server.url}/api/demos/{demo}/runs"
    with httpx.stream(
        "POST", url, json={"inputs": inputs, **more}, headers=headers, timeout=PATIENCE_S
    ) as answer:
        assert answer.status_code == 201, answer.read()
        kind = ""
        for line in answer.iter_lines():
            name, _, text = line.partition(": ")
            if name == "event":
                kind = text
            elif name == "data":
                yield kind, json.loads(text)


def _of(kind: str, events: list[Event]) -> list[dict[str, Any]]:
    return [fields for name, fields in events if name == kind]


def test_every_demo_file_is_a_good_demo_without_warnings(own_demos: Server) -> None:
    """The catalog has each file of demos/, none broken, none skipped, and none with a remark."""
    catalog = httpx.get(f"{own_demos.url}/api/demos", timeout=PATIENCE_S).json()
    assert {demo["file"] for demo in catalog["demos"]} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "demos").rglob("*.yaml")
    }
    assert {demo["status"] for demo in catalog["demos"]} == {"ready"}
    assert catalog["skipped"] == 0
    for demo in catalog["demos"]:
        spec = httpx.get(f"{own_demos.url}/api/demos/{demo['address']}", timeout=PATIENCE_S).json()
        assert spec["diagnostics"] == [], demo["address"]


def test_count_yields_each_integer(own_demos: Server) -> None:
    """Each number up to the limit is told once, in order."""
    events = list(_events(own_demos, "count", {"limit": 3}))
    assert [fields["value"] for fields in _of("set", events)] == [1, 2, 3]


def test_fake_diffusion_shows_every_step_and_ends_with_the_exact_picture(own_demos: Server) -> None:
    """Noise of 600 by 600 for each step, then the larger picture: fast first, then exactly as it was made."""
    pictures = _of("set", list(_events(own_demos, "fake_diffusion", {"steps": 1})))
    shapes = [(picture["value"]["width"], picture["value"]["height"]) for picture in pictures]
    assert shapes == [(600, 600), (1000, 1000), (1000, 1000)]
    assert [picture.get("final", False) for picture in pictures] == [False, False, True]
    assert [picture["value"]["mime"] for picture in pictures[:2]] == ["image/jpeg", "image/jpeg"]
    assert pictures[2]["value"]["mime"] in {"image/png", "image/webp"}


def test_chart_adds_a_point_for_each_step_and_learns(own_demos: Server) -> None:
    """A point of the error costs one edit, whatever was there before; the error goes down."""
    events = list(_events(own_demos, "chart", {"neurons": 8, "speed": 0.2}))
    (first,) = [fields["value"] for fields in _of("set", events) if fields["output"] == "error"]
    assert (first["x"], first["y"]) == ("step", ["seen", "unseen"])
    edits = [fields["edits"] for fields in _of("patch", events) if fields["output"] == "error"]
    assert [[op for op, *_ in each] for each in edits] == [["insert"]] * 119
    assert edits[-1][0][2][1] < first["rows"][0][1] / 2


def test_chatbot_answers_word_by_word_and_remembers(own_demos: Server) -> None:
    """The answer grows by words, and what was said before comes up in it."""
    history = [
        {"role": "user", "content": "I keep bees"},
        {"role": "assistant", "content": "How many?"},
    ]
    inputs = {"message": "About forty thousand", "pace": 40, "history": history}
    events = list(_events(own_demos, "chatbot", inputs))
    growth = [edit for patch in _of("patch", events) for edit in patch["edits"] if edit[0] == "append"]
    assert len(growth) > 20
    first = _of("set", events)[0]["value"]
    assert [turn["role"] for turn in first] == ["user", "assistant", "user"]
    assert "I keep bees" in "".join(edit[2] for edit in growth)


def test_reverse_as_you_type_lets_the_newest_run_win(own_demos: Server) -> None:
    """A live run takes the place of the one before it."""
    headers = {"X-Gradstream-Session": "a-visitor"}
    url = f"{own_demos.url}/api/demos/reverse_as_you_type/runs"
    older = httpx.post(url, json={"inputs": {"text": "ab"}}, headers=headers, timeout=PATIENCE_S).json()[
        "run"
    ]
    newer = list(_events(own_demos, "reverse_as_you_type", {"text": "abc"}, supersedes=older))
    assert _of("set", newer)[-1]["value"] == "cba"
    assert httpx.get(f"{own_demos.url}/api/runs/{older}", timeout=PATIENCE_S).json()["status"] in {
        "canceled",
        "succeeded",
    }


@pytest.mark.parametrize(
    ("operation", "result"), [("add", 8.5), ("subtract", 4.5), ("multiply", 13.0), ("divide", 3.25)]
)
def test_calculator_works_out_each_operation(own_demos: Server, operation: str, result: float) -> None:
    """Two numbers and an operation give one number."""
    inputs = {"first": 6.5, "operation": operation, "second": 2}
    assert _of("set", list(_events(own_demos, "calculator", inputs)))[-1]["value"] == result


def test_calculator_tells_the_visitor_what_cannot_be_done(own_demos: Server) -> None:
    """A division by zero is the visitor's to mend, in the demo's own words."""
    inputs = {"first": 1, "operation": "divide", "second": 0}
    (failed,) = _of("failed", list(_events(own_demos, "calculator", inputs)))
    assert (failed["fault"], failed["message"]) == (
        "visitor",
        "Nothing can be divided by zero. Change the second number.",
    )


def test_two_outputs_change_one_at_a_time_and_keep_a_total_for_each_visitor(own_demos: Server) -> None:
    """Each step changes one output; the total goes on from run to run; each action has its outputs."""
    said = [_of("set", list(_events(own_demos, "two_outputs", {"limit": 2})))[-1]["value"] for _ in range(2)]
    assert said == ["Counted 2. Your total is now 2.", "Counted 2. Your total is now 4."]
    words = list(_events(own_demos, "two_outputs", {"limit": 2}, action="words"))
    assert {fields["output"] for kind, fields in words if kind in {"set", "append"}} == {"sentence"}


def test_async_words_adds_each_step_to_what_is_shown(own_demos: Server) -> None:
    """An async generator's steps are appended."""
    events = list(_events(own_demos, "async_words", {"text": "one two three"}))
    assert "".join(fields["text"] for fields in _of("append", events)) == "one two three "
    assert _of("set", events) == []


def test_progress_tells_how_far_it_is_and_fills_its_table(own_demos: Server) -> None:
    """Progress, log lines and rows come while the run goes on."""
    events = list(_events(own_demos, "progress", {"places": ["attic", "hall"], "careful": False}))
    assert [fields["fraction"] for fields in _of("progress", events)] == [0.0, 0.5, 1.0]
    assert len(_of("log", events)) == 2
    assert events[-1][0] == "succeeded"


def test_archimedes_shows_an_example_at_once_after_its_first_run(own_demos: Server) -> None:
    """The document of an example that has been run comes from a recording, whole."""
    inputs = {"doublings": 12, "letters_a_second": 400}
    url = f"{own_demos.url}/api/demos/archimedes/runs"
    started, events = dict[str, Any](), ""
    for _ in range(PRESS_TRIES):
        started = httpx.post(url, json={"inputs": inputs, "replay": True}, timeout=PATIENCE_S).json()
        events = httpx.get(f"{own_demos.url}/api/runs/{started['run']}/events", timeout=PATIENCE_S).text
        if started.get("recorded_at") is not None:
            assert "event: succeeded" in events
            return
    raise AssertionError("the example was never recorded")


def test_guess_hints_and_forgets_when_it_is_given_up(own_demos: Server) -> None:
    """A table of tries grows by one for each run of a visitor; a new number empties it."""
    for tries in (1, 2):
        sent = list(_events(own_demos, "guess", {"number": 1}, action="try_it"))
        (table,) = [fields["value"] for fields in _of("set", sent) if fields["output"] == "tries"]
        assert (len(table["rows"]), table["rows"][0][1]) in ((tries, 1), (1, 1))
    sent = list(_events(own_demos, "guess", {}, action="give_up"))
    assert [fields["value"]["rows"] for fields in _of("set", sent) if fields["output"] == "tries"] == [[]]


def test_dashboard_goes_on_from_what_the_look_before_left(own_demos: Server) -> None:
    """Each look adds a row for its second, and all outputs tell of the same loads."""
    for second in (0, 1):
        sent = _of("set", list(_events(own_demos, "dashboard", {"alarm": 100})))
        shown = {fields["output"]: fields["value"] for fields in sent}
        assert [row[0] for row in shown["load"]["rows"]] == list(range(second + 1))
        loads = shown["load"]["rows"][-1][1:]
        assert [load for _, load, _ in shown["machines"]["rows"]] == loads
        assert shown["busiest"]["value"] == max(loads)


def test_pizza_offers_what_fits_and_asks_for_the_address_only_where_it_is_needed(own_demos: Server) -> None:
    """The choices follow the diet, the price what is chosen, and a hidden address is not required."""
    (offered,) = _of("props", list(_events(own_demos, "pizza", {"diet": "vegans"}, action="offer")))
    choices = [choice["value"] for choice in offered["changes"]["choices"]]
    assert "artichokes" in choices
    assert "ham" not in choices
    given = {"toppings": ["olives"], "size": 28}
    (price,) = _of("set", list(_events(own_demos, "pizza", {**given, "delivery": True}, action="count")))
    assert price["value"]["value"] == 8.7
    picked_up = list(_events(own_demos, "pizza", {**given, "delivery": False}, action="place"))
    assert picked_up[-1][0] == "succeeded"
    url = f"{own_demos.url}/api/demos/pizza/runs"
    answer = httpx.post(
        url, json={"inputs": {**given, "delivery": True}, "action": "place"}, timeout=PATIENCE_S
    )
    assert answer.status_code == 422
    assert "address" in answer.text


def test_assistant_folds_its_thought_before_it_answers(own_demos: Server) -> None:
    """The last state is a thought, a tool within it, and an answer about the place that was asked for."""
    sent = list(_events(own_demos, "assistant", {"message": "by the sea?"}))
    assert sent[-1][0] == "succeeded"
    assert " **24" in json.dumps(_of("patch", sent))
    assert "Read the station" in json.dumps(_of("patch", sent))
