"""Decoded frames and numbers of every kind at one scale."""

from typing import Any

import av
import numpy as np
import pytest

from gradstream.media.audio.pcm import block_of_frame, to_float32


@pytest.mark.parametrize(
    ("kind", "lowest", "middle", "highest"),
    [
        ("int8", -128, 0, 127),
        ("int16", -32768, 0, 32767),
        ("int32", -(2**31), 0, 2**31 - 1),
        ("uint8", 0, 128, 255),
        ("uint16", 0, 32768, 65535),
    ],
)
def test_whole_numbers_are_scaled_by_their_range(kind: str, lowest: int, middle: int, highest: int) -> None:
    """The lowest number is -1, the middle exactly 0, the highest just below 1."""
    scaled = to_float32(np.array([[lowest, middle, highest]], kind))
    assert scaled.dtype == np.float32
    assert scaled[0, 0] == -1
    assert scaled[0, 1] == 0
    assert 0.99 < scaled[0, 2] <= 1


def test_floats_stay() -> None:
    """A float's full scale is 1 already."""
    assert to_float32(np.array([[-1.0, 0.25, 1.5]])).tolist() == [[-1.0, 0.25, 1.5]]


@pytest.mark.parametrize(
    ("form", "array"),
    [
        ("s16", np.array([[0, 16384, -16384, 8192]], np.int16)),
        ("s16p", np.array([[0, -16384], [16384, 8192]], np.int16)),
        ("flt", np.array([[0, 0.5, -0.5, 0.25]], np.float32)),
        ("u8", np.array([[128, 192, 64, 160]], np.uint8)),
    ],
)
def test_frames_become_planar(form: str, array: Any) -> None:
    """Packed or planar, a stereo frame is (2, n)."""
    frame = av.AudioFrame.from_ndarray(array, format=form, layout="stereo")
    frame.sample_rate = 44100
    block = block_of_frame(frame)
    assert (block.rate_hz, block.layout) == (44100, "stereo")
    assert block.samples.tolist() == [[0, -0.5], [0.5, 0.25]]
