"""Which items of a list have changed since the last yield.

    item --frozen_copy--> copy, kept
    items of the next yield --changed_indices--> those that differ from the copies

A generator may yield the same list again and modify it, its early items too, or yield fresh copies. So what
was yielded is kept as copies: texts by reference, since nobody can change them; numbers, lists and mappings
as copies that equal only the same types. One comparison of all items, without a step of Python for each,
finds those that differ: some 0.05 microseconds for an item. What has no such copy, such as an array or an
object of another class, counts as changed at each yield.
"""

from itertools import compress, count
from operator import ne
from typing import Any


class _Never:
    """Differs from everything."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False


class _Exactly:
    """Equals only the same number of the same type: 1, 1.0 and True differ on a page."""

    __slots__ = ("_value",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: float) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self._value) and other == self._value


_NEVER = _Never()


def frozen_copy(value: Any) -> Any:
    """Return what equals `value`, and any plain value like it, for as long as it does not change."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is dict:
        if any(type(key) is not str for key in value):
            return _NEVER
        return {key: frozen_copy(one) for key, one in value.items()}
    if kind is list:
        return [frozen_copy(one) for one in value]
    if kind is float and not value.is_integer():
        return value  # no number of another type equals it
    return _Exactly(value) if kind in (bool, int, float) else _NEVER


def changed_indices(before: list[Any], after: list[Any]) -> list[int]:
    """Return where items of `after` differ from the frozen copies in `before`, up to the shorter length."""
    last = min(len(before), len(after)) - 1
    try:
        # Nearly always only the last item differs, and comparing lists is twice as fast as finding out where.
        if last > 0 and before[:last] == after[:last]:
            return [last] if before[last] != after[last] else []
        return list(compress(count(), map(ne, before, after)))
    except Exception:  # noqa: BLE001 (comparing an array has no single result; other classes may raise)
        return [index for index, pair in enumerate(zip(before, after, strict=False)) if _differ(*pair)]


def _differ(before: Any, after: Any) -> bool:
    try:
        return bool(before != after)
    except Exception:  # noqa: BLE001 (as above)
        return True
