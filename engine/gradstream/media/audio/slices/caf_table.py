"""Finds out whether a CAF can be decoded from slices: a table of packets must come before its samples.

    desc … data            packets of one size: no table is needed
    desc … pakt data       the table first
    desc … data pakt       the table last, as FFmpeg writes ALAC and Opus: it must be whole

Source: Apple Core Audio Format Specification 1.0, "Audio Description Chunk" and "Packet Table Chunk".
"""

from collections.abc import Iterator
from typing import Literal

TABLE_LAST = (
    "is the beginning of a caf whose table of packets comes last, which cannot be decoded from slices: yield "
    "the whole file, or have it written as m4a in fragments (ffmpeg: `-movflags frag_keyframe+empty_moov`)"
)
"""What is wrong with slices of such a file, and what to do."""

FILE_HEADER_BYTES = 8
CHUNK_HEADER_BYTES = 12
PACKET_SIZES = slice(36, 44)
"""Of the description, the first chunk: bytes and samples in a packet, each 0 where they vary."""

Table = Literal["none", "first", "last", "whole", "more"]


def table_of(data: bytes) -> Table:
    """Return where the table is in a CAF that begins with these bytes, "more" if they are too few to know.

    "whole": the file is complete, so that it does not matter.
    """
    sizes = data[PACKET_SIZES]
    if len(sizes) == 8 and all(int.from_bytes(sizes[at : at + 4], "big") for at in (0, 4)):
        return "none"
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if b"data" not in kinds:
        return "more"
    if b"pakt" in kinds[: kinds.index(b"data")]:
        return "first"
    return "whole" if b"pakt" in kinds and chunks[-1][1] <= len(data) else "last"


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the kind of each chunk that begins here, and where it ends."""
    at = FILE_HEADER_BYTES
    while at + CHUNK_HEADER_BYTES <= len(data):
        size = int.from_bytes(data[at + 4 : at + CHUNK_HEADER_BYTES], "big", signed=True)
        end = at + CHUNK_HEADER_BYTES + size if size >= 0 else len(data)
        yield data[at : at + 4], end
        at = end
