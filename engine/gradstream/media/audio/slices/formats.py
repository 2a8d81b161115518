"""Recognises the start of a file that can be decoded from slices, by as few bytes as there are.

    head --identify_slices--> SliceFormat | needs more bytes | cannot be decoded from slices

Only FFmpeg's demuxers that read a file from its start to its end are here. The words for all others are in
`errors.py`.
"""

from typing import Literal

from msgspec import Struct

from gradstream.media.audio.mp3.frames import contains_frames
from gradstream.media.audio.slices.elements import Element, ElementMeasure
from gradstream.media.audio.slices.measures import (
    M2TS_PACKET_BYTES,
    TS_PACKET_BYTES,
    measure_adts,
    measure_all,
    measure_box,
    measure_ebml,
    measure_flac,
    measure_id3,
    measure_layer_2,
    measure_m2ts,
    measure_ogg,
    measure_ts,
    measure_wavpack,
)

SMALL_TAG_BYTES = 64 * 1024
"""A tag up to this size may come in front of AAC; behind a larger one, with a picture, is an MP3."""


MAX_LEAD_BYTES = 4096
"""A recording that begins in the middle of a frame, or behind another header, is found behind so much."""

CERTAIN_FRAMES = 3
AC3_START = b"\x0b\x77"
AC3_VERSION_BYTE = 5
PACK_START = b"\0\0\1\xba"
"""No signatures: each frame, and each pack of a program stream, begins like this."""


class SliceFormat(Struct, frozen=True):
    """A container: its name in messages, FFmpeg's name, and the measure of its elements."""

    name: str
    demuxer: str
    measure: ElementMeasure


WAV = SliceFormat("wav", "wav", measure_all)
MP3 = SliceFormat("mp3", "mp3", measure_all)
MP4 = SliceFormat("mp4", "mov", measure_box)
OGG = SliceFormat("ogg", "ogg", measure_ogg)
FLAC = SliceFormat("flac", "flac", measure_flac)
_AAC = SliceFormat("aac", "aac", measure_adts)
_MP2 = SliceFormat("mp2", "mp3", measure_layer_2)
WAVPACK = SliceFormat("wavpack", "wv", measure_wavpack)
CAF = SliceFormat("caf", "caf", measure_all)
_TS = SliceFormat("mpeg-ts", "mpegts", measure_ts)
_M2TS = SliceFormat("mpeg-ts", "mpegts", measure_m2ts)
_AC3 = SliceFormat("ac3", "ac3", measure_all)
_EAC3 = SliceFormat("eac3", "eac3", measure_all)
_PS = SliceFormat("mpeg-ps", "mpeg", measure_all)

_MAGIC: tuple[tuple[bytes, SliceFormat], ...] = (
    (b"RIFF????WAVE", WAV),
    (b"RF64????WAVE", WAV),
    (b"OggS\0", OGG),
    (b"fLaC", FLAC),
    (b"wvpk", WAVPACK),
    (b"\x1aE\xdf\xa3", SliceFormat("webm", "matroska", measure_ebml)),
    (b"\0???ftyp", MP4),
    (b".snd", SliceFormat("au", "au", measure_all)),
    (b"caff\0\x01", CAF),
    (b"FORM????AIFF", SliceFormat("aiff", "aiff", measure_all)),
    (b"FORM????AIFC", SliceFormat("aiff", "aiff", measure_all)),
    (b"FLV\x01", SliceFormat("flv", "flv", measure_all)),
    (b"#!AMR", SliceFormat("amr", "amr", measure_all)),
    (b"riff\x2e\x91\xcf\x11", SliceFormat("w64", "w64", measure_all)),
    (b"Creative Voice File\x1a", SliceFormat("voc", "voc", measure_all)),
    (b"TTA1", SliceFormat("tta", "tta", measure_all)),
    (b"RIFF????AVI ", SliceFormat("avi", "avi", measure_all)),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", SliceFormat("asf", "asf", measure_all)),
    (b"nut/multimedia container\0", SliceFormat("nut", "nut", measure_all)),
)
"""The first bytes; a question mark is any byte."""

