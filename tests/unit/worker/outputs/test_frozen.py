"""Copies that find out whether what was yielded has changed."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.authoring import Message
from gradstream.worker.outputs.frozen import changed_indices, frozen_copy

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.floats(allow_nan=False, width=16)
    | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_an_equal_value_is_unchanged(value: Any) -> None:
    """The value itself and a copy of it, whatever it is made of."""
    assert changed_indices([frozen_copy(value)], [value]) == []
    assert changed_indices([frozen_copy(value)], [copy.deepcopy(value)]) == []


@given(VALUES, VALUES)
def test_another_value_is_a_change(value: Any, other: Any) -> None:
    """Values whose texts in Python differ are not taken for equal: 1 and True, 0.0 and False."""
    is_changed = bool(changed_indices([frozen_copy(value)], [other]))
    if not is_changed:
        assert value == other
        assert str(_sorted(value)).replace("-0.0", "0.0") == str(_sorted(other)).replace("-0.0", "0.0")


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(3),
        {"content": np.zeros(3)},
        (1, 2),
        {1: 2},
        {"a": {True: 1}},
        Message("a"),
        [b"bytes"],
        object(),
    ],
)
def test_what_cannot_be_copied_counts_as_changed(value: Any) -> None:
    """It may have been modified in place, which nothing here can see."""
    before = [frozen_copy(one) for one in ("text", value)]
    assert changed_indices(before, ["text", value]) == [1]


def test_a_comparison_that_fails_is_a_change() -> None:
    """A text was yielded, and an array comes in its place, whose comparison has no single result."""
    before = [frozen_copy({"content": "text"}), frozen_copy("same")]
    assert changed_indices(before, [{"content": np.zeros(3)}, "same"]) == [0]


def test_modified_in_place() -> None:
    """Lists and mappings at any depth are copied."""
    item = {"content": "a", "metadata": {"log": ["one"], "duration": 1}}
    before = [frozen_copy(item)]
    item["metadata"]["log"].append("two")  # type: ignore[index]
    assert changed_indices(before, [item]) == [0]
