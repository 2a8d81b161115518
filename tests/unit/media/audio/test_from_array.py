"""Arrays of every kind and shape as sound."""

from typing import Any

import numpy as np
import pytest

from gradstream.media.audio.array_scale import ArrayScales
from gradstream.media.audio.from_array import ArrayShape, array_blocks, copy_array, shape_of
from gradstream.media.types import Chunk, ChunkError
from tests.unit.media.sounds import joined, sine


class Tensor:
    """Something like a tensor on a device, in a graph: NumPy cannot read it as it is."""

    def __init__(self, array: Any, *, steps: tuple[str, ...] = ()) -> None:
        self._array = array
        self._steps = steps

    def detach(self) -> "Tensor":
        """Leave the graph."""
        return Tensor(self._array, steps=(*self._steps, "detach"))

    def cpu(self) -> "Tensor":
        """Leave the device."""
        return Tensor(self._array, steps=(*self._steps, "cpu"))

    def numpy(self) -> Any:
        """Return an array, where that is possible."""
        if self._steps != ("detach", "cpu"):
            raise TypeError("still on a device")
        return self._array

    def __array__(self) -> Any:
        """Refuse."""
        raise TypeError("detach it first")


def heard(value: object, *, like: ArrayShape | None = None) -> Any:
    """Return an array as the line gets it."""
    array = copy_array(value, 1)
    chunk = Chunk(number=1, samples=array, rate_hz=44_100)
    scale = ArrayScales(warn=lambda _: None).of(array, number=1)
    return joined(array_blocks(chunk, shape_of(array, number=1, like=like), scale))


@pytest.mark.parametrize(
    "kind", ["int8", "int16", "int32", "float16", "float32", "float64", "uint8", "uint16"]
)
def test_every_kind_of_number(kind: str) -> None:
    """A sine of any numbers is the same sine, to their precision."""
    line = sine(44_100, 20_000)
    if kind.startswith("float"):
        array, precision = line.astype(kind), 2**-11
    else:
        bits = 8 * np.dtype(kind).itemsize
        half = 2.0 ** (bits - 1)
        array = np.rint(line * half + (half if kind[0] == "u" else 0)).astype(kind)
        precision = max(1 / half, 2**-24)
    assert np.abs(heard(array)[0] - line).max() <= precision


def test_24_bits_in_an_int32_are_the_upper_ones() -> None:
    """Full scale of 24 bits, shifted to where files have them, is full scale."""
    assert heard(np.array([2**22 << 8, -(2**23) << 8], np.int32)).tolist() == [[0.5, -1.0]]


def test_lists_and_tensors() -> None:
    """A list of floats is full scale at 1, one of whole numbers at 32768; tensors are fetched."""
    assert heard([0.5, -0.25]).tolist() == [[0.5, -0.25]]
    assert heard([16384, -32768]).tolist() == [[0.5, -1.0]]
    assert heard(Tensor(np.array([0.5, -0.25]))).tolist() == [[0.5, -0.25]]


def test_a_little_too_loud_is_clipped() -> None:
    """Floats beyond full scale are held there and do not wrap around."""
    assert heard(np.array([1.5, -3.0, 0.5])).tolist() == [[1.0, -1.0, 0.5]]


@pytest.mark.parametrize(
    ("shape", "axis", "channels"),
    [
        ((100,), None, 1),
        ((100, 1), 1, 1),
        ((1, 100), 0, 1),
        ((100, 2), 1, 2),
        ((2, 100), 0, 2),
        ((6, 100), 0, 6),
        ((2, 2), 1, 2),
    ],
)
def test_the_smaller_side_is_the_channels(shape: tuple[int, ...], axis: int | None, channels: int) -> None:
    """(n, channels) and (channels, n) are distinguished by their dimensions."""
    assert shape_of(np.zeros(shape), number=1) == ArrayShape(axis, channels)


def test_a_short_last_block_is_read_like_the_ones_before() -> None:
    """In a stream with two channels, (1, 2) is one sample of two channels, not two samples of one."""
    assert heard(np.array([[0.5, 0.25]]), like=ArrayShape(1, 2)).tolist() == [[0.5], [0.25]]
    assert heard(np.array([[0.5], [0.25]]), like=ArrayShape(0, 2)).tolist() == [[0.5], [0.25]]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (np.zeros(5, bool), "an array of bool, not of float16"),
        (np.zeros(5, complex), "an array of complex128"),
        (["a"], "an array of str"),
        ([[1, 2], [3]], "of type list, not an array of numbers"),
        (
            np.zeros((2, 2, 9)),
            "an array of shape (2, 2, 9), not (n,), (n, channels) or (channels, n): yield the",
        ),
        (np.zeros((20, 200)), "an array of shape (20, 200), with more than 8 channels"),
        (np.array([0, np.nan]), "an array of floats that contains NaN or infinity"),
        (
            np.array([0, 20_000.5]),
            "an array of float64 from 0 to 20000.5: divide them, floats must be from -1",
        ),
        (np.array([0, 70_000.0]), "an array of float64 from 0 to 70000: divide them"),
        (np.array([0, 40_000]), "an array of int64 from 0 to 40000: use int32"),
    ],
)
def test_invalid_audio_arrays(value: Any, found: str) -> None:
    """The message says what it was."""
    with pytest.raises(ChunkError) as caught:
        heard(value)
    assert str(caught.value).startswith(f"chunk 1 is {found}")
