"""Uploaded pictures as the generator gets them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradstream.components.inputs.image import ImageInput
from gradstream.components.types import UnusableInputError
from gradstream.format.types import Input
from tests.unit.components.fields import field


def as_field(form: str) -> Input:
    """Return an input that hands its picture over in this form."""
    return Input(name="it", kind="image", label="It", options={"as": form})


def saved(folder: Path, image: Image.Image, name: str = "it.png", **options: object) -> dict[str, str]:
    """Save a picture as an upload would be."""
    path = folder / name
    image.save(path, **options)  # type: ignore[arg-type]
    return {"path": str(path), "name": name, "mime": "image/png"}


@pytest.mark.parametrize(
    ("mode", "channels"), [("RGB", 3), ("L", 3), ("1", 3), ("P", 3), ("CMYK", 3), ("RGBA", 4), ("LA", 4)]
)
def test_arrays_are_rgb_and_keep_transparency(tmp_path: Path, mode: str, channels: int) -> None:
    """Whatever the file has, the array is uint8 with three channels, or four where there is transparency."""
    suffix = "it.jpg" if mode == "CMYK" else "it.png"
    array = ImageInput().decode(saved(tmp_path, Image.new(mode, (5, 4)), suffix), field("image"))
    assert (array.shape, array.dtype) == ((4, 5, channels), np.uint8)
    array[0, 0, 0] = 7


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
