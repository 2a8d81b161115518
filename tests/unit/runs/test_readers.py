"""`on_disconnect` and `on_lost`: how long a run goes on unread."""

import asyncio

import pytest

from gradstream.format.types import OnDisconnect
from gradstream.runs.readers import Readers, waits
from tests.unit.played_engine import make_demo

SOON_S = 0.001
NEVER_S = 3600.0

MOST_SILENT = 20


class Watched:
    """Readers of a run, and whether they were said to have left."""

    def __init__(
        self,
        on_disconnect: OnDisconnect,
        on_lost: OnDisconnect = NEVER_S,
        *,
        first_reader_s: float = NEVER_S,
    ) -> None:
        self.left = asyncio.Event()
        self.readers = Readers(
            on_disconnect, on_lost, first_reader_s=first_reader_s, most_silent=MOST_SILENT, left=self.left.set
        )


async def test_nobody_ever_came() -> None:
    """Without any reader the time runs from the beginning."""
    await Watched(SOON_S).left.wait()


async def test_the_last_reader_left() -> None:
    """The time runs from when the last of several readers has left."""
    watched = Watched(SOON_S)
    first, second = watched.readers.attach(), watched.readers.attach()
    first()
    first()
    assert not watched.left.is_set()
    second()
    await watched.left.wait()


async def test_a_reader_came_back() -> None:
    """A reader who comes back in time keeps the run going: the old time is not held against it."""
    watched = Watched(NEVER_S)
    watched.readers.attach()()
    watched.readers.attach()
    assert not watched.left.is_set()


async def test_stop() -> None:
    """With `stop` a run ends at once with its last reader, but waits for its first."""
    watched = Watched("stop")
    assert not watched.left.is_set()
    watched.readers.attach()()
    assert watched.left.is_set()
    await Watched("stop", first_reader_s=SOON_S).left.wait()


@pytest.mark.parametrize("on_disconnect", ["keep", "stop", SOON_S])
async def test_over(on_disconnect: OnDisconnect) -> None:
    """Once the run is over nobody is waited for."""
    watched = Watched(on_disconnect)
    leave = watched.readers.attach()
    watched.readers.close()
    leave()
    assert not watched.left.is_set()


async def test_keep() -> None:
    """With `keep` nobody is ever waited for."""
    watched = Watched("keep", first_reader_s=0)
    watched.readers.attach()()
    assert not watched.left.is_set()


async def test_a_player_that_polls() -> None:
    """One that asks again and again is one reader, until some time after it asked last."""
    watched = Watched(SOON_S)
    watched.readers.expect(for_s=NEVER_S)
    watched.readers.expect(for_s=SOON_S)
    assert watched.readers.is_expecting
    watched.readers.attach()()
    assert not watched.left.is_set()
    ended = Watched("stop")
    ended.readers.expect(for_s=SOON_S)
    await ended.left.wait()
    assert not ended.readers.is_expecting


async def test_a_later_poll_lengthens_the_time() -> None:
    """Of two times the longer counts, whichever was said first."""
    watched = Watched("stop")
    watched.readers.expect(for_s=SOON_S)
    watched.readers.expect(for_s=NEVER_S)
    other = Watched("stop")
    other.readers.expect(for_s=2 * SOON_S)
    await other.left.wait()
    assert not watched.left.is_set()
    watched.readers.close()
    assert not watched.readers.is_expecting


async def test_a_named_reader_whose_connection_ends_is_silent() -> None:
    """It did not say that it leaves, so the run waits `on_lost` for it, whatever `on_disconnect` says."""
    watched = Watched("stop", NEVER_S)
    watched.readers.attach("ann")()
    assert not watched.left.is_set()
    lost = Watched(NEVER_S, SOON_S)
    lost.readers.attach("ann")()
    await lost.left.wait()


