"""The shortest way from the value that is shown to the next one, found at about the cost of sending it.

    shown, next (texts) --text_suffix--> what has to be added | None
    shown, next, size --edits_between--> edits | None: send it whole

Edits are those of the wire's `patch`: [op, path, value], applied in order. Those that would not be smaller
than the value itself are never returned. An equal value is sent whole: each step that replaces is an event.

The children of one list or mapping are compared all at once by Python's own comparison, so that only those
that differ cost a step of Python. What is equal so is then compared as bytes: 1, 1.0 and true differ on a
page. Three bounds end a search that costs more than it can save: the number of edits, the bytes read, the
depth.
"""

from collections.abc import Iterable, Sequence
from itertools import compress, count, islice
from operator import ne, not_

import msgspec

from gradstream.errors import GradstreamError
from gradstream.events.types import Edit, EditOp
from gradstream.format.values import Plain

Path = tuple[str | int, ...]

EDIT_COST = 12
"""Bytes of an edit beside its path and value: brackets, quotes, the op."""

FREE_EDITS = 8
BYTES_PER_EDIT = 1024
"""A value may have so many edits, and one more for each so many bytes. To find an edit takes about as long
as to encode so many bytes."""

ROWS_PER_EDIT = 4
"""So many rows that are added or removed count as one edit: they are found together."""

LARGE_PART = 0.4
"""When parts of this share have to be replaced, so is the whole: little would be saved."""

REREAD = 1.25
"""How often the bytes of a value are read below its first level, in all, for each of the levels that its
kind expects. Values that are nested more deeply, and hold most of the bytes there, are replaced from there
on."""

MAX_DEPTH = 32
"""Levels that are searched; below, a part is replaced as a whole."""

NARROW = 64
"""Up to so many children are compared as bytes one by one, where Python calls them equal and JSON does
not."""

_msgpack = msgspec.msgpack.Encoder()
_json = msgspec.json.Encoder()


class _WholeError(GradstreamError):
    """The bounds of a search are used up: to send the whole is cheaper."""


def text_suffix(shown: Plain, new: Plain) -> str | None:
    """Return what has to be added to the text that is shown; None if that cannot give the new value."""
    if type(shown) is not str or type(new) is not str or len(new) <= len(shown) or not new.startswith(shown):
        return None
    # A surrogate pair that was cut: its first half is shown as U+FFFD, which no suffix can complete.
    return None if "\udc00" <= new[len(shown)] <= "\udfff" else new[len(shown) :]


def edits_between(shown: Plain, new: Plain, *, size: int, levels: int = 1) -> list[Edit] | None:
    """Return the edits that turn `shown` into `new`, whose JSON has `size` bytes; None to send it whole.

    The search takes about as long as encoding `new` once for each of `levels`, at the most.
    """
    if not _are_containers(shown, new):
        return None
    try:
        search = _Search(size, levels=levels)
        edits = search.edits(shown, new, (), most=_most_edits(size))
    except (_WholeError, RecursionError):
        return None
    return edits if edits and search.cost < size else None


def item_edits(
    shown: list[Plain], new: list[Plain], *, changed: Sequence[int], offset: int, size: int
) -> list[Edit] | None:
    """Return the edits of a list whose items differ only where said; None if there is no short way.

    `changed` has indices that both lists have. The list shown has `offset` items more in front of these,
    and its JSON has `size` bytes. The search costs what the changed items cost. An equal list has no edits.
    """
    most = _most_edits(size) - _growth_edits(shown, new)
    if len(changed) > most:
        return None
    search = _Search(size)
    end = offset + min(len(shown), len(new))
    try:
        edits = search.pair_edits([(shown[one], new[one], (offset + one,)) for one in changed], most=most)
        return edits + search.growth_edits(new[len(shown) :], (), start=end, removed=len(shown) - len(new))
    except (_WholeError, RecursionError):
        return None


