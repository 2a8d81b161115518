"""The shortest way from one value to the next, and that it always gets there."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.events.types import Edit
from gradstream.events.value import Value
from gradstream.worker.outputs.diff import difference

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, width=16)
    | st.text(max_size=6)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=4)
    ),
    max_leaves=12,
)


def after(shown: Any, change: str | list[Edit] | None, new: Any) -> bytes:
    """Return the JSON of what a reader sees after the change was told."""
    value = Value(msgspec.Raw(msgspec.json.encode(shown)))
    if change is None:
        value.set(msgspec.Raw(msgspec.json.encode(new)))
    elif isinstance(change, str):
        value.append(change)
    else:
        value.patch(change)
    return bytes(value.json())


@given(VALUES, VALUES)
def test_edits_lead_to_the_new_value(shown: Any, new: Any) -> None:
    """Applying a difference to what is shown gives the new value, down to types and the order of keys."""
    change = difference(shown, new)
    assert after(shown, change, new) == msgspec.json.encode(new)


@given(st.lists(VALUES, max_size=6), st.data())
def test_edits_of_a_list_that_changed_a_little(rows: list[Any], data: st.DataObject) -> None:
    """Insertions, deletions and changes anywhere in a list are found."""
    new = list(rows)
    place = data.draw(st.integers(0, len(rows)))
    new[place : place + data.draw(st.integers(0, 2))] = data.draw(st.lists(VALUES, max_size=2))
    change = difference(rows, new)
    assert after(rows, change, new) == msgspec.json.encode(new)


LONG = "a long text that stays as it is, whatever becomes of the rest of the value around it"


@pytest.mark.parametrize(
    ("shown", "new", "change"),
    [
        ("abc", "abcde", "de"),
        ("", "a", "a"),
        ("abc", "abc", None),
        ("abc", "xbc", None),
        (None, "abc", None),
        ([LONG], [LONG], None),
        ([LONG], [LONG, 1], [("insert", [1], 1)]),
        ([1, LONG], [LONG], [("delete", [0], None)]),
        ([LONG, 1, LONG + "x"], [LONG, 2, LONG + "x"], [("set", [1], 2)]),
        ({"a": LONG, "b": 1}, {"a": LONG, "b": True}, [("set", ["b"], True)]),
        ({"a": LONG}, {"a": LONG, "b": 1.5}, [("set", ["b"], 1.5)]),
        ({"a": LONG, "b": 1}, {"a": LONG}, [("delete", ["b"], None)]),
        (
            [{"role": "user", "content": LONG}, {"role": "assistant", "content": LONG}],
            [{"role": "user", "content": LONG}, {"role": "assistant", "content": LONG + " word"}],
            [("append", [1, "content"], " word")],
        ),
        (
            {"columns": ["a"], "rows": [[LONG], [1]]},
            {"columns": ["a"], "rows": [[LONG], [1], [2]]},
            [("insert", ["rows", 2], [2])],
        ),
        ([1], [2], None),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, None),
    ],
)
def test_small_changes_are_small(shown: Any, new: Any, change: str | list[Edit] | None) -> None:
    """Edits are told when they are smaller than the value; an equal value is told whole."""
    assert difference(shown, new) == change


def test_one_and_true_are_not_the_same_at_any_depth() -> None:
    """Python takes 1 for True; a page does not."""
    assert difference([[1], LONG], [[True], LONG]) == [("set", [0, 0], True)]


def test_halves_of_surrogate_pairs_are_compared() -> None:
    """Text that UTF-8 cannot say does not break the comparison."""
    assert difference([["\ud800"], LONG], [["\ud800"], LONG, 1]) is not None
