"""Splits slices of MP3 files, cut anywhere, into frames.

    feed(slice) -> Mp3Frame | Id3Tag | Junk …

    | ID3v2 tag | frame | frame | … | APE tag | ID3v1 tag | junk | ID3v2 tag | frame …

Where a frame is expected, one is accepted as it is; anywhere else it must be followed by another one of
its kind. Less than two frames are held back, however long a tag or a slice is. Sources: ISO/IEC 11172-3,
13818-3 (and "MPEG 2.5"), id3.org; the Xing and LAME headers as LAME 3.100 writes them.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

_RATES = ((11025, 12000, 8000), None, (22050, 24000, 16000), (44100, 48000, 32000))
"""Sample rates by the version bits: MPEG 2.5, reserved, 2, 1."""

_BIT_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BIT_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Bit rates of layer III in kb/s, of MPEG 1 and of the other versions; index 0, "free", is not supported."""

_ENCODERS = (b"LAME", b"Lavf", b"Lavc")
"""Encoders that write delay and padding after the Xing header."""

_DECODER_DELAY = 529
"""The delay of every layer III decoder, in samples."""


class Mp3Header(Struct, frozen=True):
    """The content of a frame's first 4 bytes. `size` includes them."""

    size: int
    samples: int
    rate_hz: int
    is_mono: bool
    is_mpeg1: bool

    def matches(self, other: "Mp3Header") -> bool:
        """Return whether both can belong to the same file."""
        return (self.rate_hz, self.is_mpeg1) == (other.rate_hz, other.is_mpeg1)


class Mp3Frame(Struct, frozen=True):
    """A complete frame."""

    data: bytes
    header: Mp3Header


class Id3Tag(Struct, frozen=True):
    """The start of an ID3v2 tag, and therefore of a file."""


class Junk(Struct, frozen=True):
    """A number of bytes that belong to neither a frame nor a tag; zeros are padding."""

    size: int
    is_padding: bool = False


class GaplessInfo(Struct, frozen=True):
    """Which of the decoded samples belong to the signal, as the first frame of a file (Xing or LAME) states.

    Samples before `begin` are encoder delay, and those from `end` to `frames_end` are padding.
    """

    begin: int = 0
    end: int = 0
    frames_end: int = 0


Mp3Element: TypeAlias = Mp3Frame | Id3Tag | Junk


