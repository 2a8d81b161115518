"""Follows the structure of a file from slice to slice: where an element ends, and what is not an element.

    slice --ElementWalker(measure)--> Piece(element | junk) …

An element is what a container is made of: a page of Ogg, a frame of ADTS, a packet of a transport stream, a
box of an MP4, an EBML element. `measure` reads an element's header, and nothing of its content is kept.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct


class Element(Struct, frozen=True):
    """An element's size, its header included, and its kind where that matters.

    `is_tag`: it belongs to the file, and the demuxer must not see it.
    """

    size: int
    kind: str = ""
    is_tag: bool = False


class Piece(Struct, frozen=True):
    """Consecutive bytes that belong to elements, to tags, or to neither."""

    data: bytes
    is_junk: bool = False
    is_tag: bool = False


ElementMeasure = Callable[[bytes, int], Element | bool]
"""Reads the header of an element at a place: returns the element, True if more bytes are needed to know it,
or False if an element does not start there."""

ENDLESS = 2**62
"""The size of an element that goes on to the end of the file."""


class ElementWalker:
    """Cuts slices into elements and junk. `seen` receives each element at its start."""

    def __init__(self, measure: ElementMeasure, *, seen: Callable[[Element], None] = lambda _: None) -> None:
        self._measure = measure
        self._seen = seen
        self._head = bytearray()
        self._to_skip = 0
        self._is_synced = False
        self._is_in_tag = False

    @property
    def is_between(self) -> bool:
        """Whether an element has ended, and the next one has not started."""
        return not self._head and not self._to_skip

    @property
    def is_in_element(self) -> bool:
        """Whether the header of an element has been read, and its end has not been reached."""
        return self._to_skip > 0

    @property
    def is_cut(self) -> bool:
        """Whether the file would be cut off if it ended here."""
        return bool(self._head) or 0 < self._to_skip < ENDLESS // 2

    def feed(self, data: bytes) -> Iterator[Piece]:
        """Yield the pieces of a slice; an incomplete header is held back."""
        if self._head:
            data = bytes(self._head) + data
            self._head.clear()
        at = start = 0
        while at < len(data):
            if self._to_skip:
                step = min(self._to_skip, len(data) - at)
                self._to_skip -= step
                at += step
                continue
            found = self._found(data, at)
            if isinstance(found, Element):
                if found.is_tag != self._is_in_tag and at > start:
                    yield self._piece(data[start:at])
                    start = at
                self._is_in_tag = found.is_tag
                self._seen(found)
                self._to_skip = found.size
                self._is_synced = True
                continue
            if at > start:
                yield self._piece(data[start:at])
            if found:
                self._head += data[at:]
                return
            self._is_synced = False
            end = self._next(data, at + 1)
            yield Piece(data[at:end], is_junk=True)
            at = start = end
        if at > start:
            yield self._piece(data[start:at])

    def rest(self) -> bytes:
        """Return the incomplete header at the end of the file."""
        return bytes(self._head)

    def _piece(self, data: bytes) -> Piece:
        return Piece(data, is_tag=self._is_in_tag)

    def _next(self, data: bytes, at: int) -> int:
        """Return where the next element may start."""
        while at < len(data) and self._found(data, at) is False:
            at += 1
        return at

    def _found(self, data: bytes, at: int) -> Element | bool:
        """Measure a place; behind junk, an element that more junk follows is junk as well."""
        found = self._measure(data, at)
        if self._is_synced or not isinstance(found, Element):
            return found
        end = at + found.size
        return False if end < len(data) and self._measure(data, end) is False else found
