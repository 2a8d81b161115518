"""Slices of MP3 files, cut anywhere, become frames again.

    feed(slice) -> Mp3Frame | Id3Tag | Junk …

    | ID3v2 tag | frame | frame | … | APE tag | ID3v1 tag | junk | ID3v2 tag | frame …

A frame where one is expected is taken as it comes; anywhere else it must be followed by another of its kind.
What is held back is less than two frames, however long a tag or a slice is. Sources: ISO/IEC 11172-3, 13818-3
(and "MPEG 2.5"), id3.org; Xing's and LAME's header as LAME 3.100 writes it.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

_RATES = ((11025, 12000, 8000), None, (22050, 24000, 16000), (44100, 48000, 32000))
"""By the version's bits: MPEG 2.5, none, 2, 1."""

_BIT_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BIT_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""kb/s of layer III, of MPEG 1 and of the others; the first, "free", is not supported."""

_ENCODERS = (b"LAME", b"Lavf", b"Lavc")
"""Who writes delay and padding after Xing's header."""

_DECODER_DELAY = 529
"""Samples by which every decoder of layer III is late."""


class Mp3Header(Struct, frozen=True):
    """What a frame's first 4 bytes say. `size` is with them."""

    size: int
    samples: int
    rate_hz: int
    is_mono: bool
    is_mpeg1: bool

    def matches(self, other: "Mp3Header") -> bool:
        """Tell whether both can be of one file."""
        return (self.rate_hz, self.is_mpeg1) == (other.rate_hz, other.is_mpeg1)


class Mp3Frame(Struct, frozen=True):
    """A whole frame."""

    data: bytes
    header: Mp3Header


class Id3Tag(Struct, frozen=True):
    """The beginning of an ID3v2 tag, and so of a file."""


class Junk(Struct, frozen=True):
    """So many bytes that are neither."""

    size: int


class GaplessInfo(Struct, frozen=True):
    """What a file's first frame tells instead of sound: which of the samples decoded are the file's.

    Those before `begin` are not, nor those from `end` until `frames_end`.
    """

    begin: int = 0
    end: int = 0
    frames_end: int = 0


Mp3Element: TypeAlias = Mp3Frame | Id3Tag | Junk


def read_header(data: bytes | bytearray, at: int = 0) -> Mp3Header | None:
    """Return what the 4 bytes there say; None when no frame of layer III begins with them."""
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
    """Return what a frame of Xing's or LAME's tells; None for a frame of sound."""
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
    """Tell whether an MP3 file begins with these bytes: by an ID3v2 tag, or a frame of Xing's or LAME's."""
    if _id3_size(data):
        return True
    header = read_header(data)
    return header is not None and read_gapless_info(Mp3Frame(bytes(data[: header.size]), header)) is not None


def contains_frames(data: bytes, *, within: int) -> bool:
    """Tell whether three frames of one kind follow each other, beginning within so many bytes."""
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
    """Finds the frames."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._to_skip = 0
        self._last: Mp3Header | None = None

    @property
    def is_within(self) -> bool:
        """Whether a frame or a tag has begun and not ended."""
        return bool(self._data or self._to_skip)

    @property
    def is_skipping(self) -> bool:
        """Whether a tag has begun and not ended."""
        return self._to_skip > 0

    def feed(self, data: bytes) -> Iterator[Mp3Element]:
        """Take a slice and yield what is complete."""
        if self._data and starts_file(data):
            # The file before was cut off.
            yield from self.end()
        self._data += data
        while part := self._next():
            yield part

    def end(self) -> Iterator[Mp3Element]:
        """Yield what is left when no more of this file follows: frames that nothing confirms, and junk."""
        while self._data and (header := read_header(self._data)) and header.size <= len(self._data):
            yield Mp3Frame(self._cut(header.size), header)
        if self._data:
            yield Junk(len(self._cut(len(self._data))))
        self._to_skip = 0
        self._last = None

    def _next(self) -> Mp3Element | None:
        """Cut off what comes next; None when more bytes are needed to tell."""
        self._to_skip -= len(self._cut(min(self._to_skip, len(self._data))))
        data = self._data
        if self._to_skip or not data or _is_beginning_of_tag(data):
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
            # The one frame before a tag at the end of a file is confirmed by `end`.
            if following is None or not following.matches(header):
                return self._junk()
        self._last = header
        return Mp3Frame(self._cut(header.size), header)

    def _junk(self) -> Junk:
        """Cut off what comes before the next byte with which anything could begin."""
        self._last = None
        places = (self._data.find(first, 1) for first in (b"\xff", b"ID3"))
        end = min((place for place in places if place > 0), default=len(self._data))
        return Junk(len(self._cut(end)))

    def _skip(self, size: int) -> None:
        self._to_skip = size

    def _cut(self, size: int) -> bytes:
        cut = bytes(self._data[:size])
        del self._data[:size]
        return cut


_TAGS = ((b"ID3", 10), (b"TAG", 3), (b"APETAGEX", 32))
"""How tags begin, and how many bytes it takes to tell how long they are."""


def _is_beginning_of_tag(data: bytes | bytearray) -> bool:
    return any(len(data) < needed and magic.startswith(data[: len(magic)]) for magic, needed in _TAGS)


def _id3_size(data: bytes | bytearray) -> int:
    """Return the length of the ID3v2 tag that begins here; 0 when none does."""
    if len(data) < 10 or data[:3] != b"ID3" or 0xFF in data[3:5] or max(data[6:10]) > 127:
        return 0
    size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
    return size + (20 if data[5] & 0x10 else 10)


def _trailer_size(data: bytes | bytearray) -> int:
    """Return the length of the ID3v1 or APE tag that begins here; 0 when none does."""
    if data[:3] == b"TAG":
        return 128
    if data[:8] != b"APETAGEX" or len(data) < 32:
        return 0
    # A header says how much follows it; a footer (bit 29 not set) has it all behind.
    is_header = data[23] & 0x20
    return 32 + (int.from_bytes(data[12:16], "little") if is_header else 0)
