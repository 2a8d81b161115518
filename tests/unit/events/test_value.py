"""An output's value under edits."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, json

from gradstream.events.types import Edit
from gradstream.events.value import Value
from tests.unit.events.events import as_raw, texts, values


def patched(before: Any, *edits: Edit) -> Any:
    """Return what edits make of a value."""
    value = Value(Raw(json.encode(before)))
    value.patch(map(as_raw, edits))
    return json.decode(value.json())


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ({"a": 1}, ("set", ["a"], 2), {"a": 2}),
        ({"a": 1}, ("set", ["b"], 2), {"a": 1, "b": 2}),
        ([1, 2], ("set", [1], 3), [1, 3]),
        ([1, 2], ("set", [2], 3), [1, 2, 3]),
        ([1, 2], ("set", [3], 4), [1, 2]),
        ([1, 2], ("insert", [0], 0), [0, 1, 2]),
        ([1, 2], ("insert", [2], 3), [1, 2, 3]),
        ([1, 2], ("delete", [0], None), [2]),
        ([1, 2], ("delete", [2], None), [1, 2]),
        ({"a": 1, "b": 2}, ("delete", ["a"], None), {"b": 2}),
        ({"a": ["x"]}, ("append", ["a", 0], "y"), {"a": ["xy"]}),
        ({"a": None}, ("append", ["a"], "y"), {"a": "y"}),
        ("x", ("append", [], "y"), "xy"),
        ("x", ("set", [], [1]), [1]),
        ("x", ("delete", [], None), None),
        ("x", ("set", ["a"], 1), "x"),
        ([[1]], ("set", ["0", 0], 2), [[1]]),
    ],
)
def test_edits(before: Any, edit: Edit, after: Any) -> None:
    """Each edit does what the wire says, and one that leads nowhere does nothing."""
    assert patched(before, edit) == after


@given(values, values)
def test_set_by_patch_is_set(before: Any, after: Any) -> None:
    """Setting the empty path replaces the whole value."""
    assert patched(before, ("set", [], after)) == after


@given(st.lists(texts), texts)
def test_growing_is_joining(parts: list[str], first: str) -> None:
    """A text that grew by parts is their concatenation, whether it was looked at in between or not."""
    unseen, seen = Value(Raw(json.encode(first))), Value(Raw(json.encode(first)))
    for part in parts:
        unseen.append(Raw(json.encode(part)))
        seen.append(Raw(json.encode(part)))
        seen.json()
    assert json.decode(unseen.json()) == json.decode(seen.json()) == first + "".join(parts)


@given(st.lists(values, max_size=5), st.integers(0, 5), values)
def test_delete_undoes_insert(before: list[Any], index: int, added: Any) -> None:
    """What was inserted can be deleted, and nothing else is touched."""
    place = min(index, len(before))
    assert patched(before, ("insert", [place], added), ("delete", [place], None)) == before
