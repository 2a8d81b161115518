"""Reads a head and fragments, one after the other, as what they tell of: tracks, frames, and where these are.

    file -> movie head -> SourceTrack          fragment -> rows of its frames; where each track's bytes lie

Reads what `fragments.py` writes, and no other program's files. Bound: 12 bytes a frame, 2 MB for an hour of
sound. A file that is cut in the middle of a fragment ends before it.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

_SIZE_AT = 32
"""Where a sample entry of pictures has width and height, 16 bits each."""

_SOUND_ENTRY_BYTES = 36
"""What a sample entry of sound has before the codec's own boxes."""


class SourceTrack:
    """One track's description from the head, and its frames: durations, sizes, composition offsets, keys."""

    def __init__(self, trak: bytes) -> None:
        tkhd = find_box(trak, b"tkhd")
        mdia = find_box(trak, b"mdia")
        self.number = _u32(tkhd, 12)
        self.timescale = _u32(find_box(mdia, b"mdhd"), 12)
        self.handler = find_box(mdia, b"hdlr")[8:12]
        stbl = find_box(find_box(mdia, b"minf"), b"stbl")
        self.entry = find_box(stbl, b"stsd")[8:]
        size = _u32(self.entry, _SIZE_AT) if self.handler == b"vide" else 0
        self.width, self.height = size >> 16, size & 0xFFFF
        self.skipped = _media_time(trak)
        self.durations = array("I")
        self.sizes = array("I")
        self.offsets = array("i")
        """Of composition, of pictures only."""
        self.keys = array("I")
        """Of pictures only: the numbers, from 1, of those that one can begin with."""

    @property
    def format(self) -> bytes:
        """The sample entry's four letters: `avc3`, `fLaC`, `Opus` or `mp4a`."""
        return self.entry[4:8]

    @property
    def duration(self) -> int:
        """All frames together, priming included."""
        return sum(self.durations)

    @property
    def presented(self) -> int:
        """What is to be heard or seen of that."""
        return self.duration - (self.skipped if self.handler == b"soun" else 0)

    def codec_config(self, kind: bytes) -> bytes:
        """Return the payload of the codec's configuration in a sample entry of sound."""
        return find_box(self.entry[_SOUND_ENTRY_BYTES:], kind)

    def add_run(self, trun: bytes) -> tuple[int, int]:
        """Take in the frames of one fragment; return how many they are, and their bytes."""
        columns = 4 if self.handler == b"vide" else 2
        count = _u32(trun, 4)
        rows = array("I", trun[12:])
        if len(rows) != columns * count:
            raise ValueError("a fragment's table of frames is not one that this program writes")
        if sys.byteorder == "little":
            rows.byteswap()
        before = len(self.sizes)
        self.durations += rows[0::columns]
        self.sizes += rows[1::columns]
        if columns == 4:
            is_key = (flags >> 16 & 1 == 0 for flags in rows[2::columns])
            self.keys.extend(before + index + 1 for index, key in enumerate(is_key) if key)
            self.offsets.extend(array("i", rows[3::columns].tobytes()))
        return count, sum(rows[1::columns])


class TrackRun(Struct, frozen=True, kw_only=True):
    """Frames of one track that lie one after the other at `position` in the file."""

    track: SourceTrack
    position: int
    count: int
    size: int


class FragmentedFile:
    """A file of head and fragments, read through once. Raises ValueError when it is something else."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.tracks: dict[int, SourceTrack] = {}
        self.pieces: list[TrackRun] = []
        moof = b""
        moof_at = 0
        for kind, at, size in _top_boxes(file):
            if kind == b"moov":
                self._read_moov(file.read(size - 8))
            elif kind == b"moof":
                moof, moof_at = file.read(size - 8), at
            elif kind == b"mdat" and moof:
                self._read_moof(moof, moof_at)
        if not self.tracks:
            raise ValueError("it does not begin with the head of a stream")
        if not self.pieces:
            raise ValueError("there is no media in it")

    def track(self, handler: bytes) -> SourceTrack | None:
        """Return the track of sound (`soun`) or of pictures (`vide`)."""
        return next((track for track in self.tracks.values() if track.handler == handler), None)

    def read(self, piece: TrackRun) -> bytes:
        """Return the bytes of some frames."""
        self.file.seek(piece.position)
        return self.file.read(piece.size)

    def _read_moov(self, moov: bytes) -> None:
        for kind, payload in boxes_in(moov):
            if kind == b"trak":
                track = SourceTrack(payload)
                self.tracks[track.number] = track

    def _read_moof(self, moof: bytes, moof_at: int) -> None:
        for kind, traf in boxes_in(moof):
            if kind != b"traf":
                continue
            track = self.tracks[_u32(find_box(traf, b"tfhd"), 4)]
            trun = find_box(traf, b"trun")
            count, size = track.add_run(trun)
            position = moof_at + _u32(trun, 8)
            self.pieces.append(TrackRun(track=track, position=position, count=count, size=size))


def boxes_in(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and payload of the boxes in a payload; raises ValueError when one is cut short."""
    at = 0
    while at < len(data):
        size = _u32(data, at)
        if size < 8 or at + size > len(data):
            raise ValueError("a box is cut short")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def find_box(data: bytes, kind: bytes) -> bytes:
    """Return the payload of the first box of a kind; raises ValueError when there is none."""
    for found, payload in boxes_in(data):
        if found == kind:
            return payload
    raise ValueError(f"there is no box {kind.decode('latin-1')!r} where one was expected")


def _media_time(trak: bytes) -> int:
    edits = [find_box(payload, b"elst") for kind, payload in boxes_in(trak) if kind == b"edts"]
    return _u32(edits[0], 12) if edits else 0


def _u32(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise ValueError("a box is cut short")
    return int(struct.unpack_from(">I", data, at)[0])


def _top_boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, place and size of each whole box, with the file at its payload."""
    end = file.seek(0, 2)
    at = 0
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        if size < 8 or at + size > end:
            return
        yield kind, at, size
        at += size
