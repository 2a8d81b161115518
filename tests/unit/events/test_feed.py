"""Feeds: replay, then live, in order and once, or an honest snapshot."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from gradstream.events import codec
from gradstream.events.feed import Feed
from gradstream.events.fold import Fold, fold
from gradstream.events.journal import Journal
from gradstream.events.types import Append, Entry, Failed, Record, Running, Set, Snapshot, Succeeded
from tests.unit.events.events import runs


def drained(feed: Feed) -> list[Entry]:
    """Take until there is nothing more to take at once."""
    taken = []
    while entries := feed.read():
        taken += entries
    return taken


def skipped(entry: Entry) -> int:
    """Return how many events a snapshot stands for."""
    event = codec.event(entry)
    assert isinstance(event, Snapshot)
    return event.skipped


@given(runs(), st.lists(st.integers(0, 30), max_size=4), st.integers(0, 30))
def test_replay_then_live_is_live(records: list[Record], reads: list[int], joined: int) -> None:
    """A feed opened late, read whenever it likes, has what one has that was there from the first event."""
    journal = Journal()
    live, late = Feed(journal), None
    seen: list[Entry] = []
    heard: list[Entry] = []
    for index, record in enumerate(records):
        if index == joined:
            late = Feed(journal)
        journal.append([record])
        heard += live.read()
        if late is not None and index in reads:
            seen += late.read()
    seen += drained(late or Feed(journal))
    assert seen == heard == journal.entries(after=0)


@given(runs(), st.integers(0, 33))
def test_after_is_a_tail(records: list[Record], after: int) -> None:
    """A feed from a number on has exactly the events with greater numbers."""
    journal = Journal()
    journal.append(records)
    assert drained(Feed(journal, after=after)) == journal.entries(after=0)[after:]


@given(runs(), st.integers(1, 10), st.lists(st.integers(0, 30)), st.integers(0, 5))
def test_folding_a_feed_gives_the_state(
    records: list[Record], most: int, reads: list[int], after: int
) -> None:
    """Whatever a feed missed, what it was sent folds to the outputs, and no number is unaccounted for."""
    journal = Journal(max_events=most)
    known = Fold()
    feed = Feed(journal, after=0, backlog_bytes=100)
    position = 0
    for index, record in enumerate(records):
        journal.append([record])
        if index in reads or index == len(records) - 1:
            for entry in drained(feed):
                jump = skipped(entry) if entry.type == "snapshot" else 1
                assert entry.seq == position + jump
                position = entry.seq
                known.apply(entry)
    assert position == len(records)
    assert known.outputs() == fold(records).outputs
    assert feed.is_over == journal.is_over
    assert Feed(journal, after=len(records) + after).is_over == journal.is_over


def test_trimmed_history_is_one_snapshot_then_what_is_kept() -> None:
    """A feed that starts before what is kept gets the outcome, how much that was, then every kept event."""
    journal = Journal(max_events=8)
    journal.add(Running())
    for number in range(2, 21):
        journal.add(Set(output="n", value=number))
    first, *others = drained(Feed(journal, after=3))
    assert codec.event(first) == Snapshot(outputs={"n": journal.base_seq}, skipped=journal.base_seq - 3)
    assert [entry.seq for entry in others] == list(range(journal.base_seq + 1, 21))


def test_a_reader_that_stands_still_gets_a_snapshot() -> None:
    """A feed that is further behind than its bound skips to the present, and goes on live from there."""
    journal = Journal()
    feed = Feed(journal, backlog_bytes=1000)
    journal.add(Running())
    assert len(feed.read()) == 1
    for _ in range(100):
        journal.add(Append(output="text", text="0123456789"))
    (snapshot,) = feed.read()
    assert codec.event(snapshot) == Snapshot(outputs={"text": "0123456789" * 100}, skipped=100)
    assert snapshot.seq == 101
    journal.add(Append(output="text", text="!"))
    assert [entry.seq for entry in feed.read()] == [102]


def test_a_snapshot_has_the_time_of_the_last_event_in_it() -> None:
    """A snapshot in place of trimmed events is as old as the last of them."""
    now = 0.0
    journal = Journal(max_events=8, clock=lambda: now)
    for number in range(20):
        now += 1.0
        journal.add(Set(output="n", value=number))
    first, second, *_ = drained(Feed(journal))
    assert (first.type, first.at_ms, second.at_ms) == (
        "snapshot",
        1000 * journal.base_seq,
        1000 * (journal.base_seq + 1),
    )


def test_the_end_is_told_after_a_snapshot() -> None:
    """A feed that skips to the present of a run that is over is still told its end."""
    journal = Journal()
    feed = Feed(journal, backlog_bytes=100)
    for _ in range(20):
        journal.add(Append(output="text", text="0123456789"))
    journal.add(Succeeded(duration_s=1.0))
    assert [(entry.seq, entry.type) for entry in feed.read()] == [(20, "snapshot"), (21, "succeeded")]
    assert feed.is_over


def test_a_large_event_is_no_backlog() -> None:
    """One event larger than the bound is sent to a reader that keeps up."""
    journal = Journal()
    feed = Feed(journal, backlog_bytes=100)
    journal.add(Set(output="text", value="x" * 1000))
    assert [entry.type for entry in feed.read()] == ["set"]


def test_history_is_no_backlog() -> None:
    """What was there before the feed was opened is replayed, however much, in writes of bounded size."""
    journal = Journal()
    for _ in range(100):
        journal.add(Append(output="text", text="0123456789"))
    feed = Feed(journal, backlog_bytes=100)
    sizes, taken = [], 0
    while entries := feed.read(max_bytes=500):
        assert {entry.type for entry in entries} == {"append"}
        sizes.append(sum(len(entry.body) for entry in entries))
        taken += len(entries)
    assert taken == 100
    assert max(sizes) <= 500


def test_nothing_after_the_end() -> None:
    """A feed is over when its reader has the last event, and not before."""
    journal = Journal()
    feed = Feed(journal)
    journal.add(Running())
    moments = [(feed.has_more, feed.is_over)]
    feed.read()
    moments.append((feed.has_more, feed.is_over))
    journal.add(Succeeded(duration_s=1.0))
    moments.append((feed.has_more, feed.is_over))
    feed.read()
    moments.append((feed.has_more, feed.is_over))
    assert moments == [(True, False), (False, False), (True, False), (False, True)]
    assert Feed(journal, after=2).is_over
    assert Feed(journal, after=1_000).is_over


def test_tracebacks_are_for_those_who_may_see_them() -> None:
    """A failure's detail leaves a feed only where that was allowed; nothing else differs."""
    journal = Journal()
    journal.add(Failed(duration_s=1.0, fault="developer", message="no", detail="Traceback"))
    (shown,) = Feed(journal, detail=True).read()
    (hidden,) = Feed(journal).read()
    assert json.decode(b"{" + shown.body)["detail"] == "Traceback"
    assert json.decode(b"{" + hidden.body) == {"duration_s": 1.0, "fault": "developer", "message": "no"}
    assert hidden.seq == shown.seq
    assert json.decode(b"{" + journal.entries(after=0)[0].body)["detail"] == "Traceback"


def test_readers_that_fall_behind_share_a_snapshot() -> None:
    """One is made for all of them, as long as what follows it is within the backlog of each."""
    journal = Journal(max_bytes=10**6)
    feeds = [Feed(journal, backlog_bytes=1000) for _ in range(30)]
    journal.add(Running())
    bodies = []
    for feed in feeds:
        journal.add(Append(output="text", text="0123456789" * 20))
        read = feed.read()
        if read[0].type == "snapshot":
            bodies.append(read[0].body)
            assert read[-1].seq == journal.seq
            assert skipped(read[0]) == read[0].seq
    assert len(bodies) >= 20
    assert len({id(body) for body in bodies}) <= 10


def test_late_readers_of_a_trimmed_journal_share_a_snapshot() -> None:
    """What stands for the events that were trimmed is made once."""
    journal = Journal(max_events=8)
    journal.add(Running())
    for number in range(19):
        journal.add(Set(output="n", value=number))
    bodies = [Feed(journal, after=after).read()[0].body for after in range(5)]
    assert len({id(body) for body in bodies}) == 1
