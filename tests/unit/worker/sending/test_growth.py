"""What adds to a value is merged to one event that has the same effect."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, json

from gradstream.events import codec
from gradstream.events.types import Append, Edit, Patch
from gradstream.events.value import Value
from gradstream.worker.sending.growth import MERGED_LENGTH, GrowingEdits, GrowingText
from gradstream.worker.sending.records import record
from tests.unit.events.events import as_raw

TEXTS = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=5)
APPENDS = st.tuples(st.just("append"), st.just(["turns", 0, "content"]), TEXTS)
INSERTS = st.tuples(st.just("insert"), st.just(["turns", 0]), st.fixed_dictionaries({"content": TEXTS}))
ROWS = st.tuples(st.just("insert"), st.just(["rows", 0]), TEXTS | st.integers() | st.just('"]'))
STEPS = st.lists(st.lists(APPENDS | INSERTS | ROWS, min_size=1, max_size=3), min_size=1, max_size=8)


def growing(edits: Sequence[Edit]) -> GrowingEdits:
    """Return the edits of one step."""
    made = GrowingEdits.of(record(Patch(output="öut", edits=list(edits))), edits)
    assert made is not None
    return made


def merged(steps: Sequence[Sequence[Edit]]) -> list[Edit]:
    """Return the edits of the one event that all steps become."""
    first, *others = map(growing, steps)
    assert all(other.continues(first) for other in others)
    event = codec.event(first.record())
    assert isinstance(event, Patch)
    return event.edits


def after(edits: Sequence[Edit]) -> Any:
    """Return a value after edits."""
    value = Value(Raw(b'{"turns":[{"content":""}],"rows":[]}'))
    value.patch(map(as_raw, edits))
    return json.decode(value.json())


@given(STEPS)
def test_the_value_is_the_same(steps: list[list[Edit]]) -> None:
    """Merged or not, a reader has the same value."""
    decoded = [codec.event(growing(step).record()) for step in steps]
    single = [edit for event in decoded if isinstance(event, Patch) for edit in event.edits]
    assert after(merged(steps)) == after(single)


def appended(place: str, text: str) -> Edit:
    """Return the edit that appends a text."""
    return ("append", [place, 0], text)


def test_texts_at_one_place_are_one_edit() -> None:
    """A token costs its text."""
    assert merged([[appended("a", token)] for token in ("a", '"]', "\n", "ö")]) == [appended("a", 'a"]\nö')]


def test_texts_at_two_places_are_two_edits() -> None:
    """And what is appended to the first one later comes later."""
    edits = [appended("a", "1"), appended("b", "2"), appended("a", "3")]
    assert merged([[edit] for edit in edits]) == edits


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [("set", ["rows"], 1)],
        [("delete", ["rows", 0], None)],
        [("insert", ["rows", 9], 1), ("delete", ["rows", 0], None)],
    ],
)
def test_what_replaces_or_deletes_is_not_merged(edits: list[Edit]) -> None:
    """A value that was there is an event of its own."""
    assert GrowingEdits.of(record(Patch(output="out", edits=edits)), edits) is None


def test_only_what_is_alike_is_merged() -> None:
    """Text does not continue edits, nor those of another output."""
    text = GrowingText.of("öut", "a")
    edits = growing([("append", ["a"], "b")])
    assert not text.continues(edits)
    assert not edits.continues(text)
    assert not GrowingText.of("other", "a").continues(text)
    assert not edits.continues(record(Append(output="öut", text="a")))


def test_merging_has_an_end() -> None:
    """What waits and is long is left alone."""
    waiting = growing([("insert", ["rows", 0], "x" * MERGED_LENGTH)])
    assert not growing([("insert", ["rows", 1], 1)]).continues(waiting)
