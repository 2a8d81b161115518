"""An alpha channel has a range of its own, and hides a picture only with a word."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradstream.media.pictures.reader import PictureReader
from gradstream.media.pictures.types import PictureError


def with_alpha(colors: Any, alpha: Any) -> Any:
    """Return a picture of 2 by 2 pixels in the type of the colours."""
    picture = np.empty((2, 2, 4), np.asarray(colors).dtype)
    picture[..., :3], picture[..., 3] = colors, alpha
    return picture


@pytest.mark.parametrize(
    ("picture", "opaque"),
    [
        (with_alpha(np.float32(0.5), 1.0), 255),
        (with_alpha(np.float32(0.5), 0.5), 128),
        (with_alpha(np.float32(200.0), 1.0), 255),
        (with_alpha(np.float32(200.0), 255.0), 255),
        (with_alpha(np.float32(0.5), 255.0), 255),
        (with_alpha(np.float64(-0.5), -1.0), 0),
        (with_alpha(np.float64(-0.5), 1.0), 255),
        (with_alpha(np.uint8(9), 128), 128),
        (with_alpha(np.uint16(40_000), 65_535), 255),
        (with_alpha(np.uint16(40_000), 255), 255),
        (with_alpha(np.bool_(True), True), 255),  # noqa: FBT003 (NumPy's signature)
        (with_alpha(np.int64(9), 255), 255),
    ],
)
def test_its_range_is_its_own(picture: Any, opaque: int) -> None:
    """What is opaque does not depend on the colours' range, nor their range on it."""
    told: list[str] = []
    shown = PictureReader(told.append).picture(picture)
    alone = PictureReader(told.append).picture(np.ascontiguousarray(picture[..., :3]))
    assert (shown[..., 3] == opaque).all()
    assert np.array_equal(shown[..., :3], alone)


@pytest.mark.parametrize(
    "picture",
    [
        with_alpha(np.uint8(200), 0),
        with_alpha(np.uint8(200), 1),
        with_alpha(np.float32(0.5), 0.0),
        with_alpha(np.float32(0.5), np.nan),
        Image.new("RGBA", (2, 2), (200, 200, 200, 0)),
        Image.new("LA", (2, 2), (200, 0)),
    ],
    ids=["0", "mask", "float", "nan", "RGBA", "LA"],
)
def test_a_hidden_picture_is_told(picture: Any) -> None:
    """A picture of which nothing can be seen has a line in the log, for `image` and `video` alike."""
    for road in ("picture", "frames"):
        told: list[str] = []
        getattr(PictureReader(told.append), road)(picture)
        assert [line for line in told if line.startswith("nothing of a picture can be seen")] == told[-1:]


def test_what_is_no_alpha_channel() -> None:
    """Numbers that no alpha channel has are refused with their range."""
    for alpha, kind in ((-3.0, np.float64), (1000.0, np.float64), (-1, np.int16), (300, np.int32)):
        with pytest.raises(PictureError, match=r"alpha channel has numbers from"):
            PictureReader(pytest.fail).picture(with_alpha(kind(0), alpha))
