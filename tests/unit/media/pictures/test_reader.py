"""Pictures of every kind by one road: for the output `image`, and as frames of a video."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from gradstream.media.pictures.reader import PictureReader
from gradstream.media.pictures.types import PictureError

COLOR = (200, 60, 60)
GREY = 102
"""What Pillow makes of it, in `L`."""

GREYS = ("L", "LA", "La", "I", "F")
MODES = (*GREYS, "1", "P", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "HSV", "PA", "RGBa")


def in_mode(mode: str) -> Image.Image:
    """Return a picture of one colour in this mode."""
    image = Image.new("RGB", (6, 4), COLOR)
    if mode == "1":
        return image.convert(mode)
    if mode in {"P", "PA"}:
        return image.convert("P", palette=Image.Palette.ADAPTIVE).convert(mode)
    through = {"LA": "LA", "La": "LA", "RGBa": "RGBA"}.get(mode)
    return image.convert(through).convert(mode) if through else image.convert(mode)


@pytest.mark.parametrize("mode", MODES)
def test_pillow_is_the_same_in_a_picture_and_in_a_frame(mode: str) -> None:
    """Every mode gives its colour, by both roads and in lists too; palettes never give their numbers."""
    told: list[str] = []
    picture = PictureReader(told.append).picture(in_mode(mode))
    (frame,) = PictureReader(told.append).frames(in_mode(mode))
    two = PictureReader(told.append).frames([in_mode(mode), in_mode("RGB")])
    assert np.array_equal(two[0], frame)
    channels = picture.shape[2] if picture.ndim == 3 else 1
    colored = picture[..., : min(channels, 3)] if channels > 1 else np.repeat(picture[:, :, None], 3, axis=2)
    assert np.array_equal(frame, colored)
    if mode != "1":
        assert np.abs(frame.astype(int) - (GREY if mode in GREYS else COLOR)).max() <= 2
    assert {text.split(" are ")[-1] for text in told} == ({"taken as 0 to 255"} if mode == "F" else set())


@pytest.mark.parametrize("mode", ["I;16", "I;16L", "I;16B"])
def test_sixteen_bits(mode: str) -> None:
    """Pictures of 16 bits are scaled, in every byte order, even dark ones."""
    numbers = np.array([200, 65_535], ">u2" if mode == "I;16B" else "<u2")
    told: list[str] = []
    picture = PictureReader(told.append).picture(Image.frombytes(mode, (2, 1), numbers.tobytes()))
    assert picture.tolist() == [[1, 255]]
    assert told == ["pictures of 16 bits are shown with 8: each number is divided by 257"]


def test_alpha_is_kept_in_a_picture_and_black_in_a_frame() -> None:
    """One rule for arrays, Pillow's images and their palettes: hidden colours never appear in a frame."""
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[:, 0] = (0, 255, 0, 0)
    pixels[:, 1] = (255, 0, 0, 255)
    image = Image.fromarray(pixels)
    palette = image.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    for value in (pixels, image, palette, pixels / 255, image.convert("RGBa")):
        picture = PictureReader().picture(value)
        assert picture[:, :, 3].tolist() == [[0, 255], [0, 255]]
        (frame,) = PictureReader().frames(value)
        assert frame[0].tolist() == [[0, 0, 0], [255, 0, 0]]


@pytest.mark.parametrize("turn", range(1, 9))
def test_opened_files_are_turned(tmp_path: Path, turn: int) -> None:
    """An image as it was opened is turned as Pillow itself would; one made in memory is taken as it is."""
    exif = Image.Exif()
    exif[0x0112] = turn
    pixels = np.arange(6 * 4 * 3, dtype=np.uint8).reshape(4, 6, 3)
    Image.fromarray(pixels).save(tmp_path / "it.png", exif=exif)
    with Image.open(tmp_path / "it.png") as image:
        expected = np.array(ImageOps.exif_transpose(image))
        assert np.array_equal(PictureReader().picture(image), expected)
        assert np.array_equal(PictureReader().picture(image.convert("RGB")), pixels)


class Tensor:
    """A tensor with a gradient, on another device."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def detach(self) -> "Tensor":
        """Return one without a gradient."""
        return Tensor(self.array)

    def cpu(self) -> "Tensor":
        """Return one on this device."""
        return self

    def numpy(self) -> Any:
        """Return its array."""
        return self.array

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        """Raise: as torch does for a tensor with a gradient."""
        raise RuntimeError("call detach() first")


def test_tensors() -> None:
    """A tensor is read wherever it is."""
    assert PictureReader().picture(Tensor(np.full((2, 2), 9, np.uint8))).tolist() == [[9, 9], [9, 9]]
    assert PictureReader().frames(Tensor(np.full((5, 2, 2, 1), 9, np.uint8))).shape == (5, 2, 2, 3)


BATCH = (
    "put them last with transpose(0, 2, 3, 1), and yield one of them, such as array.transpose(0, 2, 3, 1)[0]"
)


@pytest.mark.parametrize(
    ("shape", "of_a_picture", "of_frames"),
    [
        ((4, 5), None, None),
        ((4, 5, 1), None, None),
        ((4, 5, 3), None, None),
        ((4, 5, 4), None, None),
        ((2, 4, 5, 3), "it is a batch of pictures; yield one of them, such as array[0]", None),
        (
            (10, 3, 48, 64),
            f"it is a batch of pictures, and their channels come first; {BATCH}",
            "its channels come before height and width; put them last with transpose(0, 2, 3, 1)",
        ),
        ((3, 48, 64), "its channels come first; put them last with transpose(1, 2, 0)", ...),
        (
            (10, 48, 64),
            "it has 64 channels; choose 1, 3 or 4 of them",
            "pictures in grey need a last dimension for their channel: array[..., None]",
        ),
        ((4, 5, 2), "two channels are neither grey nor RGB; choose one of them, such as array[:, :, 0]", ...),
        ((7, 7, 7, 7), "it has 7 channels; pictures have 1, 3 or 4", ...),
        ((2, 2, 4, 5, 3), "it has 5 dimensions; yield a part of it, such as array[0]", ...),
        ((5,), "it has 1 dimension; a picture has height and width", ...),
        ((), "it has no dimension; a picture has height and width", ...),
        ((0, 5), "it is empty", None),
        ((1, 65_536), "browsers show at most 65535 pixels a side", ...),
    ],
)
def test_shapes(shape: tuple[int, ...], of_a_picture: str | None, of_frames: Any) -> None:
    """Words fit the dimensions; what they advise is accepted by the same reader."""
    array = np.full(shape, 2, np.uint8)
    reader = PictureReader(pytest.fail)
    for read, expected in (
        (reader.picture, of_a_picture),
        (reader.frames, of_a_picture if of_frames is ... else of_frames),
    ):
        if expected is None:
            assert read(array).dtype == np.uint8
            continue
        with pytest.raises(PictureError) as caught:
            read(array)
        is_large = max(shape, default=0) > 65_535
        found = "a picture of 1 by 65536, which" if is_large else f"an array of uint8 and shape {shape}"
        assert str(caught.value).startswith(f"{found} is")
        assert str(caught.value).endswith(expected)


def test_pictures_of_several_sizes() -> None:
    """A list that is no array is refused with words."""
    with pytest.raises(PictureError, match=r"^a list of pictures of several sizes cannot be shown"):
        PictureReader().frames([Image.new("RGB", (4, 4)), Image.new("RGB", (5, 4))])
    with pytest.raises(PictureError, match=r"^a value of type list that is not an array of pictures"):
        PictureReader().frames([[1, 2], [3]])
