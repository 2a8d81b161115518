"""Which arrays are pictures, and words for those that are not.

(height, width) | (height, width, 1, 3 or 4)                      one picture
(pictures, height, width, 1, 3 or 4)                              several
"""

import math
from typing import Any

import numpy.typing as npt

from gradstream.media.pictures.types import MAX_PIXELS, MAX_SIDE, PictureError

CHANNELS = frozenset({1, 3, 4})
"""Grey, RGB, RGBA."""

_DIMENSIONS = ("no dimension", "1 dimension", "2 dimensions")


def check_picture(array: npt.NDArray[Any]) -> None:
    """Raise PictureError for an array that is not one picture."""
    if not is_single(array):
        raise _error(array, _advice(array, several=False))
    _check_sides(array, array.shape[:2])


def check_pictures(array: npt.NDArray[Any]) -> None:
    """Raise PictureError for an array that is neither one picture nor several."""
    if is_single(array):
        _check_sides(array, array.shape[:2])
    elif array.ndim == 4 and array.shape[3] in CHANNELS:
        _check_sides(array, array.shape[1:3])
    else:
        raise _error(array, _advice(array, several=True))


def is_single(array: npt.NDArray[Any]) -> bool:
    """Return whether the shape is that of one picture."""
    return array.ndim == 2 or (array.ndim == 3 and array.shape[2] in CHANNELS)


def describe(array: npt.NDArray[Any]) -> str:
    """Return the words for an array in a message."""
    return f"an array of {array.dtype} and shape {array.shape}"


def _error(array: npt.NDArray[Any], advice: str) -> PictureError:
    return PictureError(f"{describe(array)} is not a picture: {advice}")


def _check_sides(array: npt.NDArray[Any], sides: tuple[int, ...]) -> None:
    if not array.size:
        raise _error(array, "it is empty")
    check_size(sides)


def check_size(sides: tuple[int, ...]) -> None:
    """Raise PictureError for a picture that is too large to be shown, or to be encoded while one waits."""
    found = f"a picture of {' by '.join(map(str, sides))}, which is too large"
    if max(sides) > MAX_SIDE:
        raise PictureError(f"{found}: browsers show at most {MAX_SIDE} pixels a side")
    if math.prod(sides) > MAX_PIXELS:
        raise PictureError(f"{found}: at most {MAX_PIXELS:,} pixels are shown; yield a smaller one")


def _advice(array: npt.NDArray[Any], *, several: bool) -> str:
    """Return what helps, in terms of this very array."""
    shape = array.shape
    match array.ndim:
        case 0 | 1:
            return f"it has {_DIMENSIONS[array.ndim]}; a picture has height and width"
        case 3 if shape[2] == 2:
            return "two channels are neither grey nor RGB; choose one of them, such as array[:, :, 0]"
        case 3 if shape[0] in CHANNELS:
            return "its channels come first; put them last with transpose(1, 2, 0)"
        case 3 if several:
            return "pictures in grey need a last dimension for their channel: array[..., None]"
        case 3:
            return f"it has {shape[2]} channels; choose 1, 3 or 4 of them"
        case 4 if shape[3] in CHANNELS:
            return "it is a batch of pictures; yield one of them, such as array[0]"
        case 4 if shape[1] in CHANNELS and several:
            return "its channels come before height and width; put them last with transpose(0, 2, 3, 1)"
        case 4 if shape[1] in CHANNELS:
            return (
                "it is a batch of pictures, and their channels come first; put them last with "
                "transpose(0, 2, 3, 1), and yield one of them, such as array.transpose(0, 2, 3, 1)[0]"
            )
        case 4:
            return f"it has {shape[3]} channels; pictures have 1, 3 or 4"
        case dimensions:
            return f"it has {dimensions} dimensions; yield a part of it, such as array[0]"
