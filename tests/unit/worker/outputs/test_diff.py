"""The shortest way from one value to the next, and that it always gets there."""

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.events.types import Edit
from gradstream.events.value import RawEdit, Value
from gradstream.worker.outputs import diff
from gradstream.worker.outputs.diff import edits_between, text_suffix

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


def difference(shown: Any, new: Any) -> str | list[Edit] | None:
    """Return the text to add, or the edits, or None for the whole."""
    suffix = text_suffix(shown, new)
    return edits_between(shown, new, size=len(msgspec.json.encode(new))) if suffix is None else suffix


def after(shown: Any, change: str | list[Edit] | None, new: Any) -> bytes:
    """Return the JSON of what a reader sees after the change was told."""
    value = Value(msgspec.Raw(msgspec.json.encode(shown)))
    if change is None:
        value.set(msgspec.Raw(msgspec.json.encode(new)))
    elif isinstance(change, str):
        value.append(msgspec.Raw(msgspec.json.encode(change)))
    else:
        value.patch(msgspec.json.decode(msgspec.json.encode(change), type=list[RawEdit]))
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


def test_a_half_of_a_surrogate_pair_is_not_completed_by_a_suffix() -> None:
    """It is shown as U+FFFD; the whole character replaces it."""
    assert text_suffix("a\ud83d", "a\ud83d\ude00") is None


def table(seed: int, *, rows: int) -> dict[str, Any]:
    """Return a table of four columns."""
    random = Random(seed)  # noqa: S311 (values for a test)
    cells = [[random.randrange(1000), random.random(), f"w{random.random()}", None] for _ in range(rows)]
    return {"columns": ["a", "b", "c", "d"], "rows": cells}


def deep(bottom: Any, *, levels: int, beside: str) -> Any:
    """Return a value in which each level holds all of the next one."""
    value = bottom
    for _ in range(levels):
        value = [beside, value]
    return value


ROWS = 10_000
OLD = table(1, rows=ROWS)
FLOATS = [[row * column / 7 for row in range(500)] for column in range(500)]
LETTERS = "the same long text of a value " * 20
BREAKERS: dict[str, tuple[Any, Any]] = {
    "each row": (OLD, table(2, rows=ROWS)),
    "a cell of each row": (OLD, {**OLD, "rows": [[*row[:3], 1] for row in OLD["rows"]]}),
    "a row in front": (OLD, {**OLD, "rows": [["new", 1, 2, 3], *OLD["rows"]]}),
    "a row behind": (OLD, {**OLD, "rows": [*OLD["rows"], ["new", 1, 2, 3]]}),
    "a row less": (OLD, {**OLD, "rows": OLD["rows"][1:]}),
    "rows at both ends": (OLD, {**OLD, "rows": [[0], *OLD["rows"], [1]]}),
    "rows that scroll": (OLD, {**OLD, "rows": [*OLD["rows"][1:], [1]]}),
    "twice the rows": (OLD, {**OLD, "rows": [*OLD["rows"], *OLD["rows"]]}),
    "the type of a cell of each row": (
        [[1, LONG]] * ROWS,
        [[True, LONG]] * ROWS,
    ),
    "the type of one cell": ([[1, n] for n in range(ROWS)], [[1.0 if n == 7 else 1, n] for n in range(ROWS)]),
    "floats": (FLOATS, [[cell + 1 for cell in row] for row in FLOATS]),
    "one float": (FLOATS, [[*FLOATS[0][:-1], 0.5], *FLOATS[1:]]),
    "texts": ({"a": "x" * 2**20, "b": "y" * 2**20}, {"a": "z" + "x" * 2**20, "b": "y" * 2**19 + "z"}),
    "a list of long texts": (["x" * 2**16] * 16, ["z" * 2**16] * 16),
    "keys": (
        {f"k{n}": {"a": n, "b": {"c": [n]}} for n in range(ROWS)},
        {f"k{n}": {"a": n, "b": {"c": [n + 1]}} for n in range(ROWS)},
    ),
    "one key": (
        {f"k{n}": {"a": n, "b": {"c": [n]}} for n in range(ROWS)},
        {f"k{n}": {"a": n, "b": {"c": [n % 9999]}} for n in range(ROWS)},
    ),
    "the order of keys": ({f"k{n}": n for n in range(ROWS)}, {f"k{n}": n for n in reversed(range(ROWS))}),
    "deep": (deep(1, levels=300, beside="x"), deep(2, levels=300, beside="x")),
    "deep and wide": (deep(1, levels=100, beside=LETTERS), deep(2, levels=100, beside=LETTERS)),
    "the same": (OLD, table(1, rows=ROWS)),
    "large integers": ([2**70, LONG, 1] * 999, [2**70, LONG, 1] * 998 + [2**70, LONG, 2]),
}


class CountingEncoder:
    """Encodes, and counts the bytes."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.count = 0

    def encode(self, value: Any) -> bytes:
        """Return the encoded value."""
        encoded: bytes = self._encoder.encode(value)
        self.count += len(encoded)
        return encoded


@pytest.mark.parametrize("name", BREAKERS)
def test_a_search_costs_no_more_than_the_whole(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is encoded to find edits, both values together, is about what is encoded to send both whole."""
    shown, new = BREAKERS[name]
    encoders = [CountingEncoder(diff._msgpack), CountingEncoder(diff._json)]
    monkeypatch.setattr(diff, "_msgpack", encoders[0])
    monkeypatch.setattr(diff, "_json", encoders[1])
    size = len(msgspec.json.encode(new))
    change = difference(shown, new)
    assert sum(encoder.count for encoder in encoders) <= 2.5 * size
    assert after(shown, change, new) == msgspec.json.encode(new)
    if isinstance(change, list):
        assert len(change) <= FREE + size / 256
        assert len(msgspec.json.encode(change)) <= size


@pytest.mark.parametrize(
    ("name", "count"), [("a row in front", 1), ("a row behind", 1), ("a row less", 1), ("one float", 1)]
)
def test_small_changes_of_large_values_are_small(name: str, count: int) -> None:
    """The bounds leave what is worth finding."""
    change = difference(*BREAKERS[name])
    assert isinstance(change, list)
    assert len(change) == count


FREE = 8