def read_header(data: bytes | bytearray, at: int = 0) -> Mp3Header | None:
    """Return the frame header at `at`; None if no frame of layer III starts there."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    version, rate_index = data[at + 1] >> 3 & 3, data[at + 2] >> 2 & 3
    bit_rate_index, rates = data[at + 2] >> 4, _RATES[version]
    if rates is None or rate_index == 3 or bit_rate_index in (0, 15) or data[at + 3] & 3 == 2:
        return None
    is_mpeg1 = version == 3
    bits = 1000 * (_BIT_RATES_1 if is_mpeg1 else _BIT_RATES_2)[bit_rate_index]
    size = (144 if is_mpeg1 else 72) * bits // rates[rate_index] + (data[at + 2] >> 1 & 1)
    return Mp3Header(size, 1152 if is_mpeg1 else 576, rates[rate_index], data[at + 3] >> 6 == 3, is_mpeg1)


def read_gapless_info(frame: Mp3Frame) -> GaplessInfo | None:
    """Return the content of a Xing or LAME frame; None for a frame with audio."""
    data, header = frame.data, frame.header
    at = 4 + ((17 if header.is_mono else 32) if header.is_mpeg1 else (9 if header.is_mono else 17))
    if data[at : at + 4] not in (b"Xing", b"Info"):
        return None
    flags = int.from_bytes(data[at + 4 : at + 8], "big")
    if not flags & 3:
        return None
    frames = int.from_bytes(data[at + 8 : at + 12], "big") if flags & 1 else 0
    lame = at + 8 + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
    if data[lame : lame + 4] not in _ENCODERS:
        return GaplessInfo()
    both = int.from_bytes(data[lame + 21 : lame + 24], "big")
    begin, frames_end = (both >> 12) + _DECODER_DELAY, frames * header.samples
    return GaplessInfo(begin, max(0, frames_end - (both & 0xFFF) + _DECODER_DELAY), frames_end)


def starts_file(data: bytes | bytearray) -> bool:
    """Return whether these bytes start an MP3 file: with an ID3v2 tag, or a Xing or LAME frame."""
    if _id3_size(data):
        return True
    header = read_header(data)
    return header is not None and read_gapless_info(Mp3Frame(bytes(data[: header.size]), header)) is not None


def contains_frames(data: bytes, *, within: int) -> bool:
    """Return whether three frames of one kind follow each other, the first starting within `within` bytes."""
    at = data.find(b"\xff", 0, within)
    while at >= 0:
        first = read_header(data, at)
        second = read_header(data, at + first.size) if first else None
        if first and second and first.matches(second):
            third = read_header(data, at + first.size + second.size)
            if third and third.matches(first):
                return True
        at = data.find(b"\xff", at + 1, within)
    return False


class Mp3Parser:
    """Finds frames and tags in consecutive slices."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._to_skip = 0
        self._last: Mp3Header | None = None

    @property
    def is_incomplete(self) -> bool:
        """Whether a frame or a tag is incomplete."""
        return bool(self._data or self._to_skip)

    @property
    def is_in_tag(self) -> bool:
        """Whether a tag is incomplete."""
        return self._to_skip > 0

    def feed(self, data: bytes) -> Iterator[Mp3Element]:
        """Append a slice, and yield what is complete."""
        if self._data and starts_file(data):
            # The previous file was cut off.
            yield from self.end()
        self._data += data
        while element := self._next():
            yield element

    def end(self) -> Iterator[Mp3Element]:
        """Yield the rest at the end of a file: frames that no further frame confirms, and junk."""
        while self._data and (header := read_header(self._data)) and header.size <= len(self._data):
            yield Mp3Frame(self._cut(header.size), header)
        if self._data:
            yield _junk_of(self._cut(len(self._data)))
        self._to_skip = 0
        self._last = None

    def _next(self) -> Mp3Element | None:
        """Remove and return the next element; None when more bytes are needed."""
        self._to_skip -= len(self._cut(min(self._to_skip, len(self._data))))
        data = self._data
        if self._to_skip or not data or _may_start_tag(data):
            return None
        if size := _id3_size(data):
            self._skip(size)
            return Id3Tag()
        if size := _trailer_size(data):
            self._skip(size)
            return self._next()
        if len(data) < 4 and data[0] == 0xFF:
            return None
        header = read_header(data)
        return self._frame(header) if header else self._junk()

    def _frame(self, header: Mp3Header) -> Mp3Element | None:
        is_expected = self._last is not None and self._last.matches(header)
        if len(self._data) < header.size + (0 if is_expected else 4):
            return None
        if not is_expected:
            following = read_header(self._data, header.size)
            # A single frame before a tag at the end of a file is yielded by `end`.
            if following is None or not following.matches(header):
                return self._junk()
        self._last = header
        return Mp3Frame(self._cut(header.size), header)

    def _junk(self) -> Junk:
        """Remove the bytes up to the next one at which a frame or a tag could start."""
        self._last = None
        starts = (self._data.find(first, 1) for first in (b"\xff", b"ID3"))
        end = min((start for start in starts if start > 0), default=len(self._data))
        return _junk_of(self._cut(end))

    def _skip(self, size: int) -> None:
        self._to_skip = size

    def _cut(self, size: int) -> bytes:
        cut = bytes(self._data[:size])
        del self._data[:size]
        return cut


def _junk_of(data: bytes) -> Junk:
    return Junk(len(data), is_padding=not data.strip(b"\0"))


_TAGS = ((b"ID3", 10), (b"TAG", 3), (b"APETAGEX", 32))
"""How tags start, and how many of their bytes are needed to know their length."""


def _may_start_tag(data: bytes | bytearray) -> bool:
    return any(len(data) < needed and magic.startswith(data[: len(magic)]) for magic, needed in _TAGS)


def _id3_size(data: bytes | bytearray) -> int:
    """Return the length of the ID3v2 tag at the start of these bytes; 0 if there is none."""
    if len(data) < 10 or data[:3] != b"ID3" or 0xFF in data[3:5] or max(data[6:10]) > 127:
        return 0
    size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
    return size + (20 if data[5] & 0x10 else 10)


def _trailer_size(data: bytes | bytearray) -> int:
    """Return the length of the ID3v1 or APE tag at the start of these bytes; 0 if there is none."""
    if data[:3] == b"TAG":
        return 128
    if data[:8] != b"APETAGEX" or len(data) < 32:
        return 0
    # A header states how much follows it; after a footer (bit 29 not set) nothing follows.
    is_header = data[23] & 0x20
    return 32 + (int.from_bytes(data[12:16], "little") if is_header else 0)
