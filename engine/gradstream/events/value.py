"""One output's value under `set`, `append` and `patch`: JSON in, JSON out.

A value that was only ever set is never decoded, nor is a text that only grew: its JSON grows with it. Within
other values, a text that grows is kept as a list of parts and joined when it is read. Growing to n characters
costs n, not n squared.

    edits, in order, each [op, path, value]; a path is a list of keys and indices
    set     replace or add at the path; the empty path is the whole value
    append  the string at the path grows by `value`
    insert  into the list at path[:-1], before index path[-1]
    delete  what is at the path

An edit whose path does not exist changes nothing, on the page as here.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Raw, json

from gradstream.events.types import Edit

NULL = Raw(b"null")

JOINED_PIECES = 1000
"""Pieces of a text that are kept one by one. Then they are joined: an object weighs more than a few bytes."""

_QUOTE = b'"'


class _GrowingText:
    """The JSON of a text, without its end, in pieces."""

    __slots__ = ("pieces", "recent")

    def __init__(self, before: Raw) -> None:
        start = bytes(before)
        self.pieces = [start[:-1] if start.startswith(_QUOTE) else _QUOTE]
        self.recent: list[bytes] = []

    def append(self, piece: bytes) -> None:
        """Add escaped text."""
        self.recent.append(piece)
        if len(self.recent) >= JOINED_PIECES:
            self.pieces.append(b"".join(self.recent))
            self.recent.clear()

    def whole(self) -> list[bytes]:
        """Return the JSON in pieces, end included."""
        return [*self.pieces, *self.recent, _QUOTE]

    def copy(self) -> "_GrowingText":
        """Return a text that grows independently, from pieces that both share."""
        twin = _GrowingText(NULL)
        twin.pieces, twin.recent = list(self.pieces), list(self.recent)
        return twin


class _Tail:
    """A string that is growing: its place, and its parts so far."""

    __slots__ = ("container", "key", "parts")

    def __init__(self, container: Any, key: str | int, first: str) -> None:
        self.container = container
        self.key = key
        self.parts = [first]


class Value:
    """An output's value; starts as null.

    `size` is that of its JSON, or more where edits have taken something away since it was last read.
    """

    __slots__ = ("_raw", "_root", "_tail", "_text", "size")

    def __init__(self, raw: Raw = NULL) -> None:
        self.set(raw)

    def set(self, raw: Raw) -> None:
        """Replace the value by this JSON."""
        self._raw: Raw | None = raw
        self._text: _GrowingText | None = None
        """The JSON of a text that has grown, as long as nothing else was done to it."""
        self._root: list[Any] | None = None
        """The decoded value as the only item of a list, so that the whole has a place like any part of it."""
        self._tail: _Tail | None = None
        self.size = len(memoryview(raw))

    def append(self, text: Raw) -> None:
        """Append a text, given as JSON; a value that is not a text is replaced by an empty one first.

        Raises ValueError for anything but a text.
        """
        if bytes(memoryview(text)[:1]) != _QUOTE:
            raise ValueError("only a text can be appended")
        piece = memoryview(text)[1:-1]
        self.size += len(piece)
        if self._root is not None:
            self._grow(self._opened(), 0, json.decode(text))
            return
        if self._text is None:
            self._text, self._raw = _GrowingText(self._raw or NULL), None
        self._text.append(bytes(piece))

    def patch(self, edits: Iterable[Edit], *, size: int = 0) -> None:
        """Apply edits in order, which are so many bytes of JSON."""
        self.size += size
        for op, path, value in edits:
            self._apply(op, path, value)

    def pieces(self) -> list[bytes]:
        """Return the value as JSON in pieces, so that a long text is copied once, by who joins them."""
        return [bytes(self.json())] if self._text is None else self._text.whole()

    def json(self) -> Raw:
        """Return the value as JSON."""
        if self._text is not None:
            return Raw(b"".join(self._text.whole()))
        if self._raw is None:
            self._settle()
            self._raw = Raw(json.encode(self._root[0] if self._root else None))
            self.size = len(memoryview(self._raw))
        return self._raw

    def copy(self) -> "Value":
        """Return an independent value that is the same."""
        if self._text is None:
            return Value(self.json())
        twin = Value()
        twin._raw, twin._text, twin.size = None, self._text.copy(), self.size
        return twin

    @property
    def is_compact(self) -> bool:
        """Whether the value is kept as JSON alone."""
        return self._root is None

    def compact(self) -> None:
        """Keep the value's JSON alone; the next edit decodes it again."""
        if self._text is None:
            self.json()
            self._root = self._tail = None

    def _opened(self) -> list[Any]:
        if self._root is None:
            self._root = [json.decode(self.json())]
        self._raw = self._text = None
        return self._root

    def _apply(self, op: str, path: list[str | int], value: Any) -> None:
        root = self._opened()
        if op != "append":
            self._settle()
        if not path and op != "append":
            root[0] = None if op == "delete" else value
            return
        container, key = _find(root, [0, *path])
        if container is None:
            return
        if op == "append":
            self._grow(container, key, value)
        else:
            _change(container, key, op=op, value=value)

    def _grow(self, container: Any, key: str | int, text: str) -> None:
        tail = self._tail
        if tail is None or tail.container is not container or tail.key != key:
            self._settle()
            before = _read(container, key)
            tail = self._tail = _Tail(container, key, before if isinstance(before, str) else "")
        tail.parts.append(text)

    def _settle(self) -> None:
        if self._tail is not None:
            _change(self._tail.container, self._tail.key, op="set", value="".join(self._tail.parts))
            self._tail = None


def _find(root: list[Any], path: list[str | int]) -> tuple[Any, str | int]:
    """Return the container at the end of the path and the last step; None when the path does not exist."""
    container: Any = root
    for step in path[:-1]:
        container = _read(container, step)
    return (container if isinstance(container, dict | list) else None), path[-1]


def _read(container: Any, step: str | int) -> Any:
    if isinstance(container, dict):
        return container.get(str(step))
    if isinstance(container, list) and isinstance(step, int) and 0 <= step < len(container):
        return container[step]
    return None


def _change(container: Any, key: str | int, *, op: str, value: Any) -> None:
    if isinstance(container, dict):
        if op == "delete":
            container.pop(str(key), None)
        else:
            container[str(key)] = value
    elif isinstance(key, int) and 0 <= key <= len(container):
        # One past the end is a place to add at; nothing can be deleted there, and an empty slice says so.
        width = 0 if op == "insert" else 1
        container[key : key + width] = [] if op == "delete" else [value]
