"""Builds `moov` boxes, which describe tracks: in the init segment of a stream, and in a progressive file.

    ftyp | moov( mvhd  trak, one per track  mvex, "fragments follow" )
    trak( tkhd  edts, what to skip at the start  mdia( mdhd hdlr minf( vmhd|smhd dinf stbl ) ) )

Source: ISO/IEC 14496-12.
"""

import struct
from collections.abc import Sequence

from msgspec import Struct

from gradstream.media.mp4.boxes import audio_sample_entry, box, full_box, video_sample_entry
from gradstream.media.types import VIDEO_TIMESCALE, AudioTrack, VideoTrack

FRAGMENTED_TIMESCALE = 1000
"""Timescale of a fragmented movie's `mvhd`, whose times are all 0."""

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4
"""The language code `und`, five bits per letter (ISO/IEC 14496-12, MediaHeaderBox)."""

_MAX_SHORT = 2**32 - 1
"""The longest duration that fits in a box of version 0."""

_NO_SAMPLES = b"".join(
    (
        full_box(b"stts", bytes(4)),
        full_box(b"stsc", bytes(4)),
        full_box(b"stsz", bytes(8)),
        full_box(b"stco", bytes(4)),
    )
)


class TrackDescription(Struct, frozen=True, kw_only=True):
    """The content of a `trak` box. Times are in `timescale`, except `presented`, which is in the movie's.

    `entry` is the sample entry, `skipped` what the edit list removes at the start, `tables` the boxes in
    `stbl` after `stsd`.
    """

    number: int
    handler: bytes
    timescale: int
    entry: bytes
    skipped: int = 0
    width: int = 0
    height: int = 0
    duration: int = 0
    presented: int = 0
    tables: bytes = _NO_SAMPLES


def make_init_segment(video: VideoTrack | None, audio: AudioTrack | None) -> bytes:
    """Return the init segment for a video track (track_ID 1), an audio track (the next ID), or both."""
    tracks = []
    if video is not None:
        tracks.append(_video(video))
    if audio is not None:
        tracks.append(_audio(audio, number=len(tracks) + 1))
    extends = [full_box(b"trex", struct.pack(">5I", track.number, 1, 0, 0, 0)) for track in tracks]
    moov = make_moov(tracks, FRAGMENTED_TIMESCALE, extends=box(b"mvex", *extends))
    return make_ftyp(b"iso6") + moov


def make_ftyp(brand: bytes) -> bytes:
    """Return the `ftyp` box, with the brands that all our files comply with."""
    return box(b"ftyp", brand, bytes(4), b"iso6", b"mp41")


def make_moov(tracks: Sequence[TrackDescription], timescale: int, *, extends: bytes = b"") -> bytes:
    """Return the `moov` box of these tracks; `timescale` is the movie's."""
    presented = max((track.presented for track in tracks), default=0)
    times = _times(presented, struct.pack(">I", timescale))
    fields = struct.pack(">IH10x", 0x10000, 0x100)
    next_track = struct.pack(">I", len(tracks) + 1)
    mvhd = full_box(b"mvhd", times, fields, _MATRIX, bytes(24), next_track, version=_version(presented))
    return box(b"moov", mvhd, *map(_trak, tracks), extends)


def _video(track: VideoTrack) -> TrackDescription:
    # Without width and height, which are in the sample entry: Chromium would apply their ratio to all later
    # sizes.
    return TrackDescription(
        number=1,
        handler=b"vide",
        timescale=VIDEO_TIMESCALE,
        entry=video_sample_entry(track),
    )


def _audio(track: AudioTrack, *, number: int) -> TrackDescription:
    return TrackDescription(
        number=number,
        handler=b"soun",
        timescale=track.rate_hz,
        entry=audio_sample_entry(track),
        skipped=track.priming,
    )


def _version(duration: int) -> int:
    return int(duration > _MAX_SHORT)


def _times(duration: int, between: bytes) -> bytes:
    """Return creation and modification time, which are 0, the fields in between, and the duration."""
    long = _version(duration)
    return bytes(16 if long else 8) + between + struct.pack(">Q" if long else ">I", duration)


def _trak(track: TrackDescription) -> bytes:
    media = box(b"mdia", _mdhd(track), _hdlr(track.handler), _minf(track))
    return box(b"trak", _tkhd(track), _edts(track), media)


def _tkhd(track: TrackDescription) -> bytes:
    times = _times(track.presented, struct.pack(">I4x", track.number))
    volume = struct.pack(">8x4xH2x", 0x100 if track.handler == b"soun" else 0)
    size = struct.pack(">II", track.width << 16, track.height << 16)
    # Flags: track_enabled, track_in_movie.
    return full_box(b"tkhd", times, volume, _MATRIX, size, version=_version(track.presented), flags=3)


def _edts(track: TrackDescription) -> bytes:
    """Return the edit list; duration 0 means "to the end", which is unknown while segments are added."""
    if track.skipped == 0:
        return b""
    form = ">Qqhh" if _version(track.presented) else ">Iihh"
    edit = struct.pack(form, track.presented, track.skipped, 1, 0)
    elst = full_box(b"elst", struct.pack(">I", 1), edit, version=_version(track.presented))
    return box(b"edts", elst)


def _mdhd(track: TrackDescription) -> bytes:
    times = _times(track.duration, struct.pack(">I", track.timescale))
    language = struct.pack(">HH", _UNDETERMINED, 0)
    return full_box(b"mdhd", times, language, version=_version(track.duration))


def _hdlr(handler: bytes) -> bytes:
    return full_box(b"hdlr", struct.pack(">I4s12xx", 0, handler))


def _minf(track: TrackDescription) -> bytes:
    is_audio = track.handler == b"soun"
    media_header = full_box(b"smhd", bytes(4)) if is_audio else full_box(b"vmhd", bytes(8), flags=1)
    same_file = full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1))
    description = full_box(b"stsd", struct.pack(">I", 1), track.entry)
    table = box(b"stbl", description, track.tables)
    return box(b"minf", media_header, box(b"dinf", same_file), table)
