"""Clips with transparency: one rule, whatever container and codec."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest

from gradstream.media.types import VideoOptions
from gradstream.media.video.stream import VideoStream
from tests.unit.media.videos import VideoSegments, chunk_of

HIDDEN, SEEN = (0, 255, 0), (255, 0, 0)


def clip(container: str, codec: str, pixels: str) -> bytes:
    """Return a clip whose left half is green and transparent, and whose right half is red."""
    picture = np.zeros((48, 64, 4), np.uint8)
    picture[:, :32] = (*HIDDEN, 0)
    picture[:, 32:] = (*SEEN, 255)
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        options = {"auto-alt-ref": "0"} if codec.startswith("libvpx") else {}
        stream = file.add_stream(codec, rate=25, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
        if pixels.startswith("yuva") and container == "webm":
            stream.metadata["alpha_mode"] = "1"
        for number in range(5):
            frame = av.VideoFrame.from_ndarray(picture, format="rgba").reformat(format=pixels)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return written.getvalue()


@pytest.mark.parametrize(
    ("container", "codec", "pixels"),
    [
        ("mov", "qtrle", "argb"),
        ("mov", "png", "rgba"),
        ("mov", "prores_ks", "yuva444p10le"),
        ("webm", "libvpx", "yuva420p"),
        ("webm", "libvpx-vp9", "yuva420p"),
        ("matroska", "ffv1", "yuva420p"),
        ("avi", "utvideo", "gbrap"),
        ("apng", "apng", "rgba"),
    ],
)
def test_what_is_transparent_is_black(container: str, codec: str, pixels: str) -> None:
    """A hidden colour never appears, and what is seen keeps its colour."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    video.add(chunk_of(clip(container, codec, pixels)))
    video.finish()
    with av.open(io.BytesIO(sink.file), "r") as file:
        shown = [np.asarray(frame.to_ndarray(format="rgb24"), np.int64) for frame in file.decode(video=0)]
    assert len(shown) == 5
    for frame in shown:
        assert np.abs(frame[:, :28]).max() <= 8
        assert np.abs(frame[:, 36:] - SEEN).max() <= 12
