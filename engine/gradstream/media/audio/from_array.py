"""Arrays as sound: which dimension is the channels, and what a number's full scale is.

    value --copy_array--> a copy, as it was yielded --array_blocks--> PcmBlock, PcmBlock …

| numbers                       | full scale                                                   |
| float16, float32, float64     | 1; what is a little beyond is clipped, NaN is refused        |
| int8, int16, int32            | the type's own; 24 bits in an int32 are its upper ones       |
| uint8, uint16                 | the type's own, with silence in the middle (128 of an uint8) |
| int64, as of a list           | that of int16; what is beyond is refused                     |
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from gradstream.media.audio.errors import audio_value_error
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock, Samples, to_float32
from gradstream.media.types import Chunk

Array: TypeAlias = npt.NDArray[Any]

_KINDS = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16")
_MAX_CHANNELS = len(LAYOUTS) - 1

_LOUDEST = 16.0
"""Floats beyond this are no clipped peaks: they are whole numbers that nobody scaled."""

_BLOCK = 8192
"""Samples that are converted at a time: the first are encoded long before a long array is converted."""


class ArrayShape(Struct, frozen=True):
    """Which dimension of an array is the channels (None: there is one, of (n,)), and how many they are."""

    axis: int | None
    channels: int


def copy_array(value: object, number: int) -> Array:
    """Return a copy of an array, of a tensor (wherever it is), or of a list of numbers.

    Raises ChunkError for other numbers, and for shapes that no sound has.
    """
    try:
        array = to_numpy(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise audio_value_error(
            number, f"of type {type(value).__name__}, and no array of numbers ({error})"
        ) from error
    if array.dtype.name not in _KINDS:
        raise audio_value_error(number, f"an array of {array.dtype.name}, and not of {', '.join(_KINDS)}")
    if array.ndim not in (1, 2):
        raise audio_value_error(
            number, f"an array of shape {array.shape}, and not (n,), (n, channels), (channels, n)"
        )
    return array


def to_numpy(value: object) -> Array:
    """Return a copy as NumPy's own. Raises TypeError, ValueError or RuntimeError when that cannot be."""
    return np.array(_on_this_machine(value), copy=True)


def shape_of(array: Array, *, number: int, like: ArrayShape | None = None) -> ArrayShape:
    """Tell which dimension is the channels.

    It is the smaller one, and of (n, n) the second; but where an array fits the shape of the stream's one
    before (`like`), that holds: the last piece of a long (n, 2) may be a (1, 2). Raises ChunkError for more
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
            number, f"an array of shape {array.shape}; at most {_MAX_CHANNELS} channels are sound"
        )
    return ArrayShape(axis, channels)


def array_blocks(chunk: Chunk, shape: ArrayShape) -> Iterator[PcmBlock]:
    """Yield a chunk's array piece by piece. Raises ChunkError for numbers that cannot be sound."""
    array: Array = chunk.samples
    planar = array.reshape(1, -1) if shape.axis is None else array if shape.axis == 0 else array.T
    for start in range(0, planar.shape[1], _BLOCK):
        samples = _scaled(planar[:, start : start + _BLOCK], chunk.number)
        yield PcmBlock(samples=samples, rate_hz=chunk.rate_hz, layout=LAYOUTS[shape.channels])


def _on_this_machine(value: Any) -> Any:
    """Return what NumPy can read: a tensor may be on a device, in a graph, or have numbers of its own."""
    for step in ("detach", "cpu"):
        if callable(getattr(value, step, None)):
            value = getattr(value, step)()
    if not callable(getattr(value, "numpy", None)):
        return value
    try:
        return value.numpy()
    except TypeError:
        # A bfloat16 is no type of NumPy's.
        return value.float().numpy()


def _scaled(numbers: Array, number: int) -> Samples:
    if numbers.dtype == np.int64:
        if numbers.size and (numbers.max() > 32767 or numbers.min() < -32768):
            raise audio_value_error(
                number, _wrong_scale("int64", numbers, "give them as int32 or as floats from -1 to 1")
            )
        numbers = numbers.astype(np.int16)
    if numbers.dtype.kind != "f":
        return to_float32(numbers)
    peak = float(np.abs(numbers).max(initial=0.0))
    if not np.isfinite(peak):
        raise audio_value_error(number, "an array of floats with NaN or infinity among them")
    if peak > _LOUDEST:
        raise audio_value_error(number, _wrong_scale(numbers.dtype.name, numbers, "floats are from -1 to 1"))
    return to_float32(numbers).clip(-1.0, 1.0)


def _wrong_scale(kind: str, numbers: Array, advice: str) -> str:
    return f"an array of {kind} from {numbers.min():g} to {numbers.max():g}: {advice}"
