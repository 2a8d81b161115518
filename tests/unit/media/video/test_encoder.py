"""The encoder of pictures."""

from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest

from gradstream.media.mp4.h264 import PPS, SPS, find_parameter_sets, nal_unit_type, split_length_prefixed
from gradstream.media.video.encoder import VideoEncoder
from gradstream.media.video.timeline import EncodedFrame


def grey(size: tuple[int, int] = (64, 48), value: int = 100) -> av.VideoFrame:
    """Return a grey picture of width and height."""
    pixels = np.full((size[1], size[0], 3), value, np.uint8)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")


def encode(encoder: VideoEncoder, frame: av.VideoFrame, at_s: Fraction) -> EncodedFrame:
    """Encode a picture that lasts 1/25 s."""
    return encoder.encode(frame, at_s=at_s, duration_s=Fraction(1, 25), stream_s=at_s)


@pytest.mark.parametrize("fps", [Fraction(25), Fraction(24000, 1001), Fraction(1, 2), Fraction(120)])
def test_one_can_begin_each_second(fps: Fraction) -> None:
    """No second of pictures, or two pictures where they are slower, is without a key frame."""
    encoder = VideoEncoder()
    times = [number / fps for number in range(300)]
    keys = [at_s for at_s in times if encode(encoder, grey(), at_s).is_key]
    assert keys[0] == 0
    assert max(after - before for before, after in pairwise(keys)) <= max(Fraction(1), 1 / fps)


def test_key_frames_bring_their_parameter_sets() -> None:
    """Each key frame has its sets in front and others have none, so that one can begin with any of them."""
    encoder = VideoEncoder()
    for number in range(60):
        picture = encode(encoder, grey(), Fraction(number, 25))
        types = [nal_unit_type(unit) for unit in split_length_prefixed(picture.data)]
        assert picture.is_key == (types[:2] == [SPS, PPS])
        assert picture.is_key or SPS not in types


def test_another_size_begins_anew() -> None:
    """A picture of another size is a key frame of that size, and so is the next one of the first size."""
    encoder = VideoEncoder()
    sizes = [(64, 48), (64, 48), (128, 64), (64, 48)]
    pictures = [encode(encoder, grey(size), Fraction(n, 25)) for n, size in enumerate(sizes)]
    assert [picture.is_key for picture in pictures] == [True, False, True, True]
    said = [find_parameter_sets(split_length_prefixed(one.data)).first for one in pictures if one.is_key]
    assert [(sps.width, sps.height) for sps in said] == [(64, 48), (128, 64), (64, 48)]


def test_after_frames_from_elsewhere_comes_a_key_frame() -> None:
    """After `force_key_frame` the encoder continues with a key frame."""
    encoder = VideoEncoder()
    encode(encoder, grey(), Fraction(0))
    encoder.force_key_frame()
    assert encode(encoder, grey(), Fraction(1, 25)).is_key


def test_closing_is_possible_at_any_time() -> None:
    """An encoder is closed before its first picture, after it, and twice."""
    encoder = VideoEncoder()
    encoder.close()
    assert encode(encoder, grey(), Fraction(0)).is_key
    encoder.close()
    encoder.close()
