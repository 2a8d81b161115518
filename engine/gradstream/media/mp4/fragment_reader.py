"""Indexes a fragmented MP4 file: its tracks, their samples, and where these are.

    moov -> SourceTrack          moof -> a TrackRun per track, and the durations, sizes … of its samples

Supports only what `media_segment.py` writes. Memory: 12 bytes per sample, 2 MB for an hour of audio. A
file that is truncated within a segment ends before it.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import BinaryIO

from msgspec import Struct

_SIZE_AT = 32
"""Offset of width and height, 16 bits each, in a video sample entry (ISO/IEC 14496-12, VisualSampleEntry)."""

_AUDIO_ENTRY_BYTES = 36
"""Size of an audio sample entry up to the codec's own boxes (ISO/IEC 14496-12, AudioSampleEntry)."""


class SourceTrack:
    """A track's description, and its samples: durations, sizes, composition offsets, sync samples."""

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
        """What is not played at the start: an encoder's priming, or the time until the first frame is shown.

        That is 0, unless the stream has lost its beginning.
        """
        self.durations = array("I")
        self.sizes = array("I")
        self.offsets = array("i")
        """Composition time offsets from the sum of the durations before, so negative ones too; video only."""
        self._begin: int | None = None
        self._end = 0
        self.keys = array("I")
        """Numbers of the sync samples, counted from 1; video only."""

    @property
    def format(self) -> bytes:
        """The sample entry's four letters: `avc3`, `fLaC`, `Opus` or `mp4a`."""
        return self.entry[4:8]

    @property
    def duration(self) -> int:
        """The sum of all sample durations, including priming."""
        return sum(self.durations)

    @property
    def presented(self) -> int:
        """The duration that is played: of video, all of it, from when its first frame is shown."""
        return self.duration - (self.skipped if self.handler == b"soun" else 0)

    def codec_config(self, kind: bytes) -> bytes:
        """Return the payload of a configuration box in an audio sample entry."""
        return find_box(self.entry[_AUDIO_ENTRY_BYTES:], kind)

    def add_run(self, trun: bytes, *, decode_time: int) -> tuple[int, int]:
        """Add the samples of a `trun` box; return their number and their size in bytes.

        `decode_time` is the run's, by its `tfdt` box: the lead of its samples is what it lacks to the sum of
        the durations before them.
        """
        columns = 4 if self.handler == b"vide" else 2
        count = _u32(trun, 4)
        rows = array("I", trun[12:])
        if len(rows) != columns * count:
            raise ValueError("unsupported `trun` box: it was not written by this program")
        if sys.byteorder == "little":
            rows.byteswap()
        before = len(self.sizes)
        self.durations += rows[0::columns]
        self.sizes += rows[1::columns]
        if columns == 4:
            is_key = (flags >> 16 & 1 == 0 for flags in rows[2::columns])
            self.keys.extend(before + index + 1 for index, key in enumerate(is_key) if key)
            begin = decode_time if self._begin is None else self._begin
            lead = begin + self._end - decode_time
            offsets = [offset - lead for offset in array("i", rows[3::columns].tobytes())]
            starts = accumulate(rows[0::columns], initial=self._end)
            shown = min((start + offset for start, offset in zip(starts, offsets, strict=False)), default=0)
            self.skipped = shown if self._begin is None else min(self.skipped, shown)
            self.offsets.extend(offsets)
            self._begin = begin
        self._end += sum(rows[0::columns])
        return count, sum(rows[1::columns])


class TrackRun(Struct, frozen=True, kw_only=True):
    """Samples of one track that are contiguous in the file, from `position` on."""

    track: SourceTrack
    position: int
    count: int
    size: int


class FragmentedFile:
    """The index of a fragmented MP4 file, read once. Raises ValueError for any other file."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.tracks: dict[int, SourceTrack] = {}
        self.runs: list[TrackRun] = []
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
            raise ValueError("it does not start with the init segment of a stream")
        if not self.runs:
            raise ValueError("it contains no media")

    def track(self, handler: bytes) -> SourceTrack | None:
        """Return the audio track (`soun`) or the video track (`vide`)."""
        return next((track for track in self.tracks.values() if track.handler == handler), None)

    def read(self, run: TrackRun) -> bytes:
        """Return the data of a run of samples."""
        self.file.seek(run.position)
        return self.file.read(run.size)

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
            decode_time = _u64(find_box(traf, b"tfdt"), 4)
            count, size = track.add_run(trun, decode_time=decode_time)
            position = moof_at + _u32(trun, 8)
            self.runs.append(TrackRun(track=track, position=position, count=count, size=size))


def boxes_in(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and payload of the boxes in a payload; raises ValueError if one is truncated."""
    at = 0
    while at < len(data):
        size = _u32(data, at)
        if size < 8 or at + size > len(data):
            raise ValueError("a box is truncated")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def find_box(data: bytes, kind: bytes) -> bytes:
    """Return the payload of the first box of a type; raises ValueError if there is none."""
    for found, payload in boxes_in(data):
        if found == kind:
            return payload
    raise ValueError(f"the box {kind.decode('latin-1')!r} is missing")


def _media_time(trak: bytes) -> int:
    edits = [find_box(payload, b"elst") for kind, payload in boxes_in(trak) if kind == b"edts"]
    return _u32(edits[0], 12) if edits else 0


def _u32(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise ValueError("a box is truncated")
    return int(struct.unpack_from(">I", data, at)[0])


def _u64(data: bytes, at: int) -> int:
    return _u32(data, at) << 32 | _u32(data, at + 4)


def _top_boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, offset and size of each complete box, with the file positioned at its payload."""
    end = file.seek(0, 2)
    at = 0
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        if size < 8 or at + size > end:
            return
        yield kind, at, size
        at += size
