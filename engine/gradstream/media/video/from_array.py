"""Converts yielded pictures to frames for the encoder.

    uint8 (pictures, height, width, 3)  ->  sides made even  ->  VideoFrame (yuv420p, BT.709)

The colour space is written into the stream, because browsers guess differently without it.
"""

from collections.abc import Iterator

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
    """Return the pictures as frames, converted one by one. Raises ChunkError if they are too large."""
    height, width = chunk.frames.shape[1:3]
    if max(height, width) > MAX_SIDE:
        size = f"of {width} by {height} pixels"
        raise video_value_error(chunk.number, f"({size}) is larger than {MAX_SIDE} pixels a side")
    return map(_to_frame, chunk.frames)


def _to_frame(picture: Pixels) -> VideoFrame:
    # BT.601 would work as well: the encoder writes the choice into the stream.
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(_even(picture)), format="rgb24").reformat(
        format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED_RANGE
    )
    frame.colorspace = frame.color_primaries = frame.color_trc = _BT709
    frame.color_range = _LIMITED_RANGE
    return frame


def _even(picture: Pixels) -> Pixels:
    """Repeat the last row or column if a side is odd: 4:2:0 has one chroma sample per two by two pixels."""
    height, width = picture.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return picture
    return np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