async def test_a_reader_that_says_that_it_leaves() -> None:
    """It has left, whether it says so before its connection ends, after that, or between two."""
    before, after, between = (Watched("stop") for _ in range(3))
    detach = before.readers.attach("ann")
    before.readers.note("ann", "left")
    assert before.left.is_set()
    detach()
    for watched in (after, between):
        watched.readers.attach("ann")()
    after.readers.note("ann", "left")
    assert after.left.is_set()
    between.readers.attach("ann")()
    between.readers.note("ann", "left")
    assert between.left.is_set()


async def test_leaving_holds_for_connections_that_are_dead_unnoticed() -> None:
    """A page that came back by another line and then leaves is not kept by its old one."""
    watched = Watched("stop")
    dead = watched.readers.attach("ann")
    watched.readers.attach("ann")
    watched.readers.note("ann", "left")
    assert watched.left.is_set()
    dead()


async def test_the_one_waited_for_longest_counts() -> None:
    """Of one that is silent and one that left afterwards, the silent one is still waited for."""
    watched = Watched("stop", NEVER_S)
    watched.readers.attach("ann")()
    watched.readers.attach("bob")
    watched.readers.note("bob", "left")
    assert not watched.left.is_set()
    watched.readers.note("ann", "left")
    assert watched.left.is_set()


async def test_one_that_comes_back_and_leaves_is_not_waited_for_any_more() -> None:
    """Its silence is over when it is back: what counts is that it left."""
    watched = Watched("stop", NEVER_S)
    watched.readers.attach("ann")()
    watched.readers.attach("ann")
    watched.readers.attach()()
    assert not watched.left.is_set()
    watched.readers.note("ann", "left")
    assert watched.left.is_set()


async def test_a_connection_that_stands_still() -> None:
    """A reader that does not answer is silent although its connection is open; an answer brings it back."""
    watched = Watched("stop", NEVER_S)
    detach = watched.readers.attach("ann")
    watched.readers.note("ann", "silent")
    watched.readers.note("ann", "here")
    watched.readers.attach()()
    assert not watched.left.is_set()
    watched.readers.note("ann", "silent")
    detach()
    watched.readers.note("ann", "here")
    watched.readers.note("ann", "left")
    assert watched.left.is_set()
    silent = Watched("stop", "stop")
    silent.readers.attach("ann")
    silent.readers.note("ann", "silent")
    assert silent.left.is_set()


async def test_what_is_said_of_strangers_changes_nothing() -> None:
    """A name that never read the run is passed over."""
    watched = Watched("stop")
    watched.readers.attach("ann")
    for presence in ("left", "silent", "here"):
        watched.readers.note("bob", presence)
    assert not watched.left.is_set()


async def test_silent_readers_are_bounded() -> None:
    """Beyond the bound the one that is silent longest is not waited for."""
    watched = Watched("stop", NEVER_S)
    watched.readers.attach("first")()
    for number in range(MOST_SILENT):
        watched.readers.attach(str(number))()
    for number in range(MOST_SILENT):
        assert not watched.left.is_set()
        watched.readers.note(str(number), "left")
    assert watched.left.is_set()


@pytest.mark.parametrize(
    ("of_demo", "asked", "expected"),
    [
        ((30.0, 600.0), None, (30.0, 600.0)),
        ((30.0, 600.0), "stop", ("stop", 600.0)),
        ((30.0, 600.0), 3600.0, (3600.0, 3600.0)),
        ((30.0, 600.0), "keep", ("keep", "keep")),
        (("stop", "keep"), 1.0, (1.0, "keep")),
    ],
)
def test_what_was_asked_for_a_run(
    of_demo: tuple[OnDisconnect, OnDisconnect],
    asked: OnDisconnect | None,
    expected: tuple[OnDisconnect, OnDisconnect],
) -> None:
    """It takes the place of what the demo says; a reader that fell silent is not waited for any shorter."""
    demo = make_demo(on_disconnect=of_demo[0], on_lost=of_demo[1])
    assert waits(demo, asked) == expected
