"""Events as lines, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.events import codec
from gradstream.events.fold import RunState
from gradstream.events.journal import Journal
from gradstream.events.types import Failed, Progress, Record, Running, Set, Succeeded
from gradstream.recordings.event_lines import read_lines, write_lines
from gradstream.recordings.types import UnusableRecordingError
from tests.unit.events.events import runs
from tests.unit.recordings.finished import recorded

GOOD = (
    b'{"at_ms":0,"seq":1,"type":"running"}\n',
    b'{"at_ms":9,"seq":2,"type":"succeeded","duration_s":1.0}\n',
)


def replayed(journal: Journal) -> Journal:
    """Return a journal that was filled from the lines of another one."""
    again = Journal()
    again.restore(read_lines(write_lines(journal.recorded())))
    return again


def without_seq(state: RunState) -> tuple[object, ...]:
    """Return all of a state, with its values as bytes."""
    values = {name: bytes(value) for name, value in state.outputs.items()}
    return (state.status, state.seq, values, state.props, state.progress, state.started_ms, state.duration_s)


@given(runs(), st.integers(1, 40))
def test_a_replay_folds_to_what_the_run_was(records: list[Record], max_events: int) -> None:
    """Written and read again, also from where it was trimmed, a journal amounts to the same."""
    journal = Journal(max_events=max_events, clock=iter(range(10_000)).__next__)
    for record in records:
        journal.append([record])
    if not journal.is_over:
        journal.append([codec.record(Succeeded(duration_s=1.0))])
    again = replayed(journal)
    assert without_seq(again.state()) == without_seq(journal.state())
    assert again.entries(after=0) == journal.entries(after=0)
    assert (again.seq, again.base_seq, again.base_at_ms) == (
        journal.seq,
        journal.base_seq,
        journal.base_at_ms,
    )
    assert (again.is_over, again.size) == (True, journal.size)


def test_what_was_trimmed_keeps_when_it_began_and_how_far_it_was() -> None:
    """A snapshot on the wire leaves these out; a recording has them."""
    journal = Journal(max_events=4, clock=iter(range(100)).__next__)
    journal.add(Running())
    journal.add(Progress(fraction=0.5))
    for number in range(8):
        journal.add(Set(output="text", value=number))
    journal.add(Failed(duration_s=2.0, fault="developer", message="no", detail="Traceback"))
    state = replayed(journal).state()
    assert (state.started_ms, state.progress) == (1000, Progress(fraction=0.5))
    assert (state.detail, state.message) == ("Traceback", "no")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "its events have no end"),
        (GOOD[:1], "its events have no end"),
        ((*GOOD, GOOD[0]), "its events go on after the end of the run"),
        ((GOOD[0], GOOD[0]), "line 2 of its events does not follow the one before"),
        ((GOOD[1],), "line 1 of its events does not follow the one before"),
        ((b'{"at_ms":10,"seq":1,"type":"running"}\n', GOOD[1]), "line 2 of its events does not follow"),
        ((b"\xff\xfe\n",), "line 1 of its events cannot be read: it does not begin with at_ms, seq and type"),
        (
            (b'{"at_ms":0,"seq":1,"type":"set","output":"a","value":\n',),
            "line 1 of its events cannot be read",
        ),
        (
            (b'{"at_ms":0,"seq":1,"type":"dance"}\n',),
            "line 1 of its events cannot be read: Invalid value 'dance'",
        ),
        ((b'{"at_ms":0,"seq":1,"type":"running","type":"set"}\n',), "a field is there twice"),
        (
            (b'{"at_ms":0,"seq":1,"type":"append","output":"a","text":1}\n',),
            "line 1 of its events cannot be read",
        ),
        ((GOOD[0][:-1] + GOOD[1],), "line 1 of its events cannot be read"),
        (
            (b'{"at_ms":0,"seq":1,"type":"set","output":"a","value":' + b"[" * 5000 + b"]" * 5000 + b"}\n",),
            "line 1",
        ),
        ((b'{"at_ms":0,"seq":2,"type":"snapshot","outputs":{},"skipped":2}\n', *GOOD), "line 1"),
    ],
)
def test_lines_that_are_no_run(lines: tuple[bytes, ...], reason: str) -> None:
    """What was cut off, mixed up or made up is told, and not replayed."""
    with pytest.raises(UnusableRecordingError, match=reason):
        read_lines(lines)


def test_the_lines_are_json() -> None:
    """Other programs read a recording line by line."""
    lines = list(write_lines(recorded(Running(), Succeeded(duration_s=1.0))))
    assert lines[0] == b'{"at_ms":0,"seq":1,"type":"running"}\n'
    assert read_lines(GOOD).entries[1].at_ms == 9
