"""JSON that is opened where it is changed, and written in pieces."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, json

from gradstream.events import tree
from gradstream.events.types import Edit
from gradstream.events.value import Value
from tests.unit.events.events import as_raw, edits, values

ROWS = 25_000
ROW = [12345, "a name of some length", 1.5, True, None, "and some text\n"]
MOST = 4 * tree.PIECE_BYTES
"""What one call of compiled code may read or write: a tenth of a millisecond."""


def edited(value: Any, edit: Edit) -> Any:
    """Return what an edit makes of a value, as the page does it: on the decoded whole."""
    op, path, new = edit
    if not path:
        if op == "append":
            return (value if isinstance(value, str) else "") + new
        return None if op == "delete" else new
    holder = value
    for step in path[:-1]:
        if isinstance(holder, dict):
            holder = holder.get(str(step))
        elif isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            holder = holder[step]
        else:
            return value
    if isinstance(holder, dict):
        _edit_mapping(holder, op, str(path[-1]), new)
    elif isinstance(holder, list) and isinstance(path[-1], int) and path[-1] <= len(holder):
        _edit_list(holder, op, path[-1], new)
    return value


def _edit_mapping(holder: dict[str, Any], op: str, key: str, new: Any) -> None:
    if op == "delete":
        holder.pop(key, None)
    else:
        holder[key] = _longer(holder.get(key), new) if op == "append" else new


def _edit_list(holder: list[Any], op: str, key: int, new: Any) -> None:
    if op == "delete":
        del holder[key : key + 1]
    elif op == "insert" or key == len(holder):
        holder.insert(key, new)
    else:
        holder[key] = _longer(holder[key], new) if op == "append" else new


def _longer(before: Any, text: str) -> str:
    return (before if isinstance(before, str) else "") + text


@given(values, edits, st.integers(1, 200), st.sampled_from(["keep", "copy", "compact", "look"]))
def test_edits_are_those_of_the_decoded_value(
    before: Any, given_edits: list[Edit], piece: int, between: str
) -> None:
    """Whatever was opened, packed, copied or written in between, and however small the pieces are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "PIECE_BYTES", piece)
        patch.setattr(tree, "BATCH", 2)
        value, expected = Value(Raw(json.encode(before))), before
        for edit in given_edits:
            value.patch([as_raw(edit)])
            expected = edited(expected, edit)
            match between:
                case "copy":
                    value = value.copy()
                case "compact":
                    value.compact()
                case "look":
                    value.json()
        assert json.decode(value.json()) == expected
        assert json.decode(b"".join(value.pieces())) == expected
        value.measure()
        assert value.size == len(bytes(value.json()))


@given(values, values, edits)
def test_a_copy_is_independent(before: Any, other: Any, given_edits: list[Edit]) -> None:
    """Edits of a copy are not seen in the first, opened or not."""
    value = Value(Raw(json.encode({"a": [before, other]})))
    value.patch([as_raw(("set", ["a", 0], other))])
    twin = value.copy()
    for edit in given_edits:
        twin.patch([as_raw((edit[0], ["a", *edit[1]], edit[2]))])
    assert json.decode(value.json()) == {"a": [other, other]}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Return what each call that decodes or encodes JSON has read or written, in bytes."""
    sizes = list[int]()

    def noting(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def noted(given: Any) -> Any:
            made = call(given)
            sizes.append(len(made) if isinstance(made, bytes) else len(memoryview(given)))
            return made

        return noted

    class Noting:
        def __init__(self, decode: Callable[[Any], Any]) -> None:
            self.decode = noting(decode)

    monkeypatch.setattr(tree, "_raws", Noting(tree._raws.decode))
    monkeypatch.setattr(tree, "_fields", Noting(tree._fields.decode))
    monkeypatch.setattr(tree, "_small", _noting_joins(sizes, tree._small))
    yield sizes
    assert sizes


def _noting_joins(sizes: list[int], small: Callable[[Any], bytes | None]) -> Callable[[Any], bytes | None]:
    def noted(batch: Any) -> bytes | None:
        made = small(batch)
        sizes.append(len(made or b""))
        return made

    return noted


@pytest.mark.parametrize("kind", ["list", "table", "messages"])
def test_no_call_reads_or_writes_a_large_value(calls: list[int], kind: str) -> None:
    """A value that came in parts is changed, copied, written and packed in pieces of a stated size."""
    part = {"role": "user", "content": "x" * 500} if kind == "messages" else ROW
    path: list[str | int] = ["rows"] if kind == "table" else []
    value = Value(Raw(json.encode({"rows": []} if kind == "table" else [])))
    for index in range(ROWS):
        value.patch([as_raw(("insert", [*path, index], part))])
    for _ in range(2):
        twin = value.copy()
        twin.patch([as_raw(("set", [*path, 7, "content" if kind == "messages" else 1], "new"))])
        pieces = twin.pieces()
        assert max(map(len, pieces)) <= MOST
        assert sum(map(len, pieces)) > 20 * tree.PIECE_BYTES
        value.compact()
    assert max(calls) <= MOST


def test_one_large_item_is_written_in_slices() -> None:
    """Also one that came as a whole."""
    value = Value(Raw(json.encode(["x" * 10 * tree.PIECE_BYTES, 1])))
    value.patch([as_raw(("insert", [2], 2))])
    assert max(map(len, value.pieces())) <= MOST


def test_only_a_text_can_be_appended() -> None:
    """Anything else is a broken record."""
    with pytest.raises(ValueError, match="only a text can be appended"):
        Value().patch([as_raw(("append", [], 1))])
