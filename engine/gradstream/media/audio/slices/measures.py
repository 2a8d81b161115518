"""How long the elements of each container are: the `ElementMeasure` of an `ElementWalker`.

Sources: RFC 3533 (Ogg), ISO/IEC 14496-3 1.A.2 (ADTS), ISO/IEC 11172-3 2.4.2 (MPEG audio), ISO/IEC
13818-1 2.4.3 (transport stream), ISO/IEC 14496-12 4.2 (boxes), RFC 8794 (EBML), RFC 9639 (FLAC), id3v2.4.0,
WavPack 4 & 5 Binary File / Block Format (2.0), APEv2 specification.
"""

from gradstream.media.audio.slices.elements import ENDLESS, Element

TS_PACKET_BYTES = 188
M2TS_PACKET_BYTES = 192
WAVPACK_HEADER_BYTES = 32
APE_HEADER_BYTES = 32
"""With a time in front of each packet, as on Blu-ray discs and from cameras."""

_LAYER_2_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000)}
_LAYER_2_BITS_1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
_LAYER_2_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)

_LARGEST_WAVPACK_BLOCK = 2**20
"""A block must be smaller than 1 MiB (WavPack 5, 2.0)."""

_EBML_MASTERS = (b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75")
"""Segment and Cluster. What is inside is followed, because a live recording does not know their size."""


def measure_ogg(data: bytes, at: int) -> Element | bool:
    """Measure a page; its kind is "bos" for the first page of a track."""
    if not _may_start(data, at, b"OggS\0"):
        return False
    if len(data) < at + 27 or len(data) < at + 27 + data[at + 26]:
        return True
    table = data[at + 27 : at + 27 + data[at + 26]]
    return Element(27 + len(table) + sum(table), "bos" if data[at + 5] & 2 else "")


def measure_adts(data: bytes, at: int) -> Element | bool:
    """Measure a frame of AAC, or a tag between frames."""
    if (tag := measure_id3(data, at)) is not False:
        return tag
    if data[at] != 0xFF or (len(data) > at + 1 and data[at + 1] & 0xF6 != 0xF0):
        return False
    if len(data) < at + 7:
        return True
    size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    if size < 7 or data[at + 2] >> 2 & 15 > 12:
        return False
    return Element(size, "frame")


def measure_layer_2(data: bytes, at: int) -> Element | bool:
    """Measure a frame of MPEG layer II, or a tag between frames."""
    if (tag := measure_id3(data, at)) is not False:
        return tag
    if data[at] != 0xFF or (len(data) > at + 1 and data[at + 1] & 0xF6 not in (0xF4, 0xFC)):
        return False
    if len(data) < at + 3:
        return True
    version, rate, bits = data[at + 1] >> 3 & 3, data[at + 2] >> 2 & 3, data[at + 2] >> 4
    if rate == 3 or bits in (0, 15):
        return False
    kbits = (_LAYER_2_BITS_1 if version == 3 else _LAYER_2_BITS_2)[bits]
    size = 144_000 * kbits // _LAYER_2_RATES[version][rate] + (data[at + 2] >> 1 & 1)
    return Element(size, "frame")


def measure_ts(data: bytes, at: int) -> Element | bool:
    """Measure a packet of a transport stream."""
    return Element(TS_PACKET_BYTES) if data[at] == 0x47 else False


def measure_m2ts(data: bytes, at: int) -> Element | bool:
    """Measure a packet of a transport stream with the four bytes of time in front of it."""
    if len(data) < at + 5:
        return True
    return Element(M2TS_PACKET_BYTES) if data[at + 4] == 0x47 else False


def measure_box(data: bytes, at: int) -> Element | bool:
    """Measure a box; its kind is its type."""
    if len(data) < at + 8:
        return True
    size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
    if not kind.isalnum():
        return False
    if size == 1:
        if len(data) < at + 16:
            return True
        size = int.from_bytes(data[at + 8 : at + 16], "big")
    if size == 0:
        size = ENDLESS
    return Element(size, kind.decode("ascii", "replace")) if size >= 8 else False


def measure_ebml(data: bytes, at: int) -> Element | bool:
    """Measure an element of Matroska; of a segment and of a cluster only the header."""
    id_bytes = 9 - data[at].bit_length()
    if id_bytes > 4:
        return False
    if len(data) <= at + id_bytes:
        return True
    first = data[at + id_bytes]
    size_bytes = 9 - first.bit_length()
    if size_bytes > 8:
        return False
    header = id_bytes + size_bytes
    if len(data) < at + header:
        return True
    if data[at : at + id_bytes] in _EBML_MASTERS:
        return Element(header)
    value = int.from_bytes(data[at + id_bytes : at + header], "big") & ((1 << 7 * size_bytes) - 1)
    return False if value == (1 << 7 * size_bytes) - 1 else Element(header + value)


def measure_flac(data: bytes, at: int) -> Element | bool:
    """Measure the start and a metadata block; the frames behind them are one element."""
    if _may_start(data, at, b"fLaC"):
        return Element(4, "start") if len(data) >= at + 4 else True
    if data[at] == 0xFF:
        return Element(ENDLESS, "frames")
    return Element(4 + int.from_bytes(data[at + 1 : at + 4], "big")) if len(data) >= at + 4 else True


def measure_wavpack(data: bytes, at: int) -> Element | bool:
    """Measure a block, or a tag behind the last one; "first" is the block that a file begins with."""
    if _may_start(data, at, b"APETAGEX"):
        return _measure_ape_tag(data, at)
    if (tag := measure_id3(data, at)) is not False:
        return tag if tag is True else Element(tag.size, is_tag=True)
    if not _may_start(data, at, b"wvpk"):
        return False
    if len(data) < at + WAVPACK_HEADER_BYTES:
        return True
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    if not WAVPACK_HEADER_BYTES - 8 <= size <= _LARGEST_WAVPACK_BLOCK:
        return False
    return Element(size + 8, "first" if is_first_wavpack(data, at) else "block")


def is_first_wavpack(data: bytes, at: int = 0) -> bool:
    """Return whether a block of WavPack begins a file: that of sample 0, for the first channels."""
    place = data[at + 10 : at + 11] + data[at + 16 : at + 20]
    return place == bytes(5) and data[at + 25 : at + 26] > b"" and bool(data[at + 25] & 8)


def is_plain_wavpack(data: bytes) -> bool:
    """Return whether the first block says all of its file: one or two channels, at one of the usual rates."""
    flags = int.from_bytes(data[24:28], "little")
    return bool(flags & 0x1000) and flags >> 23 & 15 != 15


def _measure_ape_tag(data: bytes, at: int) -> Element | bool:
    if len(data) < at + APE_HEADER_BYTES:
        return True
    return Element(APE_HEADER_BYTES + int.from_bytes(data[at + 12 : at + 16], "little"), is_tag=True)


def measure_all(_data: bytes, _at: int) -> Element | bool:
    """Take everything for one element."""
    return Element(ENDLESS)


def measure_id3(data: bytes, at: int) -> Element | bool:
    """Measure a tag, ID3v2 or ID3v1."""
    if _may_start(data, at, b"TAG"):
        return Element(128) if len(data) >= at + 3 else True
    if not _may_start(data, at, b"ID3"):
        return False
    if len(data) < at + 10:
        return True
    if max(data[at + 6 : at + 10]) > 127:
        return False
    size = data[at + 6] << 21 | data[at + 7] << 14 | data[at + 8] << 7 | data[at + 9]
    return Element(size + (20 if data[at + 5] & 0x10 else 10))


def _may_start(data: bytes, at: int, magic: bytes) -> bool:
    found = data[at : at + len(magic)]
    return magic.startswith(found) and bool(found)
