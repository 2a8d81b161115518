"""The events of one yield are one step: to journals, to feeds however they are read, and at a run's end."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from gradstream.events import codec
from gradstream.events.feed import Feed
from gradstream.events.fold import Fold, fold
from gradstream.events.journal import Journal
from gradstream.events.types import Append, Canceled, Entry, Failed, Log, Record, Running, Set
from tests.unit.events.events import runs

MARKED = frozenset({"set", "append", "patch"})


@st.composite
def stepped_runs(draw: st.DrawFn) -> list[list[Record]]:
    """Draw the records of a run by step: some events are joined with the one after them."""
    steps: list[list[Record]] = [[]]
    for record in draw(runs()):
        if steps[-1] and (record.type not in MARKED or not steps[-1][-1].more):
            steps.append([])
        is_joined = record.type in MARKED and draw(st.booleans())
        steps[-1].append(codec.with_more(record) if is_joined else record)
    return [ended(step) for step in steps if step]


def ended(step: list[Record]) -> list[Record]:
    """Return a step whose last event, and no other, ends it."""
    plain = [Record(one.type, one.output, one.body.replace(b',"more":true', b"")) for one in step]
    return [*map(codec.with_more, plain[:-1]), plain[-1]]


def in_pieces(records: list[Record], sizes: list[int]) -> list[list[Record]]:
    """Cut the records into pieces of these sizes, again and again."""
    pieces: list[list[Record]] = []
    rest = records
    while rest:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(rest[:size])
        rest = rest[size:]
    return pieces


SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=4)


@given(stepped_runs(), SIZES, st.lists(st.integers(1, 80), min_size=1, max_size=4), st.integers(1, 12), SIZES)
def test_each_read_ends_with_a_whole_step(
    steps: list[list[Record]], sizes: list[int], reads: list[int], most: int, pauses: list[int]
) -> None:
    """However events come and are read, with snapshots or without, what a reader has was yielded together."""
    allowed: list[dict[str, Raw]] = [{}]
    records: list[Record] = []
    for step in steps:
        records += step
        allowed.append(dict(fold(records).outputs))
    journal, known = Journal(max_events=most), Fold()
    feed = Feed(journal, backlog_bytes=200)
    count = 0
    for index, piece in enumerate(in_pieces(records, sizes)):
        journal.append(piece)
        assert dict(journal.state().outputs) in allowed
        assert dict(journal.outputs_at_base()) in allowed
        if index % pauses[index % len(pauses)] == 0:
            for entry in feed.read(max_bytes=reads[count % len(reads)]):
                known.apply(entry)
            assert known.outputs() in allowed
            count += 1
    while entries := feed.read(max_bytes=reads[0]):
        for entry in entries:
            known.apply(entry)
        assert known.outputs() in allowed
    assert known.outputs() == fold(records).outputs
    assert journal.seq == len(records)


@given(stepped_runs(), st.integers(1, 80), st.integers(0, 33))
def test_a_feed_that_starts_within_a_step_has_its_rest_first(
    steps: list[list[Record]], size: int, after: int
) -> None:
    """From any number on there are exactly the later events, and each read ends with a whole step."""
    journal = Journal()
    journal.append([record for step in steps for record in step])
    feed = Feed(journal, after=after)
    taken: list[Entry] = []
    while entries := feed.read(max_bytes=size):
        taken += entries
        assert not entries[-1].more
    assert taken == journal.entries(after=0)[after:]


def marked(output: str, value: object) -> Record:
    """Return an event whose step goes on."""
    return codec.with_more(codec.record(Set(output=output, value=value)))


def test_the_end_of_a_run_takes_the_place_of_an_open_step() -> None:
    """Half a yield, of a worker that died or a run that was stopped, is never shown."""
    for end in (Canceled(duration_s=1.0, by="visitor"), Failed(duration_s=1.0, fault="worker", message="no")):
        journal = Journal()
        wakes: list[int] = []
        journal.subscribe(lambda journal=journal, wakes=wakes: wakes.append(journal.seq))  # type: ignore[misc]
        journal.add(Running())
        journal.append([codec.record(Set(output="a", value=1)), marked("a", 2)])
        journal.append([marked("b", 2)])
        assert not Feed(journal, after=2).has_more
        journal.add(end)
        assert [entry.type for entry in journal.entries(after=0)] == [
            "running",
            "set",
            codec.record(end).type,
        ]
        assert dict(journal.state().outputs) == {"a": Raw(b"1")}
        assert wakes == [1, 2, 3]
        assert journal.is_over


def test_an_event_of_another_kind_ends_a_step() -> None:
    """A reader that meets an event without the mark takes the step as whole; nothing is lost."""
    journal = Journal()
    journal.append([marked("a", 1)])
    journal.add(Log(level="info", text="within"))
    assert [entry.type for entry in journal.entries(after=0)] == ["set", "log"]


def test_a_step_is_trimmed_as_a_whole() -> None:
    """The base ends with a whole step, even where that keeps more than the bound; the newest one stays."""
    journal = Journal(max_events=4)
    for number in range(20):
        grown = codec.record(Append(output="b", text=str(number)))
        journal.append([*(marked("a", (number, index)) for index in range(5)), grown])
        assert journal.base_seq == 6 * number
        assert len(journal.entries(after=0)) == 6
