"""What a function may know of its visitor, and what it may not."""

from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.visitor_session import make_session
from tests.unit.played_engine import make_demo

WISH = RunWish(demo=make_demo(), inputs={}, language="de", headers={"user-agent": "x"})


def test_the_id_is_the_visitors_and_no_key() -> None:
    """It is the same in each run of a visitor, another one for another visitor, and not the session's key."""
    first, again, other = (make_session(WISH, Caller(session=key)) for key in ("a" * 32, "a" * 32, "b" * 32))
    assert (
        first == again == {"id": first["id"], "user": None, "language": "de", "headers": {"user-agent": "x"}}
    )
    assert len({first["id"], other["id"], "a" * 32}) == 3
    assert len(first["id"]) == 32


def test_who_says_nothing_has_a_new_id_each_time() -> None:
    """What a function keeps by id is never shared by all programs that send no session."""
    assert make_session(WISH, Caller())["id"] != make_session(WISH, Caller())["id"]


def test_users_of_one_tab_are_different_visitors() -> None:
    """A function knows them by name, and what it keeps by id is of one of them alone."""
    ada, bob = (make_session(WISH, Caller(session="a" * 32, user=name)) for name in ("ada", "bob"))
    assert (ada["user"], bob["user"]) == ("ada", "bob")
    assert ada["id"] != bob["id"]
    assert ada["id"] == make_session(WISH, Caller(session="a" * 32, user="ada"))["id"]
