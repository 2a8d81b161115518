"""Converts alpha channels to 8 bits: their range is their own, whatever range the colours have.

| numbers of the channel                         | opaque is |
| bool                                           | True      |
| integers of 0 to 255                           | 255       |
| uint16 beyond 255                              | 65,535    |
| floats up to 1                                 | 1         |
| floats of -1 to 1                              | 1         |
| floats beyond 2, up to 255                     | 255       |
| NaN, masked: transparent                       |           |

One that is 0 nearly everywhere, or a mask of 0 and 1, is logged: nothing of such a picture can be seen.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from gradstream.media.pictures.types import PictureError

Array: TypeAlias = npt.NDArray[Any]
Levels: TypeAlias = npt.NDArray[np.uint8]
Log: TypeAlias = Callable[[str, str], None]
"""Receives a topic and what is not shown as given."""

_LOWEST, _OVERSHOOT, _HIGHEST = -0.25, 2.0, 280.5
"""As for colours: what filters and models overshoot a range by."""


def alpha_levels(channel: Array) -> Levels:
    """Return new levels, 255 for opaque. Raises PictureError for numbers which none has."""
    match channel.dtype.kind:
        case "b":
            return channel.astype(np.uint8) * np.uint8(255)
        case "f":
            return _of_floats(channel)
        case _:
            return _of_integers(channel)


def note_hidden(pixels: Levels, log: Log) -> None:
    """Log that nothing of a picture, or of several, can be seen."""
    if pixels.ndim < 3 or pixels.shape[-1] != 4:
        return
    highest = int(pixels[..., 3].max())
    if highest <= 1:
        log(
            "hidden",
            f"nothing of a picture can be seen, because its alpha channel is at most {highest} of 255; leave "
            "it out, as with array[..., :3], or multiply a mask by 255, if that is not meant",
        )


def _of_integers(channel: Array) -> Levels:
    low, high = int(channel.min()), int(channel.max())
    if channel.dtype.kind == "u" and channel.dtype.itemsize == 2 and high > 255:
        return np.asarray((channel.astype(np.uint32) + 128) // 257, np.uint8)
    if low < 0 or high > 255:
        raise _wrong(f"{low} to {high}", "255")
    return channel.astype(np.uint8)


def _of_floats(channel: Array) -> Levels:
    finite = channel[np.isfinite(channel)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low < -1.5 or high > _HIGHEST or (low < _LOWEST and high > _OVERSHOOT):
        raise _wrong(f"{low:.4g} to {high:.4g}", "1")
    start, end = (-1.0, 1.0) if low < _LOWEST else (0.0, 1.0 if high <= _OVERSHOOT else 255.0)
    numbers = np.nan_to_num(channel.astype(np.float64), nan=start, posinf=end, neginf=start)
    return np.asarray(np.rint(((numbers - start) / (end - start)).clip(0, 1) * 255), np.uint8)


def _wrong(found: str, opaque: str) -> PictureError:
    return PictureError(f"a picture whose alpha channel has numbers from {found}, not from 0 to {opaque}")