Identified = SliceFormat | Literal["more"] | None


def identify_slices(head: bytes) -> Identified:
    """Return the format of the file that starts with these bytes, "more" if they are too few to know it.

    None is a format that is not decoded from slices, or no format. `MP3` may be any slice of one.
    """
    needs_more = False
    for magic, found in _MAGIC:
        if _matches(head, magic):
            if len(head) >= len(magic):
                return found
            needs_more = True
    return "more" if needs_more else _identify_frames(head) or _identify_within(head)


def starts_file(data: bytes) -> bool:
    """Return whether these bytes are, beyond doubt, the start of a file with a signature."""
    return any(len(data) >= len(magic) and _matches(data, magic) for magic, _ in _MAGIC)


def starts_frames(data: bytes) -> bool:
    """Return whether frames of AAC, MP2 or MP3, or packets of a transport stream, follow each other here."""
    return isinstance(_identify_frames(data), SliceFormat) or contains_frames(data, within=1)


def _matches(head: bytes, magic: bytes) -> bool:
    return all(expected in (byte, 0x3F) for byte, expected in zip(head, magic, strict=False))


def _identify_frames(head: bytes) -> Identified:
    """Return the format of a file that starts with a frame or a packet, perhaps behind a tag."""
    if head[:3] == b"ID3"[: len(head)]:
        tag = measure_id3(head, 0)
        if isinstance(tag, bool):
            return "more" if tag else None
        if tag.size > SMALL_TAG_BYTES:
            return MP3
        if len(head) < tag.size + 2:
            return "more"
        return _AAC if head[tag.size] == 0xFF and head[tag.size + 1] & 0xF6 == 0xF0 else MP3
    for form in (_AAC, _MP2):
        frame = form.measure(head, 0)
        if frame is True or (isinstance(frame, Element) and len(head) <= frame.size):
            return "more"
        if isinstance(frame, Element):
            return form if form.measure(head, frame.size) is not False else None
    if head[:2] == AC3_START[: len(head)] or head[:4] == PACK_START[: len(head)]:
        return _identify_start(head)
    if head[0] == 0x47 and len(head) <= 2 * TS_PACKET_BYTES:
        return "more" if set(head[::TS_PACKET_BYTES]) == {0x47} else None
    return _identify_packets(head, within=1)


def _identify_start(head: bytes) -> Identified:
    if head[0] == PACK_START[0]:
        return _PS if len(head) >= len(PACK_START) else "more"
    if len(head) <= AC3_VERSION_BYTE:
        return "more"
    return _AC3 if head[AC3_VERSION_BYTE] >> 3 <= 10 else _EAC3


def _identify_within(head: bytes) -> Identified:
    """Return the format whose frames or packets begin behind what may be the rest of an earlier one."""
    for at in range(1, min(len(head), MAX_LEAD_BYTES)):
        if head[at] == 0xFF and _follow_each_other(head, at):
            return _AAC
    return _identify_packets(head, within=M2TS_PACKET_BYTES)


def _follow_each_other(head: bytes, at: int) -> bool:
    """Return whether so many frames of AAC are here that it cannot be by chance."""
    for _ in range(CERTAIN_FRAMES):
        frame = _AAC.measure(head, at) if at < len(head) else False
        if isinstance(frame, bool) or frame.kind != "frame":
            return False
        at += frame.size
    return True


def _identify_packets(head: bytes, *, within: int) -> SliceFormat | None:
    for form, size in ((_TS, TS_PACKET_BYTES), (_M2TS, M2TS_PACKET_BYTES)):
        lead = size - TS_PACKET_BYTES
        if any(head[lead + at : lead + at + 2 * size + 1 : size] == b"\x47\x47\x47" for at in range(within)):
            return form
    return None
