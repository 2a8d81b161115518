"""The shortest way from the value that is shown to the next one, found where both are at hand.

    shown, next (plain values) --difference--> suffix of a text | edits | None: send it whole

Edits are those of the wire's `patch`: [op, path, value], applied in order. One that would not be smaller than
the value itself is never returned. An equal value is sent whole: each step that replaces is an event.
"""

from collections.abc import Iterator, Sequence

import msgspec

from gradstream.events.types import Edit
from gradstream.format.values import Plain

Path = list[str | int]

EDIT_COST = 12
"""Bytes of an edit beside its path and value: brackets, quotes, the op."""

_encoder = msgspec.json.Encoder()


def difference(shown: Plain, new: Plain) -> str | list[Edit] | None:
    """Return what has to be added to a text, or the edits that turn `shown` into `new`, or None."""
    if isinstance(new, str) or isinstance(shown, str):
        return _suffix(shown, new)
    if type(shown) is not type(new) or not isinstance(new, list | dict):
        return None
    edits = list(_edits(shown, new, []))
    if not edits:
        return None
    cost = sum(EDIT_COST + _weight(path) + _weight(value) for _, path, value in edits)
    return edits if _outweighs(new, cost) else None


def _suffix(shown: Plain, new: Plain) -> str | None:
    if type(shown) is str and type(new) is str and len(new) > len(shown) and new.startswith(shown):
        return new[len(shown) :]
    return None


def _edits(shown: Plain, new: Plain, path: Path) -> Iterator[Edit]:
    if isinstance(shown, dict) and isinstance(new, dict):
        yield from _mapping_edits(shown, new, path)
    elif isinstance(shown, list) and isinstance(new, list):
        yield from _list_edits(shown, new, path)
    elif (suffix := _suffix(shown, new)) is not None:
        yield "append", path, suffix
    elif not _same(shown, new):
        yield "set", path, new


def _mapping_edits(shown: dict[str, Plain], new: dict[str, Plain], path: Path) -> Iterator[Edit]:
    kept = [key for key in shown if key in new]
    if list(new)[: len(kept)] != kept:
        # The order in which keys are shown differs, and no edit can say that.
        yield "set", path, new
        return
    yield from (("delete", [*path, key], None) for key in shown if key not in new)
    for key, value in new.items():
        if key not in shown:
            yield "set", [*path, key], value
        else:
            yield from _edits(shown[key], value, [*path, key])


def _list_edits(shown: list[Plain], new: list[Plain], path: Path) -> Iterator[Edit]:
    """Leave the common head and tail; what is between changes in pairs, then grows or shrinks."""
    head = _count_same(shown, new)
    longest_tail = min(len(shown), len(new)) - head
    tail = _count_same(shown[::-1], new[::-1], at_most=longest_tail)
    before, after = shown[head : len(shown) - tail], new[head : len(new) - tail]
    paired = min(len(before), len(after))
    for index in range(paired):
        yield from _edits(before[index], after[index], [*path, head + index])
    for index in range(paired, len(after)):
        yield "insert", [*path, head + index], after[index]
    for _ in range(paired, len(before)):
        yield "delete", [*path, head + paired], None


def _count_same(left: Sequence[Plain], right: Sequence[Plain], *, at_most: int | None = None) -> int:
    longest = min(len(left), len(right)) if at_most is None else at_most
    for index in range(longest):
        if not _same(left[index], right[index]):
            return index
    return longest


def _same(left: Plain, right: Plain) -> bool:
    """Compare as JSON does: 1 and true differ, at any depth, which Python's own comparison would not see."""
    if left is right:
        return True
    if type(left) is not type(right) or left != right:
        return False
    if not isinstance(left, list | dict):
        return True
    try:
        return _encoder.encode(left) == _encoder.encode(right)
    except UnicodeEncodeError:
        return False


def _weight(value: Plain) -> int:
    """Estimate the bytes of a value's JSON."""
    if isinstance(value, str):
        return len(value) + 2
    if isinstance(value, list):
        return 2 + sum(1 + _weight(one) for one in value)
    if isinstance(value, dict):
        return 2 + sum(4 + len(key) + _weight(one) for key, one in value.items())
    return len(repr(value))


def _outweighs(value: Plain, cost: int) -> bool:
    """Return whether a value's JSON has more than `cost` bytes, without weighing more of it than needed."""
    waiting, weighed = [value], 0
    while waiting and weighed <= cost:
        one = waiting.pop()
        if isinstance(one, list):
            weighed += 2 + len(one)
            waiting.extend(one)
        elif isinstance(one, dict):
            weighed += 2 + sum(4 + len(key) for key in one)
            waiting.extend(one.values())
        else:
            weighed += _weight(one)
    return weighed > cost
