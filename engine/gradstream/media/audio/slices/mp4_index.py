"""Finds out whether an MP4 is whole, or can be decoded from slices: its index must come before its samples.

ftyp moov mdat                     progressive: the index first, as `-movflags +faststart` writes it
ftyp moov moof mdat moof mdat …    in fragments: it grows
ftyp mdat moov                     the index last: it must be whole
"""

from gradstream.media.audio.slices.elements import ElementWalker
from gradstream.media.audio.slices.measures import measure_box

INDEX_LAST = (
    "is the beginning of an mp4 whose index comes last, which cannot be decoded from slices: yield the whole "
    "file, or have it written in fragments (ffmpeg: `-movflags frag_keyframe+empty_moov`) or with its index "
    "first (`-movflags +faststart`)"
)
"""What is wrong with slices of such a file, and what to do."""


def is_whole_mp4(data: bytes) -> bool:
    """Return whether these bytes are a whole MP4 that is not in fragments."""
    kinds: set[str] = set()
    walker = ElementWalker(measure_box, seen=lambda box: kinds.add(box.kind))
    for _ in walker.feed(data):
        pass
    return not walker.is_cut and {"moov", "mdat"} <= kinds and "moof" not in kinds
