"""A run's journal: numbers, bounds, and what is left of what was trimmed."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from gradstream.events import codec
from gradstream.events.fold import fold
from gradstream.events.journal import Journal
from gradstream.events.types import Append, Record, Running, Set, Succeeded
from tests.unit.events.events import runs


def appended(journal: Journal, records: list[Record], *, batch: int = 3) -> Journal:
    """Append records in batches."""
    for start in range(0, len(records), batch):
        journal.append(records[start : start + batch])
    return journal


def stopped() -> float:
    """Read a clock that has stopped."""
    return 0.0


def test_numbers_count_from_one_without_gaps() -> None:
    """Events are numbered in order, across batches."""
    journal = Journal()
    journal.add(Running())
    journal.append([codec.record(Append(output="a", text=str(n))) for n in range(3)])
    journal.add(Succeeded(duration_s=1.0))
    assert [entry.seq for entry in journal.entries(after=0)] == [1, 2, 3, 4, 5]
    assert [entry.seq for entry in journal.entries(after=3)] == [4, 5]
    assert journal.entries(after=5) == journal.entries(after=99) == []
    assert journal.seq == 5


def test_over_with_the_terminal_event() -> None:
    """A journal is over when its last event is terminal."""
    journal = Journal()
    assert not journal.is_over
    journal.add(Running())
    assert not journal.is_over
    journal.add(Succeeded(duration_s=1.0))
    assert journal.is_over


def test_one_wake_for_a_batch() -> None:
    """Each append wakes each subscriber once, until it has left."""
    woken: list[str] = []
    journal = Journal()
    leave = journal.subscribe(lambda: woken.append("first"))
    journal.subscribe(lambda: woken.append("second"))
    journal.append([codec.record(Append(output="a", text=str(n))) for n in range(3)])
    assert sorted(woken) == ["first", "second"]
    leave()
    leave()
    journal.add(Running())
    assert sorted(woken) == ["first", "second", "second"]


@given(runs(), st.integers(1, 20), st.integers(1, 2000), st.integers(1, 7))
def test_trimming_loses_nothing_of_the_state(records: list[Record], most: int, size: int, batch: int) -> None:
    """Whatever was trimmed, the state is that of all events."""
    journal = appended(Journal(max_events=most, max_bytes=size, clock=stopped), records, batch=batch)
    assert journal.state() == fold(records)


@given(runs(), st.integers(1, 7))
def test_a_state_asked_for_on_the_way_changes_nothing(records: list[Record], batch: int) -> None:
    """A state may be asked for between any two batches, with trimming going on."""
    journal = Journal(max_events=4, max_bytes=200, clock=stopped)
    for start in range(0, len(records), batch):
        journal.append(records[start : start + batch])
        assert journal.state() == fold(records[: start + batch])


@given(runs(), st.integers(2, 20), st.integers(1, 2000))
def test_bounds_are_kept(records: list[Record], most: int, size: int) -> None:
    """A journal holds no more than its bounds, or one event."""
    journal = Journal(max_events=most, max_bytes=size)
    for record in records:
        journal.append([record])
        kept = journal.entries(after=0)
        assert len(kept) <= most
        assert sum(len(entry.body) for entry in kept) == journal.size
        assert journal.size <= size or len(kept) == 1
        assert kept[-1].seq == journal.seq == journal.base_seq + len(kept)


@given(runs(), st.integers(0, 33), st.integers(1, 300))
def test_pieces_are_the_whole(records: list[Record], after: int, size: int) -> None:
    """Entries taken piece by piece, each as large as asked or one entry, are all entries."""
    journal = appended(Journal(), records)
    whole = journal.entries(after=after)
    pieces, position = [], after
    while piece := journal.entries(after=position, max_bytes=size):
        assert len(piece) == 1 or sum(len(entry.body) for entry in piece) <= size
        pieces += piece
        position = piece[-1].seq
    assert pieces == whole
    assert journal.size_after(after) == sum(len(entry.body) for entry in whole)


def test_what_was_trimmed_is_in_the_base() -> None:
    """The base has the outputs as they were after the last trimmed event."""
    journal = Journal(max_events=8)
    for number in range(1, 30):
        journal.append([codec.record(Set(output="n", value=number))])
    assert json.decode(journal.outputs_at_base()["n"]) == journal.base_seq
    assert 21 <= journal.base_seq < 29


@given(runs(), st.lists(st.floats(0, 5), min_size=32, max_size=32), st.integers(2, 40))
def test_entries_keep_the_time_of_their_append(records: list[Record], pauses: list[float], most: int) -> None:
    """An entry has the milliseconds from the run's creation to its append, also when others are trimmed."""
    now = 1000.0
    journal = Journal(max_events=most, clock=lambda: now)
    expected = []
    for record, pause in zip(records, pauses, strict=False):
        now += pause
        journal.append([record])
        expected.append(int((now - 1000.0) * 1000))
    assert [entry.at_ms for entry in journal.entries(after=0)] == expected[journal.base_seq :]
    assert journal.base_at_ms == (expected[journal.base_seq - 1] if journal.base_seq else 0)
    assert [journal.at_ms(entry.seq) for entry in journal.entries(after=0)] == expected[journal.base_seq :]


def test_a_batch_has_one_time() -> None:
    """The clock is read once for all records of a batch, because a fast generator sends thousands."""
    reads: list[float] = []

    def clock() -> float:
        reads.append(1.5 * len(reads))
        return reads[-1]

    journal = Journal(clock=clock)
    journal.append([codec.record(Append(output="a", text=str(n))) for n in range(100)])
    assert {entry.at_ms for entry in journal.entries(after=0)} == {1500}
    assert reads == [0.0, 1.5]
