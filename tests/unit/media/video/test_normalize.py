"""The shape that pictures have when they are encoded."""

from fractions import Fraction

import av
import numpy as np
import pytest

from gradstream.media.video.normalize import FrameGeometry, FrameNormalizer


def picture(*, size: tuple[int, int] = (64, 48), form: str = "yuv420p", number: int = 0) -> av.VideoFrame:
    """Return a black picture, its upper left quarter white."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[: size[1] // 2, : size[0] // 2] = 255
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format=form)
    frame.pts, frame.time_base = number, Fraction(1, 25)
    return frame


def shape(frames: list[av.VideoFrame], how: FrameGeometry) -> list[av.VideoFrame]:
    """Return all of a clip's pictures, shaped."""
    shaper = FrameNormalizer(how)
    return [shaped for frame in frames for shaped in shaper.normalize(frame)] + list(shaper.finish())


def test_what_fits_goes_through() -> None:
    """A picture that is as the encoder wants it is not touched."""
    frame = picture()
    assert shape([frame], FrameGeometry()) == [frame]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pictures_are_turned_upright(rotation: int) -> None:
    """A rotation is applied in the direction that the file says."""
    (turned,) = shape([picture()], FrameGeometry(rotation=rotation))
    expected = np.rot90(picture().to_ndarray(format="gray"), rotation // 90)
    assert np.abs(turned.to_ndarray(format="gray").astype(int) - expected).max() <= 2


@pytest.mark.parametrize("form", ["yuv420p10le", "yuv444p", "yuvj420p", "rgb24", "gbrp", "gray"])
def test_every_kind_of_colour_becomes_the_encoders(form: str) -> None:
    """More bits, more colours and the full range end as 4:2:0 with 8 bits, black and white as they were."""
    (shaped,) = shape([picture(form=form)], FrameGeometry())
    assert (shaped.format.name, shaped.width, shaped.height) == ("yuv420p", 64, 48)
    luma = shaped.to_ndarray()[:48]
    assert abs(int(luma[4, 4]) - 235) <= 2
    assert abs(int(luma[40, 60]) - 16) <= 2


def test_odd_sides_are_made_even() -> None:
    """An odd picture gets a row and a column more, and keeps its pixels."""
    (shaped,) = shape([picture(size=(63, 47))], FrameGeometry())
    assert (shaped.width, shaped.height) == (64, 48)


def test_pixels_become_square() -> None:
    """Pixels that are wider than high make a wider picture."""
    (shaped,) = shape([picture()], FrameGeometry(aspect=Fraction(4, 3)))
    assert (shaped.width, shaped.height) == (86, 48)


def test_fields_become_pictures() -> None:
    """Interlaced pictures come out as many as they went in, at their times, though the filter looks ahead."""
    frames = [picture(number=number) for number in range(10)]
    shaped = shape(frames, FrameGeometry(is_interlaced=True))
    times = [Fraction(frame.pts or 0) * Fraction(frame.time_base or 0) for frame in shaped]
    assert times == [Fraction(number, 25) for number in range(10)]


def test_a_clip_may_change_its_size() -> None:
    """Pictures of another size in the same clip are shaped too, and none is lost in between."""
    frames = [picture(size=size, form="yuv444p") for size in ((64, 48), (64, 48), (32, 32))]
    shaped = shape(frames, FrameGeometry(is_interlaced=True))
    assert [(frame.width, frame.height) for frame in shaped] == [(64, 48), (64, 48), (32, 32)]
