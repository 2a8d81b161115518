"""JSON that is opened only where it is changed, and written in pieces.

    Raw --an edit within it--> Items (a list), Fields (a mapping), TextParts: their parts are Raw again
    nodes --> pieces: what is joined at a time is some PIECE_BYTES, never the whole

So neither a table of 50 MiB nor a long chat is decoded or encoded at once, which would hold the interpreter's
lock all the while: a row that nobody has touched is the JSON that came.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import Raw, json

NULL = Raw(b"null")

PIECE_BYTES = 2**16
"""Copied in some ten microseconds."""

BATCH = 256
"""Parts that are joined at once, if they are small enough."""

JOINED_PIECES = 1000
"""Pieces of a text that are kept one by one. Then they are joined: an object weighs more than a few bytes."""

_QUOTE = b'"'
_raws = json.Decoder(list[Raw])
_fields = json.Decoder(dict[str, Raw])


class TextParts:
    """The JSON of a text, without its end, in pieces."""

    __slots__ = ("_size", "pieces", "recent")

    def __init__(self, before: Raw = NULL) -> None:
        start = bytes(before)
        self.pieces = [start[:-1] if start.startswith(_QUOTE) else _QUOTE]
        self.recent: list[bytes] = []
        self._size = len(self.pieces[0]) + 1

    @property
    def size(self) -> int:
        """How many bytes of JSON it is."""
        return self._size

    def append(self, piece: bytes) -> None:
        """Add escaped text."""
        self.recent.append(piece)
        self._size += len(piece)
        if len(self.recent) >= JOINED_PIECES:
            self.pieces.append(b"".join(self.recent))
            self.recent.clear()

    def whole(self) -> list[bytes]:
        """Return the JSON in pieces, end included."""
        return [*self.pieces, *self.recent, _QUOTE]

    def copy(self) -> "TextParts":
        """Return a text that grows independently, from pieces that both share."""
        twin = TextParts()
        twin.pieces, twin.recent, twin._size = list(self.pieces), list(self.recent), self._size
        return twin


class Items:
    """A list that was opened.

    Packed, it is `parts`: JSON of several items with the commas between them, or a node that is large itself.
    """

    __slots__ = ("_nodes", "_parts")

    def __init__(
        self, nodes: "list[JsonPart] | None" = None, parts: "Sequence[bytes | JsonPart]" = ()
    ) -> None:
        self._nodes = nodes
        self._parts = parts

    @property
    def nodes(self) -> "list[JsonPart]":
        """Its items, which may be changed."""
        if self._nodes is None:
            self._nodes = []
            for part in self._parts:
                if isinstance(part, bytes):
                    self._nodes += _raws.decode(b"[%b]" % part)
                else:
                    self._nodes.append(part)
            self._parts = ()
        return self._nodes

    @property
    def parts(self) -> "Sequence[bytes | JsonPart]":
        """What is written one after the other, with commas between."""
        return self._parts if self._nodes is None else self._nodes

    def opened(self, step: str | int) -> "Items | Fields | None":
        """Return the container that is an item; None if there is none."""
        if not isinstance(step, int) or not 0 <= step < len(self.nodes):
            return None
        node = self.nodes[step]
        if isinstance(node, Raw):
            node = self.nodes[step] = opened(node)
        return None if isinstance(node, Raw | TextParts) else node

    def change(self, op: str, key: str | int, value: Raw) -> None:
        """Apply an edit to an item; one past the end is a place to add at."""
        nodes = self.nodes
        if not isinstance(key, int) or not 0 <= key <= len(nodes):
            return
        if op == "delete":
            del nodes[key : key + 1]
        elif op == "insert" or key == len(nodes):
            nodes.insert(key, grown(None, value) if op == "append" else value)
        else:
            nodes[key] = grown(nodes[key], value) if op == "append" else value

    def copy(self) -> "Items":
        """Return an independent list that is the same."""
        if self._nodes is None:
            return Items(parts=[part if isinstance(part, bytes) else copied(part) for part in self._parts])
        return Items([node if type(node) is Raw else copied(node) for node in self._nodes])


class Fields:
    """A mapping that was opened."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "dict[str, JsonPart]") -> None:
        self.nodes = nodes

    def opened(self, step: str | int) -> "Items | Fields | None":
        """Return the container that is a value; None if there is none."""
        name = str(step)
        node = self.nodes.get(name)
        if isinstance(node, Raw):
            node = self.nodes[name] = opened(node)
        return None if isinstance(node, Raw | TextParts) else node

    def change(self, op: str, key: str | int, value: Raw) -> None:
        """Apply an edit to a value."""
        name = str(key)
        if op == "delete":
            self.nodes.pop(name, None)
        else:
            self.nodes[name] = grown(self.nodes.get(name), value) if op == "append" else value

    def copy(self) -> "Fields":
        """Return an independent mapping that is the same."""
        return Fields({name: copied(node) for name, node in self.nodes.items()})


