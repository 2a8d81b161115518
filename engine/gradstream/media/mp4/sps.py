"""What an H.264 sequence parameter set says of the pictures: profile, level, kind of colour, size.

Source: ITU-T H.264, sections 7.3.2.1.1 (syntax), 7.4.2.1.1 (cropping) and 9.1 (Exp-Golomb codes).
"""

from msgspec import Struct

_WITH_CHROMA_FORMAT = frozenset({44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244})
"""Profiles whose parameter sets state the kind of colour; others have 4:2:0 with 8 bits."""

_CROP_UNITS = {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}
"""chroma_format_idc -> pixels that one step of cropping takes, across and down."""

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
        """Whether the colours are 4:2:0 with 8 bits, which is all that browsers decode."""
        return self.chroma_format == 1 and self.luma_bits == 8 and self.chroma_bits == 8


def parse_sps(unit: bytes) -> Sps:
    """Read a parameter set from its NAL unit, header included; raises ValueError when it is cut short."""
    bits = _Bits(unit[1:].replace(b"\0\0\3", b"\0\0"))  # takes out the emulation prevention
    profile, constraints, level = bits.read(8), bits.read(8), bits.read(8)
    bits.unsigned()  # its number
    chroma_format, luma_bits, chroma_bits = _colour(bits) if profile in _WITH_CHROMA_FORMAT else (1, 8, 8)
    _skip_order_and_references(bits)
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
    """Reads numbers bit by bit; raises ValueError beyond the end."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data)
        self._left = 8 * len(data)

    def read(self, count: int) -> int:
        """Return the next bits as a number."""
        self._left -= count
        if self._left < 0:
            raise ValueError("the H.264 parameter set is cut short")
        return self._value >> self._left & (1 << count) - 1

    def unsigned(self) -> int:
        """Return the next Exp-Golomb code."""
        zeros = 0
        while self.read(1) == 0:
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)

    def signed(self) -> int:
        """Return the next Exp-Golomb code of a number that may be negative."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def _colour(bits: _Bits) -> tuple[int, int, int]:
    chroma_format = bits.unsigned()
    if chroma_format not in _CROP_UNITS:
        raise ValueError(f"the H.264 parameter set has chroma format {chroma_format}, and there are 0 to 3")
    if chroma_format == 3:
        bits.read(1)  # whether the planes are coded apart
    luma_bits, chroma_bits = 8 + bits.unsigned(), 8 + bits.unsigned()
    bits.read(1)
    if bits.read(1):
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


def _skip_order_and_references(bits: _Bits) -> None:
    bits.unsigned()
    order = bits.unsigned()
    if order == 0:
        bits.unsigned()
    elif order == 1:
        bits.read(1)
        bits.signed()
        bits.signed()
        for _ in range(bits.unsigned()):
            bits.signed()
    bits.unsigned()  # reference frames
    bits.read(1)


def _size(bits: _Bits, chroma_format: int) -> tuple[int, int]:
    width, rows = _MACROBLOCK * (bits.unsigned() + 1), bits.unsigned() + 1
    fields = 1 if bits.read(1) else 2
    if fields == 2:
        bits.read(1)
    height = _MACROBLOCK * rows * fields
    bits.read(1)
    if bits.read(1):
        across, down = _CROP_UNITS[chroma_format]
        width -= across * (bits.unsigned() + bits.unsigned())
        height -= down * fields * (bits.unsigned() + bits.unsigned())
    return width, height
