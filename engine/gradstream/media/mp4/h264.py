"""H.264 in files: NAL units, parameter sets, and access units with the parameter sets a decoder needs.

    Annex B            00 00 01 unit  00 00 01 unit …      .ts, .h264, the output of encoders
    length-prefixed    u32 size unit  u32 size unit …      .mp4, .mov, segments
    avcC               the parameter sets, and the size of a length: the configuration of an MP4 track

Sources: ITU-T H.264, annex B and table 7-1; ISO/IEC 14496-15, section 5.3.3.
"""

import struct
from collections.abc import Iterable, Sequence

from msgspec import Struct

from gradstream.media.mp4.sps import Sps, parse_sps

IDR, SPS, PPS, DELIMITER = 5, 7, 8, 9
"""NAL unit types: IDR slice, sequence and picture parameter set, access unit delimiter (H.264, table 7-1)."""

START_CODE = b"\0\0\1"

_PROFILES_WITH_CHROMA = frozenset({100, 110, 122, 144})
"""Profiles for which avcC repeats chroma format and bit depths."""


def nal_unit_type(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] & 0x1F


def split_annex_b(data: bytes) -> list[bytes]:
    """Return the NAL units between start codes; raises ValueError for data before the first one."""
    before, *units = data.split(START_CODE)
    if before.strip(b"\0"):
        raise ValueError("the H.264 stream does not start with a start code")
    # The last byte of a unit is never 0: a 0 belongs to a longer start code, or is padding.
    return [stripped for unit in units if (stripped := unit.rstrip(b"\0"))]


def split_length_prefixed(data: bytes, length_size: int = 4) -> list[bytes]:
    """Return the NAL units of length-prefixed data; raises ValueError if a length exceeds the data."""
    units = []
    at = 0
    while at < len(data):
        begin = at + length_size
        at = begin + int.from_bytes(data[at:begin])
        if at > len(data):
            raise ValueError("an H.264 frame is truncated: the length of a NAL unit exceeds it")
        if at > begin:
            units.append(data[begin:at])
    return units


def join_length_prefixed(units: Iterable[bytes]) -> bytes:
    """Return NAL units with 4-byte lengths."""
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


class ParameterSets(Struct, frozen=True, kw_only=True):
    """The parameter sets of a stream. `length_size` is that of its access units, 0 for Annex B."""

    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    length_size: int = 4

    @property
    def first(self) -> Sps:
        """The content of the first sequence parameter set. Raises ValueError if it is truncated."""
        return parse_sps(self.sps[0])

    def split(self, data: bytes) -> list[bytes]:
        """Return the NAL units of an access unit of this stream. Raises ValueError."""
        return split_length_prefixed(data, self.length_size) if self.length_size else split_annex_b(data)


def read_parameter_sets(config: bytes) -> ParameterSets:
    """Read FFmpeg's extradata, avcC or Annex B; raises ValueError if a parameter set is missing."""
    sets = _read_avcc(config) if config[:1] == b"\1" else find_parameter_sets(split_annex_b(config))
    if not sets.sps or not sets.pps:
        raise ValueError("the H.264 stream does not start with parameter sets")
    return sets


def find_parameter_sets(units: Sequence[bytes]) -> ParameterSets:
    """Return the parameter sets among NAL units; there may be none."""
    return ParameterSets(
        sps=tuple(unit for unit in units if nal_unit_type(unit) == SPS),
        pps=tuple(unit for unit in units if nal_unit_type(unit) == PPS),
        length_size=0,
    )


def _read_avcc(config: bytes) -> ParameterSets:
    if len(config) < 7:
        raise ValueError(f"an avcC of {len(config)} bytes is truncated")
    sps, at = _read_sets(config, 6, config[5] & 0x1F)
    pps, _ = _read_sets(config, at + 1, config[at] if at < len(config) else 0)
    return ParameterSets(sps=sps, pps=pps, length_size=(config[4] & 3) + 1)


def _read_sets(config: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    sets = []
    for _ in range(count):
        begin = at + 2
        at = begin + int.from_bytes(config[at:begin])
        if at > len(config):
            raise ValueError("an avcC is truncated: the length of a parameter set exceeds it")
        sets.append(config[begin:at])
    return tuple(sets), at


def make_avcc(sets: ParameterSets) -> bytes:
    """Return an avcC for access units with 4-byte lengths; raises ValueError for a truncated SPS."""
    sps = sets.first
    lists = [bytes((0xE0 | len(sets.sps),)), *map(_with_size, sets.sps)]
    lists += [bytes((len(sets.pps),)), *map(_with_size, sets.pps)]
    chroma = (0xFC | sps.chroma_format, 0xF8 | sps.luma_bits - 8, 0xF8 | sps.chroma_bits - 8, 0)
    tail = bytes(chroma) if sps.profile in _PROFILES_WITH_CHROMA else b""
    return bytes((1, sps.profile, sps.constraints, sps.level, 0xFF)) + b"".join(lists) + tail


def _with_size(unit: bytes) -> bytes:
    return struct.pack(">H", len(unit)) + unit


def codec_string(avcc: bytes) -> str:
    """Return the codec string for a MIME type (RFC 6381): `avc3` with profile, constraints and level."""
    return f"avc3.{avcc[1:4].hex()}"


def is_idr(units: Iterable[bytes]) -> bool:
    """Return whether the access unit is an IDR picture, at which a decoder can start."""
    return any(nal_unit_type(unit) == IDR for unit in units)


def make_access_unit(units: Sequence[bytes], sets: ParameterSets) -> bytes:
    """Return an access unit with 4-byte lengths; an IDR picture gets its parameter sets in front.

    Parameter sets among the units take precedence over `sets`. Delimiters are dropped: the lengths replace
    them.
    """
    if not is_idr(units):
        return join_length_prefixed(unit for unit in units if nal_unit_type(unit) != DELIMITER)
    own = find_parameter_sets(units)
    rest = (unit for unit in units if nal_unit_type(unit) not in {SPS, PPS, DELIMITER})
    return join_length_prefixed([*(own.sps or sets.sps), *(own.pps or sets.pps), *rest])