JsonPart = Raw | TextParts | Items | Fields


def opened(raw: Raw) -> JsonPart:
    """Return a node whose parts can be changed, if it has any."""
    match bytes(memoryview(raw)[:1]):
        case b"[":
            return Items(list(_raws.decode(raw)))
        case b"{":
            return Fields(dict(_fields.decode(raw)))
        case _:
            return raw


def grown(node: JsonPart | None, text: Raw) -> TextParts:
    """Return the text of a node, or an empty one, with more text, which is JSON. Raises ValueError."""
    piece = bytes(text)
    if not piece.startswith(_QUOTE):
        raise ValueError("only a text can be appended")
    if not isinstance(node, TextParts):
        node = TextParts(node if isinstance(node, Raw) else NULL)
    node.append(piece[1:-1])
    return node


def copied(node: JsonPart) -> JsonPart:
    """Return an independent node that is the same; what was never opened is shared."""
    return node if isinstance(node, Raw) else node.copy()


def size_of(node: bytes | JsonPart) -> int:
    """Return how many bytes of JSON a node is, without writing it."""
    if isinstance(node, Raw | bytes):
        return len(memoryview(node))
    if isinstance(node, TextParts):
        return node.size
    if isinstance(node, Items):
        return 1 + max(1, sum(size_of(part) + 1 for part in node.parts))
    return 1 + max(1, sum(len(json.encode(name)) + size_of(each) + 2 for name, each in node.nodes.items()))


def pieces_of(node: JsonPart) -> list[bytes]:
    """Return a node as JSON in pieces, none of them much larger than PIECE_BYTES."""
    return list(joined(_written(node)))


def joined(written: Iterable[bytes]) -> Iterator[bytes]:
    """Yield bytes in pieces of at least PIECE_BYTES, but for the last."""
    waiting, size = list[bytes](), 0
    for each in written:
        waiting.append(each)
        size += len(each)
        if size >= PIECE_BYTES:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


def packed(node: JsonPart) -> JsonPart:
    """Return a node in as few objects as can be, in pieces that can be opened one by one."""
    if isinstance(node, Raw):
        return node
    if size_of(node) <= PIECE_BYTES:
        return Raw(b"".join(pieces_of(node)))
    if isinstance(node, Items):
        return Items(parts=list(_packed_parts(node.parts)))
    if isinstance(node, Fields):
        return Fields({name: packed(each) for name, each in node.nodes.items()})
    return node


def _packed_parts(parts: "Sequence[bytes | JsonPart]") -> "Iterator[bytes | JsonPart]":
    for batch in _batches(parts):
        small = _small(batch)
        if small is not None:
            yield small
            continue
        smaller = [part if isinstance(part, bytes) else packed(part) for part in batch]
        joined = _small(smaller)
        yield from smaller if joined is None else (joined,)


def _written(node: bytes | JsonPart) -> Iterator[bytes]:
    if isinstance(node, Raw | bytes):
        view = memoryview(node)
        for start in range(0, len(view), PIECE_BYTES):
            yield bytes(view[start : start + PIECE_BYTES])
    elif isinstance(node, TextParts):
        yield from node.whole()
    elif isinstance(node, Items):
        yield b"["
        yield from _written_parts(node.parts)
        yield b"]"
    else:
        yield b"{"
        for index, (name, each) in enumerate(node.nodes.items()):
            yield b"%b%b:" % (b"," if index else b"", json.encode(name))
            yield from _written(each)
        yield b"}"


def _written_parts(parts: "Sequence[bytes | JsonPart]") -> Iterator[bytes]:
    """Yield items with the commas between them: small ones that were not opened many at a time."""
    comma = b""
    for batch in _batches(parts):
        small = _small(batch)
        for each in batch if small is None else (small,):
            yield comma
            yield from _written(each)
            comma = b","


def _batches(parts: "Sequence[bytes | JsonPart]") -> "Iterator[list[bytes | JsonPart]]":
    left = iter(parts)
    while batch := list(islice(left, BATCH)):
        yield batch


def _small(batch: "list[bytes | JsonPart]") -> bytes | None:
    """Return parts joined, if none was opened and all together are small."""
    raws: Any = batch
    if set(map(type, batch)) != {Raw} or sum([len(memoryview(raw)) for raw in raws]) > PIECE_BYTES:
        return None
    return b",".join(raws)
