"""Converts yielded arrays to frames for the encoder.

    (h, w) | (h, w, 1, 3 or 4) | (n, h, w[, c])  ->  rgb24, sides made even  ->  VideoFrame (yuv420p, BT.709)

The colour space is written into the stream, because browsers guess differently without it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from gradstream.media.types import Chunk
from gradstream.media.video.errors import video_value_error

Pixels = npt.NDArray[np.uint8]
"""Shape (height, width, 3)."""

MAX_SIDE = 16_384
"""libx264's limit."""

_BT709 = 1
"""Matrix, primaries and transfer characteristics of HD video (ITU-T H.264, tables E-3 to E-5)."""

_LIMITED_RANGE = 1


def open_frames(chunk: Chunk) -> Iterator[VideoFrame]:
    """Return the array's pictures as frames, converted one by one. Raises ChunkError for an invalid array."""
    array = np.asarray(chunk.frames)
    _check(array, chunk)
    return map(_to_frame, array[np.newaxis] if _is_single(array) else array)


def _is_single(array: npt.NDArray[Any]) -> bool:
    return array.ndim == 2 or (array.ndim == 3 and array.shape[2] in {1, 3, 4})


def _check(array: npt.NDArray[Any], chunk: Chunk) -> None:
    shape, kind = array.shape, array.dtype.kind
    problem = ""
    if not array.size:
        problem = "is empty"
    elif not (_is_single(array) or (array.ndim == 4 and shape[3] in {1, 3, 4})):
        problem = "is not a picture"
        if array.ndim in {3, 4} and shape[-3] in {1, 3, 4}:
            problem += ": channels must be the last dimension, use transpose(1, 2, 0)"
    elif max(shape[:2] if _is_single(array) else shape[1:3]) > MAX_SIDE:
        problem = f"is larger than {MAX_SIDE} pixels a side"
    elif kind not in "buif":
        problem = "does not contain numbers"
    elif kind in "ui" and array.dtype != np.uint8 and (array.min() < 0 or array.max() > 255):
        problem = f"has values from {array.min()} to {array.max()}, not from 0 to 255"
    if problem:
        raise video_value_error(chunk.number, f"(an array of {array.dtype} and shape {shape}) {problem}")


def _to_frame(picture: npt.NDArray[Any]) -> VideoFrame:
    rgb = _even(_colored(_eight_bits(picture)))
    # BT.601 would work as well: the encoder writes the choice into the stream.
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24").reformat(
        format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED_RANGE
    )
    frame.colorspace = frame.color_primaries = frame.color_trc = _BT709
    frame.color_range = _LIMITED_RANGE
    return frame


def _eight_bits(picture: npt.NDArray[Any]) -> Pixels:
    match picture.dtype.kind:
        case "f":
            # Casting NaN to uint8 is undefined.
            scaled = np.nan_to_num(picture.astype(np.float32)).clip(0, 1) * 255
            return np.asarray(np.rint(scaled), np.uint8)
        case "b":
            return picture.astype(np.uint8) * np.uint8(255)
        case _:
            return picture.astype(np.uint8, copy=False)


def _colored(picture: Pixels) -> Pixels:
    """Return three channels: grey is repeated, and transparent pixels are blended with black."""
    if picture.ndim == 2:
        picture = picture[:, :, np.newaxis]
    match picture.shape[2]:
        case 1:
            return np.repeat(picture, 3, axis=2)
        case 4:
            weighted = picture[:, :, :3].astype(np.uint16) * picture[:, :, 3:]
            return ((weighted + 127) // 255).astype(np.uint8)
        case _:
            return picture


def _even(picture: Pixels) -> Pixels:
    """Repeat the last row or column if a side is odd: 4:2:0 has one chroma sample per two by two pixels."""
    height, width = picture.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return picture
    return np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
