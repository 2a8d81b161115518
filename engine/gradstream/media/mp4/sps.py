"""Parses an H.264 sequence parameter set: profile, level, chroma format, bit depths, size.

Source: ITU-T H.264, sections 7.3.2.1.1 (syntax), 7.4.2.1.1 (cropping) and 9.1 (Exp-Golomb codes).
"""

from msgspec import Struct

_PROFILES_WITH_CHROMA_FORMAT = frozenset({44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244})
"""Profiles whose SPS contains chroma format and bit depths; all others are 4:2:0 with 8 bits."""

_CROP_UNITS = {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}
"""chroma_format_idc -> pixels per unit of the cropping offsets, horizontally and vertically."""

_MACROBLOCK = 16


class Sps(Struct, frozen=True, kw_only=True):
    """A sequence parameter set. `chroma_format` is 1 for 4:2:0; `width` and `height` are after cropping."""

    profile: int
    constraints: int
    level: int
    chroma_format: int
    luma_bits: int
    chroma_bits: int
    width: int
    height: int

    @property
    def plays_everywhere(self) -> bool:
        """Whether the video is 4:2:0 with 8 bits, which is all that every browser decodes."""
        return self.chroma_format == 1 and self.luma_bits == 8 and self.chroma_bits == 8


def parse_sps(unit: bytes) -> Sps:
    """Parse an SPS NAL unit, header included; raises ValueError if it is truncated."""
    bits = _Bits(unit[1:].replace(b"\0\0\3", b"\0\0"))  # removes the emulation prevention bytes
    profile, constraints, level = bits.read(8), bits.read(8), bits.read(8)
    bits.unsigned()  # seq_parameter_set_id
    chroma_format, luma_bits, chroma_bits = (
        _chroma(bits) if profile in _PROFILES_WITH_CHROMA_FORMAT else (1, 8, 8)
    )
    _skip_to_size(bits)
    width, height = _size(bits, chroma_format)
    return Sps(
        profile=profile,
        constraints=constraints,
        level=level,
        chroma_format=chroma_format,
        luma_bits=luma_bits,
        chroma_bits=chroma_bits,
        width=width,
        height=height,
    )


class _Bits:
    """Reads numbers bit by bit; raises ValueError at the end of the data."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data)
        self._left = 8 * len(data)

    def read(self, count: int) -> int:
        """Return the next `count` bits as a number."""
        self._left -= count
        if self._left < 0:
            raise ValueError("the H.264 parameter set is truncated")
        return self._value >> self._left & (1 << count) - 1

    def unsigned(self) -> int:
        """Return the next unsigned Exp-Golomb code, ue(v)."""
        zeros = 0
        while self.read(1) == 0:
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)

    def signed(self) -> int:
        """Return the next signed Exp-Golomb code, se(v)."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def _chroma(bits: _Bits) -> tuple[int, int, int]:
    chroma_format = bits.unsigned()
    if chroma_format not in _CROP_UNITS:
        raise ValueError(f"the H.264 parameter set has chroma format {chroma_format}, expected 0 to 3")
    if chroma_format == 3:
        bits.read(1)  # separate_colour_plane_flag
    luma_bits, chroma_bits = 8 + bits.unsigned(), 8 + bits.unsigned()
    bits.read(1)  # qpprime_y_zero_transform_bypass_flag
    if bits.read(1):  # seq_scaling_matrix_present_flag
        for index in range(8 if chroma_format != 3 else 12):
            if bits.read(1):
                _skip_scaling_list(bits, 16 if index < 6 else 64)
    return chroma_format, luma_bits, chroma_bits


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_to_size(bits: _Bits) -> None:
    bits.unsigned()  # log2_max_frame_num_minus4
    order_type = bits.unsigned()  # pic_order_cnt_type
    if order_type == 0:
        bits.unsigned()  # log2_max_pic_order_cnt_lsb_minus4
    elif order_type == 1:
        bits.read(1)  # delta_pic_order_always_zero_flag
        bits.signed()  # offset_for_non_ref_pic
        bits.signed()  # offset_for_top_to_bottom_field
        for _ in range(bits.unsigned()):
            bits.signed()  # offset_for_ref_frame
    bits.unsigned()  # max_num_ref_frames
    bits.read(1)  # gaps_in_frame_num_value_allowed_flag


def _size(bits: _Bits, chroma_format: int) -> tuple[int, int]:
    width, rows = _MACROBLOCK * (bits.unsigned() + 1), bits.unsigned() + 1
    fields = 1 if bits.read(1) else 2  # frame_mbs_only_flag
    if fields == 2:
        bits.read(1)  # mb_adaptive_frame_field_flag
    height = _MACROBLOCK * rows * fields
    bits.read(1)  # direct_8x8_inference_flag
    if bits.read(1):  # frame_cropping_flag
        across, down = _CROP_UNITS[chroma_format]
        width -= across * (bits.unsigned() + bits.unsigned())
        height -= down * fields * (bits.unsigned() + bits.unsigned())
    return width, height
