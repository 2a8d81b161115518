"""H.264 as files carry it: NAL units, the parameter sets that decoders need, and frames made of both.

    Annex B            00 00 01 unit  00 00 01 unit …      .ts, .h264, what encoders give
    length-prefixed    u32 size unit  u32 size unit …      .mp4, .mov, fragments
    avcC               the parameter sets, and how long a length is: an MP4 track's configuration

Sources: ITU-T H.264, annex B and table 7-1; ISO/IEC 14496-15, section 5.3.3.
"""

import struct
from collections.abc import Iterable, Sequence

from msgspec import Struct

from gradstream.media.mp4.sps import Sps, parse_sps

IDR, SPS, PPS, DELIMITER = 5, 7, 8, 9
"""Types of NAL units: a picture to begin at, parameter sets of the sequence and of pictures, a mere mark."""

START_CODE = b"\0\0\1"

_WITH_COLOUR = frozenset({100, 110, 122, 144})
"""Profiles for which avcC repeats the kind of colour."""


def nal_unit_type(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] & 0x1F


def split_annex_b(data: bytes) -> list[bytes]:
    """Return the NAL units between start codes; raises ValueError for anything before the first."""
    before, *units = data.split(START_CODE)
    if before.strip(b"\0"):
        raise ValueError("the H.264 stream does not begin with a start code")
    # A unit's last byte is never 0: what follows belongs to a longer start code, or is padding.
    return [stripped for unit in units if (stripped := unit.rstrip(b"\0"))]


def split_length_prefixed(data: bytes, length_size: int = 4) -> list[bytes]:
    """Return the NAL units behind their lengths; raises ValueError when a length goes beyond the end."""
    units = []
    at = 0
    while at < len(data):
        begin = at + length_size
        at = begin + int.from_bytes(data[at:begin])
        if at > len(data):
            raise ValueError("an H.264 frame is cut short: a unit's length goes beyond its end")
        if at > begin:
            units.append(data[begin:at])
    return units


def join_annex_b(units: Iterable[bytes]) -> bytes:
    """Return NAL units behind start codes."""
    return b"".join(b"\0" + START_CODE + unit for unit in units)


def join_length_prefixed(units: Iterable[bytes]) -> bytes:
    """Return NAL units behind lengths of 4 bytes."""
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


class ParameterSets(Struct, frozen=True, kw_only=True):
    """What a decoder needs before a frame. `length_size` is of the frames beside it, 0 for Annex B."""

    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    length_size: int = 4

    @property
    def first(self) -> Sps:
        """What the first sequence parameter set says. Raises ValueError when it is cut short."""
        return parse_sps(self.sps[0])

    def split(self, frame: bytes) -> list[bytes]:
        """Return the NAL units of a frame that came beside these parameter sets. Raises ValueError."""
        return split_length_prefixed(frame, self.length_size) if self.length_size else split_annex_b(frame)


def read_parameter_sets(config: bytes) -> ParameterSets:
    """Read what FFmpeg has as extradata: avcC or Annex B; raises ValueError when there are none in it."""
    sets = _read_avcc(config) if config[:1] == b"\1" else find_parameter_sets(split_annex_b(config))
    if not sets.sps or not sets.pps:
        raise ValueError("the H.264 stream has no parameter sets at its beginning")
    return sets


def find_parameter_sets(units: Sequence[bytes]) -> ParameterSets:
    """Return the parameter sets among the NAL units of an Annex B stream; there may be none."""
    return ParameterSets(
        sps=tuple(unit for unit in units if nal_unit_type(unit) == SPS),
        pps=tuple(unit for unit in units if nal_unit_type(unit) == PPS),
        length_size=0,
    )


def _read_avcc(config: bytes) -> ParameterSets:
    if len(config) < 7:
        raise ValueError(f"an avcC of {len(config)} bytes is cut short")
    sps, at = _read_sets(config, 6, config[5] & 0x1F)
    pps, _ = _read_sets(config, at + 1, config[at] if at < len(config) else 0)
    return ParameterSets(sps=sps, pps=pps, length_size=(config[4] & 3) + 1)


def _read_sets(config: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    sets = []
    for _ in range(count):
        begin = at + 2
        at = begin + int.from_bytes(config[at:begin])
        if at > len(config):
            raise ValueError("an avcC is cut short: a parameter set's length goes beyond its end")
        sets.append(config[begin:at])
    return tuple(sets), at


def make_avcc(sets: ParameterSets) -> bytes:
    """Return an avcC for frames with lengths of 4 bytes; raises ValueError when a set is cut short."""
    sps = sets.first
    lists = [bytes((0xE0 | len(sets.sps),)), *map(_with_size, sets.sps)]
    lists += [bytes((len(sets.pps),)), *map(_with_size, sets.pps)]
    colour = (0xFC | sps.chroma_format, 0xF8 | sps.luma_bits - 8, 0xF8 | sps.chroma_bits - 8, 0)
    tail = bytes(colour) if sps.profile in _WITH_COLOUR else b""
    return bytes((1, sps.profile, sps.constraints, sps.level, 0xFF)) + b"".join(lists) + tail


def _with_size(unit: bytes) -> bytes:
    return struct.pack(">H", len(unit)) + unit


def codec_string(avcc: bytes) -> str:
    """Return the codec's name for a MIME type: profile, constraints and level of parameter sets in band."""
    return f"avc3.{avcc[1:4].hex()}"


def is_idr(units: Iterable[bytes]) -> bool:
    """Return whether a decoder can begin with this frame."""
    return any(nal_unit_type(unit) == IDR for unit in units)


def make_access_unit(units: Sequence[bytes], sets: ParameterSets) -> bytes:
    """Return a frame with lengths of 4 bytes; one to begin at has its parameter sets in front.

    Sets that the frame brings along win over `sets`. Delimiters are left out: lengths do their work.
    """
    if not is_idr(units):
        return join_length_prefixed(unit for unit in units if nal_unit_type(unit) != DELIMITER)
    own = find_parameter_sets(units)
    rest = (unit for unit in units if nal_unit_type(unit) not in {SPS, PPS, DELIMITER})
    return join_length_prefixed([*(own.sps or sets.sps), *(own.pps or sets.pps), *rest])
