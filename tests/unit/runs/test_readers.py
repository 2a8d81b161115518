"""`on_disconnect`: how long a run goes on unread."""

import asyncio

import pytest

from gradstream.format.types import OnDisconnect
from gradstream.runs.readers import Readers

SOON_S = 0.001
NEVER_S = 3600.0


class Watched:
    """Readers of a run, and whether they were said to have left."""

    def __init__(self, on_disconnect: OnDisconnect, *, first_reader_s: float = NEVER_S) -> None:
        self.left = asyncio.Event()
        self.readers = Readers(on_disconnect, first_reader_s=first_reader_s, left=self.left.set)


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
