"""Interprets arrays as audio: which dimension is the channels, and the samples of each channel.

    value --copy_array--> a copy, as it was yielded --array_blocks(Scale)--> PcmBlock, PcmBlock …

What number is full scale is decided in `array_scale.py`.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from gradstream.media.arrays import as_numpy
from gradstream.media.audio.array_scale import Scale
from gradstream.media.audio.errors import audio_value_error
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock, Samples
from gradstream.media.types import Chunk

Array: TypeAlias = npt.NDArray[Any]

_KINDS = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16")
_MAX_CHANNELS = len(LAYOUTS) - 1

_BLOCK_SAMPLES = 8192
"""Samples converted at a time, so that encoding starts long before all of a long array is converted."""


class ArrayShape(Struct, frozen=True):
    """Which dimension of an array is the channels (None for shape (n,)), and the number of channels."""

    axis: int | None
    channels: int


def copy_array(value: object, number: int) -> Array:
    """Return a copy of an array, of a tensor on any device, or of a list of numbers.

    Raises ChunkError for other types of numbers, and for other shapes than (n,), (n, channels), (channels,
    n), with dimensions of 1 in front.
    """
    try:
        found = as_numpy(value)
        # A class derived from NumPy's may have methods of its own.
        array = np.array(found, copy=True)
    except Exception as error:  # a library's own code may raise anything
        raise audio_value_error(
            number, f"of type {type(value).__name__}, not an array of numbers ({error})"
        ) from error
    if np.ma.is_masked(found):
        raise audio_value_error(
            number, "an array with masked samples: fill them first, as with array.filled(0)"
        )
    if array.dtype.name not in _KINDS:
        raise audio_value_error(number, f"an array of {array.dtype.name}, not of {', '.join(_KINDS)}")
    while array.ndim > 2 and array.shape[0] == 1:
        # Models return batches: (1, channels, n) is the only member of one.
        array = array[0]
    if array.ndim not in (1, 2):
        raise audio_value_error(
            number,
            f"an array of shape {array.shape}, not (n,), (n, channels) or (channels, n)"
            + (": yield the members of a batch one by one, as array[0]" if array.ndim == 3 else ""),
        )
    return array


def shape_of(array: Array, *, number: int, like: ArrayShape | None = None) -> ArrayShape:
    """Return which dimension is the channels.

    It is the smaller one, and the second of (n, n). An array that fits the stream's previous one (`like`)
    is read the same way, because the end of a long (n, 2) may be a (1, 2). Raises ChunkError for more
    channels than any layout has.
    """
    if array.ndim == 1:
        return ArrayShape(None, 1)
    if like is not None and like.axis is not None and array.shape[like.axis] == like.channels:
        return like
    axis = 0 if array.shape[0] < array.shape[1] else 1
    channels = array.shape[axis]
    if channels > _MAX_CHANNELS:
        raise audio_value_error(
            number, f"an array of shape {array.shape}, with more than {_MAX_CHANNELS} channels"
        )
    return ArrayShape(axis, channels)


def array_blocks(chunk: Chunk, shape: ArrayShape, scale: Scale) -> Iterator[PcmBlock]:
    """Yield a chunk's array block by block. Raises ChunkError for NaN and infinity."""
    array: Array = chunk.samples
    planar = array.reshape(1, -1) if shape.axis is None else array if shape.axis == 0 else array.T
    for start in range(0, planar.shape[1], _BLOCK_SAMPLES):
        samples = _scaled(planar[:, start : start + _BLOCK_SAMPLES], scale, chunk.number)
        yield PcmBlock(samples=samples, rate_hz=chunk.rate_hz, layout=LAYOUTS[shape.channels])


def _scaled(numbers: Array, scale: Scale, number: int) -> Samples:
    if not np.isfinite(numbers).all():
        raise audio_value_error(number, "an array of floats that contains NaN or infinity")
    # In float64, so that an int32 is rounded only once.
    wide = (numbers.astype(np.float64) - scale.middle) / scale.full
    return np.ascontiguousarray(wide.clip(-1.0, 1.0), dtype=np.float32)
