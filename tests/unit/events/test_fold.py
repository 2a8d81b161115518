"""What events amount to, at once or in two steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from gradstream.events import codec
from gradstream.events.fold import Fold, RunState, fold
from gradstream.events.types import (
    Append,
    Canceled,
    Entry,
    Progress,
    Props,
    Queued,
    Record,
    Running,
    Snapshot,
    Succeeded,
)
from tests.unit.events.events import runs
from tests.unit.events.wire_cases import Case, all_cases, entries


def numbered(records: list[Record]) -> list[Entry]:
    """Return records with the numbers that a journal would give them."""
    return [Entry(seq, one.type, one.output, one.body) for seq, one in enumerate(records, 1)]


@pytest.mark.parametrize("case", all_cases())
def test_golden_cases(case: Case) -> None:
    """Events fold to the golden outputs and status."""
    folding = Fold()
    for entry in entries(case):
        folding.apply(entry)
    state = folding.state()
    assert {name: json.decode(raw) for name, raw in state.outputs.items()} == case["outputs"]
    assert state.status == case["status"]
    assert state.seq == case["events"][-1]["seq"]


@given(runs(), st.integers(0, 32))
def test_folding_in_two_steps_is_folding_at_once(records: list[Record], cut: int) -> None:
    """A fold goes on from a copy of itself as if nothing had happened in between."""
    first = Fold()
    for entry in numbered(records)[:cut]:
        first.apply(entry)
    second = first.copy()
    for entry in numbered(records)[cut:]:
        second.apply(entry)
    assert second.state() == fold(records)


@given(runs())
def test_looking_changes_nothing(records: list[Record]) -> None:
    """A state that was looked at after each event ends like one that never was."""
    folding = Fold()
    for entry in numbered(records):
        folding.apply(entry)
        folding.state()
    assert folding.state() == fold(records)


@given(runs())
def test_a_state_does_not_change_afterwards(records: list[Record]) -> None:
    """A state stays what it was when more events come."""
    folding = Fold()
    folding.apply(numbered(records)[0])
    before = folding.state()
    copied = json.encode(before)
    for entry in numbered(records)[1:]:
        folding.apply(entry)
    assert json.encode(before) == copied


def test_the_facts_of_a_run() -> None:
    """Position, progress and ending are those of the last event that says them."""
    waiting = [Queued(position=2, eta_s=4.0), Queued(position=1, eta_s=2.0)]
    assert fold(map(codec.record, waiting)) == RunState(seq=2, status="queued", position=1, eta_s=2.0)
    at_work = [*waiting, Running(), Progress(fraction=0.5)]
    assert fold(map(codec.record, at_work)) == RunState(
        seq=4, status="running", started_ms=0, progress=Progress(fraction=0.5)
    )
    over = [Running(), Canceled(duration_s=1.5, by="left")]
    assert fold(map(codec.record, over)) == RunState(
        seq=2, status="canceled", started_ms=0, duration_s=1.5, by="left"
    )


def test_changed_properties_are_part_of_the_state() -> None:
    """A later change of a key takes the place of an earlier one; a snapshot brings those before it."""
    first = codec.record(Props(component="city", changes={"label": "A", "visible": True}))
    second = codec.record(Props(component="city", changes={"label": "B"}))
    assert fold([first, second]).props == {"city": {"label": "B", "visible": True}}
    snapshot = codec.record(Snapshot(outputs={}, skipped=2, props={"city": {"label": "B"}}))
    assert fold([first, snapshot]).props == {"city": {"label": "B"}}
    assert fold([codec.record(Snapshot(outputs={}, skipped=2))]).props == {}
    folding = Fold()
    folding.apply(numbered([first])[0])
    twin = folding.copy()
    folding.apply(numbered([first, second])[1])
    assert twin.state().props == {"city": {"label": "A", "visible": True}}


def test_a_long_text_is_not_copied_at_each_step() -> None:
    """A text that grows 100,000 times to 40 MB is folded: copying it each time would take hours."""
    word = codec.record(Append(output="text", text="word " * 80))
    state = fold([codec.record(Running()), *[word] * 100_000, codec.record(Succeeded(duration_s=1.0))])
    assert len(bytes(state.outputs["text"])) == 40_000_000 + 2
