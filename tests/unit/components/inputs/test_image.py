"""Uploaded pictures as the generator gets them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradstream.components.inputs.image import ImageInput
from gradstream.components.types import UnusableInputError
from gradstream.format.types import Input
from tests.unit.components.fields import field


def as_field(form: str, **options: str) -> Input:
    """Return an input that hands its picture over in this form."""
    return Input(name="it", kind="image", label="It", options={"as": form, **options})


def saved(folder: Path, image: Image.Image, name: str = "it.png", **options: object) -> dict[str, str]:
    """Save a picture as an upload would be."""
    path = folder / name
    image.save(path, **options)  # type: ignore[arg-type]
    return {"path": str(path), "name": name, "mime": "image/png"}


@pytest.mark.parametrize(("channels", "shape"), [(None, (4, 5, 3)), ("rgba", (4, 5, 4)), ("gray", (4, 5))])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "CMYK", "RGBA", "LA", "I;16"])
def test_arrays_have_the_channels_asked_for(
    tmp_path: Path, mode: str, channels: str | None, shape: tuple[int, ...]
) -> None:
    """Whatever the file has, the array is uint8 with three channels, or with those of `channels`."""
    suffix = "it.jpg" if mode == "CMYK" else "it.png"
    it = as_field("numpy") if channels is None else as_field("numpy", channels=channels)
    array = ImageInput().decode(saved(tmp_path, Image.new(mode, (5, 4)), suffix), it)
    assert (array.shape, array.dtype) == (shape, np.uint8)
    array[0, 0] = 7


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    """A grey picture of 16 bits keeps its brightness."""
    numbers = np.array([[0, 257, 32_896, 65_535]], "<u2")
    plain = saved(tmp_path, Image.frombytes("I;16", (4, 1), numbers.tobytes()))
    assert ImageInput().decode(plain, as_field("numpy", channels="gray")).tolist() == [[0, 1, 128, 255]]
    assert ImageInput().decode(plain, as_field("numpy"))[0, :, 2].tolist() == [0, 1, 128, 255]


@pytest.mark.parametrize("form", ["numpy", "pil"])
def test_transparency(tmp_path: Path, form: str) -> None:
    """Without alpha, hidden colours are black; with it they are there."""
    pixels = np.array([[(0, 255, 0, 0), (255, 0, 0, 255)]], np.uint8)
    plain = saved(tmp_path, Image.fromarray(pixels))
    opaque = np.array(ImageInput().decode(plain, as_field(form)))
    assert opaque.tolist() == [[[0, 0, 0], [255, 0, 0]]]
    assert np.array_equal(np.array(ImageInput().decode(plain, as_field(form, channels="rgba"))), pixels)


def test_pictures_are_upright(tmp_path: Path) -> None:
    """A photo that says it was taken sideways is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    array = ImageInput().decode(
        saved(tmp_path, Image.new("RGB", (5, 4)), "it.jpg", exif=exif), field("image")
    )
    assert array.shape == (5, 4, 3)


def test_other_forms(tmp_path: Path) -> None:
    """`as: pil` gives a Pillow image, `as: path` the path, no picture None."""
    plain = saved(tmp_path, Image.new("P", (5, 4)))
    picture = ImageInput().decode(plain, as_field("pil"))
    assert (picture.mode, picture.size) == ("RGB", (5, 4))
    assert ImageInput().decode(plain, as_field("path")) == plain["path"]
    assert ImageInput().decode(None, field("image")) is None


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_damaged_file_is_the_visitors(tmp_path: Path, content: bytes) -> None:
    """What cannot be read as a picture is told to the visitor."""
    path = tmp_path / "cat.png"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError) as caught:
        ImageInput().decode({"path": str(path), "name": "cat.png", "mime": "image/png"}, field("image"))
    problem = caught.value.problem
    assert (problem.code, problem.message) == ("E-FILE-DAMAGED", "It cannot be read as a picture")
