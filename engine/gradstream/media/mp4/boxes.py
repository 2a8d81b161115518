"""Builds boxes, which an MP4 file is made of, and sample entries, which describe a track's codec.

    box = u32 size | four letters | payload      full box = box with u8 version | u24 flags before its payload

Sources: ISO/IEC 14496-12 (boxes), 14496-15 (avc3), 14496-14 and -1 (esds), "Encapsulation of FLAC in ISO Base
Media File Format", "Encapsulation of Opus in ISO Base Media File Format".
"""

import struct
from typing import assert_never

from gradstream.media.types import AudioTrack, VideoTrack

STREAMINFO_BYTES = 34
"""Length of the only FLAC metadata block that a decoder needs (RFC 9639, section 8.2)."""

MAX_FIXED_POINT_RATE_HZ = 65535
"""Highest rate of an audio sample entry, whose `samplerate` is 16.16 fixed point."""

_DPI_72 = 0x00480000
"""72 dpi as 16.16 fixed point: the value that ISO/IEC 14496-12 prescribes for both resolutions."""


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box with these parts as its payload."""
    size = 8 + sum(map(len, parts))
    return b"".join((struct.pack(">I4s", size, kind), *parts))


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box with version and flags before its payload."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def video_sample_entry(track: VideoTrack) -> bytes:
    """Return the sample entry of H.264 with parameter sets in band (`avc3`)."""
    fields = struct.pack(
        ">6xH16xHHIIIH32xHh", 1, track.width, track.height, _DPI_72, _DPI_72, 0, 1, 0x18, -1
    )  # frame_count 1, depth 24
    return box(b"avc3", fields, box(b"avcC", track.config))


def audio_sample_entry(track: AudioTrack) -> bytes:
    """Return the sample entry of an audio track; raises ValueError for an invalid configuration."""
    match track.codec:
        case "flac":
            return _audio_sample_entry(b"fLaC", track, dfla(track.config), bits=_flac_bits(track.config))
        case "opus":
            return _audio_sample_entry(b"Opus", track, dops(track.config))
        case "aac":
            return _audio_sample_entry(b"mp4a", track, esds(track.config))
        case _:
            assert_never(track.codec)


def _audio_sample_entry(kind: bytes, track: AudioTrack, config: bytes, *, bits: int = 16) -> bytes:
    # Opus always decodes to 48 kHz, whatever the input was.
    rate_hz = 48_000 if track.codec == "opus" else track.rate_hz
    while rate_hz > MAX_FIXED_POINT_RATE_HZ:
        # As the FLAC encapsulation prescribes; players read the rate from STREAMINFO.
        rate_hz //= 2
    return box(kind, struct.pack(">6xH8xHH4xI", 1, track.channels, bits, rate_hz << 16), config)


def dfla(streaminfo: bytes) -> bytes:
    """Return the `dfLa` box of a FLAC track from its STREAMINFO block."""
    if len(streaminfo) != STREAMINFO_BYTES:
        raise ValueError(f"expected {STREAMINFO_BYTES} bytes of STREAMINFO, got {len(streaminfo)}")
    last_block_is_streaminfo = 0x80 << 24
    return full_box(b"dfLa", struct.pack(">I", last_block_is_streaminfo | STREAMINFO_BYTES), streaminfo)


def _flac_bits(streaminfo: bytes) -> int:
    return ((streaminfo[12] & 1) << 4 | streaminfo[13] >> 4) + 1


def dops(opus_head: bytes) -> bytes:
    """Return the `dOps` box of an Opus track from OpusHead without its magic; the byte order differs."""
    _, channels, pre_skip, rate_hz, gain = struct.unpack_from("<BBHIh", opus_head)
    return box(b"dOps", struct.pack(">BBHIh", 0, channels, pre_skip, rate_hz, gain), opus_head[10:])


def esds(audio_specific_config: bytes) -> bytes:
    """Return the `esds` box of an AAC track from its AudioSpecificConfig."""
    aac_stream = struct.pack(">BB3xII", 0x40, 0x15, 0, 0)  # MPEG-4 audio; buffer and bit rates not stated
    decoder = _descriptor(4, aac_stream, _descriptor(5, audio_specific_config))
    return full_box(b"esds", _descriptor(3, b"\0\0\0", decoder, _descriptor(6, b"\x02")))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    size = sum(map(len, parts))
    if size > 0x7F:
        raise ValueError(f"an MPEG-4 descriptor of {size} bytes is too long; at most 127 are supported")
    return b"".join((bytes((tag, size)), *parts))
