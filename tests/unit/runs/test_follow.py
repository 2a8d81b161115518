"""The one loop that follows runs."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.events.feed import Feed
from gradstream.events.fold import Fold, fold
from gradstream.events.journal import Journal
from gradstream.events.types import Append, Entry, Record, Running, Succeeded
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.reader import RunReader
from tests.unit.events.events import runs


class Attendance:
    """Counts the readers that are attached to a run."""

    def __init__(self) -> None:
        self.count = 0

    def attach(self) -> Callable[[], None]:
        """Count one more."""
        self.count += 1
        return self._detach

    def _detach(self) -> None:
        self.count -= 1


def follower(
    journal: Journal,
    *,
    after: int = 0,
    backlog_bytes: int = 2**20,
    heartbeat: Heartbeat | None = None,
    attendance: Attendance | None = None,
) -> Follower[Entry]:
    """Return what follows a journal."""
    feed = Feed(journal, after=after, backlog_bytes=backlog_bytes)
    reader = RunReader(journal, feed, attach=(attendance or Attendance()).attach)
    return Follower(reader, heartbeat=heartbeat or Heartbeat())


def next_at_once(batches: Follower[Entry]) -> Sequence[Entry]:
    """Return the next batch, which must not have to be waited for; raises StopAsyncIteration at the end."""
    waiting = batches.__anext__()
    try:
        waiting.send(None)
    except StopIteration as returned:
        batch: Sequence[Entry] = returned.value
        return batch
    raise AssertionError("there was no batch at once")


@given(runs(), st.lists(st.integers(0, 30), max_size=4), st.integers(0, 30), st.integers(0, 10))
def test_replay_then_live_is_live(records: list[Record], reads: list[int], joined: int, after: int) -> None:
    """Whenever it joins and reads, a follower gets what one gets that was there from the first event."""

    async def play() -> list[Entry]:
        journal, seen = Journal(), list[Entry]()
        for record in records[:joined]:
            journal.append([record])
        with follower(journal, after=after) as batches:
            for index, record in enumerate(records[joined:], joined):
                journal.append([record])
                if index in reads and journal.seq > max(after, seen[-1].seq if seen else 0):
                    seen += next_at_once(batches)
            if not journal.is_over:
                journal.add(Succeeded(duration_s=1.0))
            async for entries in batches:
                seen += entries
        assert seen == journal.entries(after=after)
        return seen

    asyncio.run(play())


@given(runs(), st.integers(1, 10), st.lists(st.integers(0, 30)))
def test_what_was_missed_is_one_snapshot(records: list[Record], most: int, reads: list[int]) -> None:
    """Behind trimmed history, or too slow, a follower gets snapshots that fold to the same outputs."""
    journal, known = Journal(max_events=most), Fold()
    with follower(journal, backlog_bytes=100) as batches:
        for index, record in enumerate(records):
            journal.append([record])
            if index in reads or index == len(records) - 1:
                while known.seq < journal.seq:
                    for entry in next_at_once(batches):
                        known.apply(entry)
    assert known.outputs() == fold(records).outputs


async def test_it_waits_for_what_happens() -> None:
    """A follower that has read everything is woken by the next append."""
    journal = Journal()
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        assert not waiting.done()
        journal.add(Running())
        assert [entry.type for entry in await waiting] == ["running"]


async def test_one_batch_a_wake() -> None:
    """Everything that was appended meanwhile comes in one batch."""
    journal = Journal()
    with follower(journal) as batches:
        journal.add(Running())
        for _ in range(3):
            journal.add(Append(output="text", text="a"))
        assert [entry.seq for entry in next_at_once(batches)] == [1, 2, 3, 4]


async def test_the_end() -> None:
    """The iteration ends after the terminal event, and at once for a follower that has seen it."""
    journal = Journal()
    journal.add(Running())
    journal.add(Succeeded(duration_s=1.0))
    with follower(journal) as batches:
        assert [[entry.type for entry in entries] async for entries in batches] == [["running", "succeeded"]]
    with follower(journal, after=2) as batches:
        assert [entries async for entries in batches] == []


async def test_a_heartbeat_is_an_empty_batch() -> None:
    """Each beat gives one empty batch, also while events come without a pause, and costs no event."""
    journal, heartbeat = Journal(), Heartbeat(interval_s=0.001)
    beating = asyncio.create_task(heartbeat.run())
    with follower(journal, heartbeat=heartbeat) as batches:
        assert await anext(batches) == ()
        beating.cancel()
        journal.add(Running())
        heartbeat.beats += 1
        assert next_at_once(batches) == ()
        assert [entry.type for entry in next_at_once(batches)] == ["running"]


async def test_the_end_of_the_server() -> None:
    """When the server shuts down, a follower gets what there is and ends, as does one that comes later."""
    journal, heartbeat = Journal(), Heartbeat()
    with follower(journal, heartbeat=heartbeat) as batches:
        waiting = asyncio.create_task(anext(batches, None))
        await asyncio.sleep(0)
        heartbeat.close()
        assert await waiting is None
    journal.add(Running())
    with follower(journal, heartbeat=heartbeat) as batches:
        assert [[entry.type for entry in entries] async for entries in batches] == [["running"]]


class CountedJournal(Journal):
    """Counts its subscribers."""

    subscribers = 0

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Count one more, until it has left."""
        self.subscribers += 1
        undo = super().subscribe(wake)

        def unsubscribe() -> None:
            self.subscribers -= 1
            undo()

        return unsubscribe


class CountedHeartbeat(Heartbeat):
    """Counts its subscribers."""

    subscribers = 0

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Count one more, until it has left."""
        self.subscribers += 1
        undo = super().subscribe(wake)

        def unsubscribe() -> None:
            self.subscribers -= 1
            undo()

        return unsubscribe


@pytest.mark.parametrize("is_canceled", [True, False])
async def test_nothing_is_left_behind(*, is_canceled: bool) -> None:
    """A follower has a reader and two subscriptions inside its context, and none after an end or a cancel."""
    journal, heartbeat, attendance = CountedJournal(), CountedHeartbeat(), Attendance()

    def counts() -> tuple[int, int, int]:
        return attendance.count, journal.subscribers, heartbeat.subscribers

    async def follow(batches: Follower[Entry]) -> None:
        with batches:
            async for _ in batches:
                pass

    batches = follower(journal, heartbeat=heartbeat, attendance=attendance)
    assert counts() == (0, 0, 0)
    following = asyncio.create_task(follow(batches))
    await asyncio.sleep(0)
    assert counts() == (1, 1, 1)
    if is_canceled:
        following.cancel()
    else:
        journal.add(Succeeded(duration_s=1.0))
    await asyncio.gather(following, return_exceptions=True)
    assert counts() == (0, 0, 0)
