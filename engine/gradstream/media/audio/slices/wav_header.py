"""Reads the header of a wav, however it is cut.

    "RIFF" size "WAVE" | chunk | chunk | "fmt " size … | … | "data" size | samples | chunk | chunk …
    "RF64" -1   "WAVE" | "ds64" size: the sizes with 64 bits | …

Source: "Multimedia Programming Interface and Data Specifications 1.0" (RIFF), Microsoft's
WAVEFORMATEXTENSIBLE, EBU Tech 3306 (RF64).
"""

import struct

from msgspec import Struct

from gradstream.media.audio.pcm import HIGHEST_HZ, LAYOUTS, LOWEST_HZ
from gradstream.media.audio.slices.pcm_bytes import SAMPLE_BYTES, PcmFormat

LARGEST_HEADER_BYTES = 1024 * 1024
"""Everything in front of the samples: pictures and texts are not longer than that."""

_UNKNOWN_FROM_BYTES = 1_900_000_000
"""A data size from here on is a placeholder, written before the length was known: 2,000,000,000, 2^31 - 1 and
2^32 - 1 are used. Clips of several hours are not yielded as a wav."""

_INTEGER, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE

_CODECS = {
    (_INTEGER, 8): "pcm_u8",
    (_INTEGER, 16): "pcm_s16le",
    (_INTEGER, 24): "pcm_s24le",
    (_INTEGER, 32): "pcm_s32le",
    (_FLOAT, 32): "pcm_f32le",
    (_FLOAT, 64): "pcm_f64le",
    (_A_LAW, 8): "pcm_alaw",
    (_MU_LAW, 8): "pcm_mulaw",
}
"""Format tag and bits of a sample -> FFmpeg's name."""


class WavHeader(Struct, frozen=True, kw_only=True):
    """A header: where the samples start, and what they are.

    `form` is the chunk "fmt ". `pcm` is None for a codec other than PCM. `data_bytes` is None if the header
    does not know.
    """

    size: int
    form: bytes
    pcm: PcmFormat | None
    data_bytes: int | None


def is_wav(head: bytes) -> bool:
    """Return whether a wav starts here."""
    return head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE"


def read_wav_header(data: bytes | bytearray) -> WavHeader | None:
    """Return the header at the start of these bytes, None if more are needed. Raises ValueError."""
    at, form, data64 = 12, b"", 0
    while len(data) >= at + 8:
        name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8
        if name == b"data":
            if not form:
                raise ValueError("its samples come before their format")
            is_rf64 = data64 > 0 and size == 2**32 - 1
            known = data64 if is_rf64 else size
            data_bytes = known if _is_known(known, is_rf64=is_rf64) else None
            chunk = b"fmt " + len(form).to_bytes(4, "little") + form + b"\0" * (len(form) % 2)
            return WavHeader(size=at, form=chunk, pcm=_pcm(form), data_bytes=data_bytes)
        if at + size > LARGEST_HEADER_BYTES:
            raise ValueError(f"its header is longer than {LARGEST_HEADER_BYTES} bytes")
        if name == b"fmt ":
            form = bytes(data[at : at + size])
        elif name == b"ds64":
            data64 = int.from_bytes(data[at + 8 : at + 16], "little")
        at += size + size % 2
    return None


def _is_known(data_bytes: int, *, is_rf64: bool) -> bool:
    """Return whether a size is known: 0 is written before the first sample is."""
    return data_bytes > 0 and (is_rf64 or data_bytes < _UNKNOWN_FROM_BYTES)


def _pcm(form: bytes) -> PcmFormat | None:
    """Return the format of PCM samples; None for another codec. Raises ValueError."""
    if len(form) < 16:
        raise ValueError("its header is incomplete")
    tag, channels, rate_hz, _, frame_bytes, bits = struct.unpack_from("<HHIIHH", form)
    mask = 0
    if tag == _EXTENSIBLE and len(form) >= 40:
        mask = int.from_bytes(form[20:24], "little")
        tag = int.from_bytes(form[24:26], "little")
    if not LOWEST_HZ <= rate_hz <= HIGHEST_HZ:
        raise ValueError(f"its header declares {rate_hz} samples a second, not {LOWEST_HZ} to {HIGHEST_HZ}")
    codec = _CODECS.get((tag, bits))
    if codec is None or frame_bytes != SAMPLE_BYTES[codec] * channels or not channels:
        return None
    if mask.bit_count() == channels:
        return PcmFormat(codec=codec, rate_hz=rate_hz, channels=channels, layout=hex(mask))
    if channels >= len(LAYOUTS):
        raise ValueError(f"it has {channels} channels without a layout; at most {len(LAYOUTS) - 1} have one")
    return PcmFormat(codec=codec, rate_hz=rate_hz, channels=channels, layout=LAYOUTS[channels])
