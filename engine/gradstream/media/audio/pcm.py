"""Blocks of decoded audio, which chunks are decoded to and a stream's timeline receives.

    av.AudioFrame --block_of_frame--> PcmBlock     array --array_blocks--> PcmBlock

Full scale is -1 to 1. Integers are divided by half of their range: an int16 becomes n/32768, and a 16-bit
encoder turns it back into the same number.
"""

from typing import TypeAlias

import av
import numpy as np
import numpy.typing as npt
from msgspec import Struct

Samples: TypeAlias = npt.NDArray[np.float32]
"""Planar: (channels, n)."""

LOWEST_HZ, HIGHEST_HZ = 1_000, 768_000
"""Sample rates outside this range are mistakes, such as a header that was never filled in."""

LAYOUTS = ("", "mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1")
"""FFmpeg's default layout for each number of channels."""

MIXED_LAYOUTS = frozenset(LAYOUTS[1:]) | {
    "3.0",
    "3.0(back)",
    "3.1",
    "4.1",
    "quad",
    "quad(side)",
    "5.0(side)",
    "5.1(side)",
    "6.0",
    "6.0(front)",
    "hexagonal",
    "6.1(back)",
    "6.1(front)",
    "7.0",
    "7.0(front)",
    "7.1(wide)",
    "7.1(wide-side)",
}
"""Layouts that FFmpeg can mix. Others, such as "4 channels" or "ambisonic 1", get the default layout."""


_UNSAFE_PLANES = 8
"""PyAV counts planes up to a null pointer; after eight planes there is none, and it crashes."""


class PcmBlock(Struct, frozen=True, kw_only=True):
    """Samples of one rate and one channel layout (FFmpeg's name)."""

    samples: Samples
    rate_hz: int
    layout: str
    starts_lossy_file: bool = False
    """Whether a lossy file starts here: lossy codecs leave a small step at their start that the signal
    does not have."""


def block_of_frame(frame: av.AudioFrame) -> PcmBlock:
    """Return a decoded frame as a block. Raises ValueError for more channels than any layout has."""
    channels = frame.layout.nb_channels
    if frame.format.is_planar and channels >= _UNSAFE_PLANES:
        frame = _packed(frame)
    array = frame.to_ndarray()
    if frame.format.is_packed:
        array = array.reshape(-1, channels).T
    return PcmBlock(
        samples=to_float32(array), rate_hz=frame.sample_rate, layout=_layout_of(frame.layout.name, channels)
    )


def to_float32(array: npt.NDArray[np.generic]) -> Samples:
    """Return numbers of any type as float32, scaled so that the type's full range is -1 to 1."""
    kind, bits = array.dtype.kind, 8 * array.dtype.itemsize
    if kind == "f":
        return np.ascontiguousarray(array, dtype=np.float32)
    half = 2.0 ** (bits - 1)
    # In float64, so that an int32 is rounded only once.
    wide = array.astype(np.float64) - (half if kind == "u" else 0.0)
    return np.ascontiguousarray(wide / half, dtype=np.float32)


def _packed(frame: av.AudioFrame) -> av.AudioFrame:
    (packed,) = av.AudioResampler(format="flt").resample(frame)
    return packed


def _layout_of(name: str, channels: int) -> str:
    if name in MIXED_LAYOUTS:
        return name
    if channels >= len(LAYOUTS):
        raise ValueError(f"{channels} channels without a layout; at most {len(LAYOUTS) - 1} have one")
    return LAYOUTS[channels]
