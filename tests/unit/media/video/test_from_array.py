"""Arrays as pictures."""

from typing import Any

import numpy as np
import pytest

from gradstream.media.video.from_array import open_frames
from tests.unit.media.videos import pictures_of

BLUE = (20, 60, 250)


def rgb_of(array: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return the first picture of an array as a player shows it."""
    frame = next(open_frames(pictures_of(array)))
    return frame.to_ndarray(format="rgb24", src_colorspace=1, src_color_range=1).astype(np.uint8)


def test_colours_arrive() -> None:
    """A colour is shown as it was yielded, but for the rounding of 4:2:0 video."""
    shown = rgb_of(np.full((48, 64, 3), BLUE, np.uint8))
    assert np.abs(shown.astype(int) - BLUE).max() <= 4


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.full((48, 64), 100, np.uint8), 100),
        (np.full((48, 64, 1), 100, np.uint8), 100),
        (np.full((48, 64), 100, np.int64), 100),
        (np.full((48, 64, 3), 100 / 255), 100),
        (np.full((48, 64, 3), 100 / 255, np.float32), 100),
        (np.ones((48, 64), bool), 255),
        (np.full((48, 64, 4), (200, 200, 200, 127), np.uint8), 100),
        (np.full((3, 48, 64, 1), 100, np.uint8), 100),
    ],
)
def test_all_forms_are_one_picture(array: Any, expected: int) -> None:
    """Grey, colours, transparency over black, whole numbers and floats from 0 to 1 give what they mean."""
    shown = rgb_of(array)
    assert shown.shape == (48, 64, 3)
    assert np.abs(shown.astype(int) - expected).max() <= 2


def test_several_pictures_come_one_by_one() -> None:
    """An array of several pictures gives each, in order."""
    array = np.arange(5, dtype=np.uint8)[:, None, None, None] * np.full((5, 48, 64, 3), 50, np.uint8)
    frames = list(open_frames(pictures_of(array)))
    assert [int(frame.to_ndarray(format="rgb24")[0, 0, 0]) // 45 for frame in frames] == [0, 1, 2, 3, 4]


def test_odd_sides_are_made_even() -> None:
    """An odd picture gets its last row and column once more."""
    shown = rgb_of(np.full((47, 63, 3), 100, np.uint8))
    assert shown.shape == (48, 64, 3)
    assert np.abs(shown.astype(int) - 100).max() <= 2
