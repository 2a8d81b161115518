"""Finds out whether an Ogg file is made of several, one behind the other (RFC 3533, section 4: chaining)."""

from gradstream.media.audio.slices.elements import Element, ElementWalker
from gradstream.media.audio.slices.measures import measure_ogg


def is_chained(data: bytes) -> bool:
    """Return whether the first page of a track comes after other pages; False for other containers."""
    if data[:4] != b"OggS":
        return False
    starts: list[bool] = []

    def saw(page: Element) -> None:
        is_start = page.kind == "bos"
        if not starts or starts[-1] != is_start:
            starts.append(is_start)

    for _ in ElementWalker(measure_ogg, seen=saw).feed(data):
        pass
    return starts.count(True) > 1
