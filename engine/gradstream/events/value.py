"""One output's value under `set`, `append` and `patch`: JSON in, JSON out.

Nothing of a value is decoded but what leads to an edit, and nothing is encoded (`events.tree`). A text's JSON
grows with it: growing to n characters costs n, not n squared.

    edits, in order, each [op, path, value]; a path is a list of keys and indices
    set     replace or add at the path; the empty path is the whole value
    append  the string at the path grows by `value`
    insert  into the list at path[:-1], before index path[-1]
    delete  what is at the path

An edit whose path does not exist changes nothing, on the page as here.
"""

from collections.abc import Iterable

from msgspec import Raw

from gradstream.events.tree import NULL, Fields, Items, JsonPart, copied, grown, packed, pieces_of, size_of
from gradstream.events.types import EditOp

RawEdit = tuple[EditOp, list[str | int], Raw]
"""An edit whose value is JSON."""


class Value:
    """An output's value; starts as null.

    `size` is that of its JSON, or more where edits have taken something away since it was last measured.
    `is_compact`: nothing of it is kept in more objects than it needs.
    """

    __slots__ = ("_top", "is_compact", "size")

    def __init__(self, raw: Raw = NULL) -> None:
        self.set(raw)

    def set(self, raw: Raw) -> None:
        """Replace the value by this JSON."""
        # The only item of a list, so that the whole has a place like any part of it.
        self._top = Items([raw])
        self.size = len(memoryview(raw))
        self.is_compact = True

    def append(self, text: Raw) -> None:
        """Append a text, given as JSON; a value that is not a text is replaced by an empty one first.

        Raises ValueError for anything but a text.
        """
        self._top.nodes[0] = grown(self._root, text)
        self.size += len(memoryview(text)) - 2

    def patch(self, edits: Iterable[RawEdit], *, size: int = 0) -> None:
        """Apply edits in order, which are so many bytes of JSON."""
        self.size += size
        for op, path, value in edits:
            self._apply(op, path, value)

    def pieces(self) -> list[bytes]:
        """Return the value as JSON in pieces, so that a large one is copied once, by who joins them."""
        return pieces_of(self._root)

    def json(self) -> Raw:
        """Return the value as JSON."""
        root = self._root
        return root if isinstance(root, Raw) else Raw(b"".join(self.pieces()))

    def measure(self) -> None:
        """Let `size` be exact."""
        self.size = size_of(self._root)

    def copy(self) -> "Value":
        """Return an independent value that is the same."""
        twin = Value()
        twin._top.nodes[0] = copied(self._root)
        twin.size, twin.is_compact = self.size, self.is_compact
        return twin

    def compact(self) -> None:
        """Keep the value in few objects; the next edit opens it again."""
        self._top.nodes[0] = packed(self._root)
        self.is_compact = True
        self.measure()

    @property
    def _root(self) -> JsonPart:
        return self._top.nodes[0]

    def _apply(self, op: EditOp, path: list[str | int], value: Raw) -> None:
        if not path and op != "append":
            self._top.nodes[0] = NULL if op == "delete" else value
            return
        self.is_compact = False
        holder: Items | Fields | None = self._top
        *steps, last = [0, *path]
        for step in steps:
            holder = None if holder is None else holder.opened(step)
        if holder is not None:
            holder.change(op, last, value)