class _Search:
    """One search; `cost` is the size of the edits found, in bytes."""

    def __init__(self, size: int, *, levels: int = 1) -> None:
        self.cost = 0
        self._size = size
        self._replaced = 0
        self._unread = REREAD * size * levels

    def edits(self, shown: Plain, new: Plain, path: Path, *, most: int) -> list[Edit] | None:
        """Return edits of a list or a mapping, None for more than `most`. Raises _WholeError."""
        if isinstance(new, dict):
            return self._mapping_edits(shown, new, path, most=most)
        return self._list_edits(shown, new, path, most=most)

    def _mapping_edits(
        self, shown: dict[str, Plain], new: dict[str, Plain], path: Path, *, most: int
    ) -> list[Edit] | None:
        kept = list(filter(new.__contains__, shown))
        if kept != list(islice(new, len(kept))):
            return None  # the order in which keys are shown differs, and no edit can say that
        removed, added = len(shown) - len(kept), list(islice(new, len(kept), None))
        before, after = list(map(shown.__getitem__, kept)), list(map(new.__getitem__, kept))
        most -= removed + len(added)
        changed = _differing(before, after, most=most)
        if changed is None:
            return None
        edits = (
            [self._edit("delete", (*path, key), None) for key in shown if key not in new] if removed else []
        )
        edits += self.pair_edits(
            [(before[index], after[index], (*path, kept[index])) for index in changed], most=most
        )
        return edits + [self._edit("set", (*path, key), new[key]) for key in added]

    def _list_edits(
        self, shown: list[Plain], new: list[Plain], path: Path, *, most: int
    ) -> list[Edit] | None:
        """Leave the common head and tail; what is between changes in pairs, then grows or shrinks."""
        grown, removed = max(0, len(new) - len(shown)), max(0, len(shown) - len(new))
        split = _split(shown, new)
        before = [*shown[:split], *shown[split + removed :]]
        after = [*new[:split], *new[split + grown :]]
        most -= _growth_edits(shown, new)
        changed = _differing(before, after, most=most)
        if changed is None:
            return None
        # First the pairs: what is added or removed between them moves those behind it.
        places = [index if index < split else index + removed for index in changed]
        pairs = [
            (before[index], after[index], (*path, place))
            for index, place in zip(changed, places, strict=True)
        ]
        edits = self.pair_edits(pairs, most=most)
        return edits + self.growth_edits(new[split : split + grown], path, start=split, removed=removed)

    def pair_edits(self, pairs: Sequence[tuple[Plain, Plain, Path]], *, most: int) -> list[Edit]:
        """Return the edits of parts at these paths, `most` at the most. Raises _WholeError."""
        share = most // max(1, len(pairs))
        return [
            edit for shown, new, path in pairs for edit in self._child_edits(shown, new, path, most=share)
        ]

    def growth_edits(self, added: Sequence[Plain], path: Path, *, start: int, removed: int) -> list[Edit]:
        """Return the edits that add or remove items of the list at a path. Raises _WholeError."""
        edits = [self._edit("insert", (*path, start + index), item) for index, item in enumerate(added)]
        return edits + [self._edit("delete", (*path, start), None) for _ in range(removed)]

    def _child_edits(self, shown: Plain, new: Plain, path: Path, *, most: int) -> list[Edit]:
        suffix = text_suffix(shown, new)
        if suffix is not None:
            return [self._edit("append", path, suffix)]
        if not _are_containers(shown, new):
            return [self._edit("set", path, new)]
        return self._part_edits(shown, new, path, most=most)

    def _part_edits(self, shown: Plain, new: Plain, path: Path, *, most: int) -> list[Edit]:
        """Return the edits within a list or a mapping, or one that replaces it if that is shorter."""
        size = len(_comparable(new))
        self._unread -= size
        before = self.cost
        edits = (
            self.edits(shown, new, path, most=most) if self._unread > 0 and len(path) < MAX_DEPTH else None
        )
        if edits is not None and (len(edits) < 2 or self.cost - before <= size):
            return edits
        self.cost = before
        self._replaced += size
        if self._replaced > LARGE_PART * self._size:
            raise _WholeError
        return [self._edit("set", path, new, size=size)]

    def _edit(self, op: EditOp, path: Path, value: Plain, *, size: int | None = None) -> Edit:
        self.cost += EDIT_COST + sum(map(len, map(str, path))) + (_weight(value) if size is None else size)
        if self.cost >= self._size:
            raise _WholeError
        return op, list(path), value


def _most_edits(size: int) -> int:
    return FREE_EDITS + size // BYTES_PER_EDIT


def _growth_edits(shown: Sequence[Plain], new: Sequence[Plain]) -> int:
    """Return as how many edits the difference in length counts."""
    return -(-abs(len(new) - len(shown)) // ROWS_PER_EDIT)


def _are_containers(shown: Plain, new: Plain) -> bool:
    return type(shown) is type(new) and isinstance(new, list | dict)


def _split(shown: list[Plain], new: list[Plain]) -> int:
    """Return where two lists grow or shrink: behind their common head, and what changes in pairs."""
    shortest = min(len(shown), len(new))
    if len(shown) == len(new):
        return shortest
    head = _first(map(ne, shown, new), shortest)
    tail = _first(map(ne, reversed(shown), reversed(new)), shortest - head)
    return shortest - tail


def _first(differ: Iterable[bool], most: int) -> int:
    return next(compress(count(), islice(differ, most)), most)


def _differing(before: Sequence[Plain], after: Sequence[Plain], *, most: int) -> list[int] | None:
    """Return the indices at which two sequences of one length differ; None if there are more than `most`."""
    differ = list(map(ne, before, after))
    changed = list(compress(count(), differ))
    if len(changed) > most:
        return None
    same = list(map(not_, differ)) if changed else None
    if _comparable(_selected(before, same)) == _comparable(_selected(after, same)):
        return changed
    if len(differ) > NARROW:
        return None
    changed = [index for index, pair in enumerate(zip(before, after, strict=True)) if _differ(*pair)]
    return changed if len(changed) <= most else None


def _selected(values: Sequence[Plain], chosen: Sequence[bool] | None) -> Sequence[Plain]:
    return values if chosen is None else list(compress(values, chosen))


def _differ(left: Plain, right: Plain) -> bool:
    return bool(left != right) or _comparable(left) != _comparable(right)


def _comparable(value: Plain) -> bytes:
    """Return bytes that are equal if the JSON of two values is, in half the time."""
    try:
        return _msgpack.encode(value)
    except OverflowError:
        return _json.encode(value)  # an integer of more than 64 bits


def _weight(value: Plain) -> int:
    """Return, nearly, the bytes of a value's JSON."""
    if isinstance(value, str):
        return len(value) + 2
    return len(_comparable(value)) if isinstance(value, list | dict) else len(repr(value))
