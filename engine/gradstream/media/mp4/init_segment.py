"""What tells of an MP4's tracks: the head of a fragmented file, and the `moov` of a finished one.

    ftyp | moov( mvhd  trak, one a track  mvex, "fragments follow" )
    trak( tkhd  edts, what to skip at the beginning  mdia( mdhd hdlr minf( vmhd|smhd dinf stbl ) ) )

Source: ISO/IEC 14496-12.
"""

import struct
from collections.abc import Sequence

from msgspec import Struct

from gradstream.media.mp4.boxes import audio_sample_entry, box, full_box, video_sample_entry
from gradstream.media.types import VIDEO_TIMESCALE, AudioTrack, VideoTrack

COMPOSITION_DELAY = VIDEO_TIMESCALE
"""Added to each picture's composition offset, and taken off by the edit list: 1 s, beyond usual reordering.

FFmpeg moves all later pictures when it meets an offset below 0, so none should be.
"""

FRAGMENTED_TIMESCALE = 1000
"""Ticks a second of a fragmented movie's own times, which are all 0."""

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4
"""The language `und`, five bits a letter."""

_MAX_SHORT = 2**32 - 1
"""The longest time in a box of version 0."""

_NO_SAMPLES = b"".join(
    (
        full_box(b"stts", bytes(4)),
        full_box(b"stsc", bytes(4)),
        full_box(b"stsz", bytes(8)),
        full_box(b"stco", bytes(4)),
    )
)


class TrackDescription(Struct, frozen=True, kw_only=True):
    """What a `trak` says. Times are in `timescale`, except `presented`, which is in the movie's.

    `entry` is the sample entry, `skipped` what the edit list takes off at the beginning, `samples` the boxes
    in `stbl` after the description.
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
    samples: bytes = _NO_SAMPLES


def make_init_segment(picture: VideoTrack | None, sound: AudioTrack | None) -> bytes:
    """Return the head for a track of pictures (number 1), one of sound (the next), or both."""
    tracks = []
    if picture is not None:
        tracks.append(_picture(picture))
    if sound is not None:
        tracks.append(_sound(sound, number=len(tracks) + 1))
    extends = [full_box(b"trex", struct.pack(">5I", track.number, 1, 0, 0, 0)) for track in tracks]
    moov = make_moov(tracks, FRAGMENTED_TIMESCALE, extends=box(b"mvex", *extends))
    return make_ftyp(b"iso6") + moov


def make_ftyp(brand: bytes) -> bytes:
    """Return the box that begins a file, with the brands that all files here are."""
    return box(b"ftyp", brand, bytes(4), b"iso6", b"mp41")


def make_moov(tracks: Sequence[TrackDescription], timescale: int, *, extends: bytes = b"") -> bytes:
    """Return the `moov` of these tracks; `timescale` is the movie's own."""
    presented = max((track.presented for track in tracks), default=0)
    times = _times(presented, struct.pack(">I", timescale))
    fields = struct.pack(">IH10x", 0x10000, 0x100)
    next_track = struct.pack(">I", len(tracks) + 1)
    mvhd = full_box(b"mvhd", times, fields, _MATRIX, bytes(24), next_track, version=_version(presented))
    return box(b"moov", mvhd, *map(_trak, tracks), extends)


def _picture(track: VideoTrack) -> TrackDescription:
    # Without width and height, which are in the entry: Chromium would force their ratio on all later sizes.
    return TrackDescription(
        number=1,
        handler=b"vide",
        timescale=VIDEO_TIMESCALE,
        entry=video_sample_entry(track),
        skipped=COMPOSITION_DELAY,
    )


def _sound(track: AudioTrack, *, number: int) -> TrackDescription:
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
    """Return the times of creation and change, which are not told, and the duration."""
    long = _version(duration)
    return bytes(16 if long else 8) + between + struct.pack(">Q" if long else ">I", duration)


def _trak(track: TrackDescription) -> bytes:
    media = box(b"mdia", _mdhd(track), _hdlr(track.handler), _minf(track))
    return box(b"trak", _tkhd(track), _edts(track), media)


def _tkhd(track: TrackDescription) -> bytes:
    times = _times(track.presented, struct.pack(">I4x", track.number))
    volume = struct.pack(">8x4xH2x", 0x100 if track.handler == b"soun" else 0)
    size = struct.pack(">II", track.width << 16, track.height << 16)
    # Flags: enabled, and part of the presentation.
    return full_box(b"tkhd", times, volume, _MATRIX, size, version=_version(track.presented), flags=3)


def _edts(track: TrackDescription) -> bytes:
    """Return what skips the beginning; duration 0 means "to the end", unknown while fragments come."""
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
    has_audio_format = track.handler == b"soun"
    media_head = full_box(b"smhd", bytes(4)) if has_audio_format else full_box(b"vmhd", bytes(8), flags=1)
    own_file = full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1))
    description = full_box(b"stsd", struct.pack(">I", 1), track.entry)
    table = box(b"stbl", description, track.samples)
    return box(b"minf", media_head, box(b"dinf", own_file), table)
