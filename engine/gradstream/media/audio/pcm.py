"""A run of decoded sound, as chunks are opened into and as a stream's line takes it.

    av frame --block_of_frame--> PcmBlock     array --sound_array--> PcmBlock

Full scale is -1 to 1. Whole numbers are divided by the half of their range: an int16 is n/32768 and comes
back from a 16-bit encoder as it was.
"""

from typing import TypeAlias

import av
import numpy as np
import numpy.typing as npt
from msgspec import Struct

Samples: TypeAlias = npt.NDArray[np.float32]
"""Planar: (channels, n)."""

LAYOUTS = ("", "mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1")
"""What so many channels are when nobody says it: FFmpeg's own defaults."""

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
"""Layouts that FFmpeg can mix. Of others, as "4 channels" or "ambisonic 1", the number alone counts."""


_UNSAFE_PLANES = 8
"""PyAV counts planes up to a null pointer, which eight planes do not have behind them, and crashes."""


class PcmBlock(Struct, frozen=True, kw_only=True):
    """So many samples of one rate and layout (FFmpeg's name)."""

    samples: Samples
    rate_hz: int
    layout: str
    starts_lossy_file: bool = False
    """Whether a file with losses begins here: codecs leave a small step where the sound itself has none."""


def block_of_frame(frame: av.AudioFrame) -> PcmBlock:
    """Return a decoded frame as a piece. Raises ValueError for more channels than any layout has."""
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
    """Return numbers of any kind as float32, the kind's full scale being 1, and unsigned ones' middle 0."""
    kind, bits = array.dtype.kind, 8 * array.dtype.itemsize
    if kind == "f":
        return np.ascontiguousarray(array, dtype=np.float32)
    half = 2.0 ** (bits - 1)
    # In float64: an int32 loses its last bits only once.
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
