"""State per visitor and demo."""

from gradstream.limits import WORKER_LIMITS
from gradstream.runs.caller import Caller
from gradstream.runs.states import States
from tests.unit.played_engine import make_demo

ME = Caller(session="me")
DEMO = make_demo("counting", state={"total": 0, "words": []})


def test_a_visitor_starts_from_the_file() -> None:
    """Before the first run has succeeded, a state is what the YAML says."""
    assert States(max_bytes=1000).get(ME, DEMO) == {"total": 0, "words": []}


def test_a_state_is_the_visitors_own() -> None:
    """What one visitor's run left behind is that visitor's, in that demo."""
    states = States(max_bytes=1000)
    states.commit(ME, DEMO, {"total": 3, "words": ["a"]})
    assert states.get(ME, DEMO) == {"total": 3, "words": ["a"]}
    assert states.get(Caller(session="you"), DEMO) == states.get(Caller(), DEMO) == {"total": 0, "words": []}
    assert states.get(ME, make_demo("other", state={"total": 7})) == {"total": 7}


def test_a_state_cannot_be_changed_from_outside() -> None:
    """Changing what was handed out changes nothing that is kept."""
    states = States(max_bytes=1000)
    states.commit(ME, DEMO, {"total": 3, "words": ["a"]})
    states.get(ME, DEMO)["words"].append("b")
    assert states.get(ME, DEMO)["words"] == ["a"]


def test_a_state_follows_its_demo() -> None:
    """When the YAML's state has other names than before, those are what a run gets."""
    states = States(max_bytes=1000)
    states.commit(ME, DEMO, {"total": 3, "words": ["a"]})
    assert states.get(ME, make_demo("counting", state={"total": 0, "best": 1})) == {
        "total": 3,
        "best": 1,
    }


def test_nobody_in_particular_has_no_state() -> None:
    """Without a session nothing is kept: it would be everybody's."""
    states = States(max_bytes=1000)
    states.commit(Caller(), DEMO, {"total": 3, "words": []})
    assert states.get(Caller(), DEMO) == {"total": 0, "words": []}


def test_the_visitor_who_was_away_longest_makes_room() -> None:
    """Over the bound the state that was not asked for longest is dropped."""
    states = States(max_bytes=40)
    for visitor in ("a", "b", "c"):
        states.commit(Caller(session=visitor), DEMO, {"total": 1})
    states.get(Caller(session="a"), DEMO)
    for visitor in ("d", "e", "f"):
        states.commit(Caller(session=visitor), DEMO, {"total": 1})
    kept = [visitor for visitor in "abcdef" if states.get(Caller(session=visitor), DEMO)["total"] == 1]
    assert kept == ["a", "c", "d", "e", "f"]


def test_what_is_too_large_is_not_kept() -> None:
    """A state over its own bound is not committed; the one before stays."""
    states = States(max_bytes=10 * WORKER_LIMITS.own_state_bytes)
    states.commit(ME, DEMO, {"total": 3})
    states.commit(ME, DEMO, {"total": 4, "words": "x" * WORKER_LIMITS.own_state_bytes})
    assert states.get(ME, DEMO)["total"] == 3
