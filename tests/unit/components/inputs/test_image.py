"""Uploaded pictures as the generator gets them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from gradstream import authoring
from gradstream.components.inputs.image import ImageInput
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from tests.unit.components.fields import field
from tests.unit.components.runs import RunFolder


def as_field(form: str, **options: str) -> Input:
    """Return an input that hands its picture over in this form."""
    return Input(name="it", kind="image", label="It", options={"as": form, **options})


def masked() -> Input:
    """Return an input that takes a mask."""
    return Input(name="it", kind="image", label="It", options={"mask": True})


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


def with_mask(folder: Path, mask: Image.Image | None, *, size: tuple[int, int] = (4, 2)) -> dict[str, Any]:
    """Save a picture of this size, and a mask on it, as uploads would be."""
    picture = saved(folder, Image.new("RGB", size, (1, 2, 3)))
    return picture if mask is None else {**picture, "mask": saved(folder, mask, "mask.png")}


def a_mask(*painted: tuple[int, int], size: tuple[int, int] = (4, 2)) -> Image.Image:
    """Return a mask that is painted at these pixels, on black."""
    mask = Image.new("RGB", size)
    for place in painted:
        mask.putpixel(place, (255, 255, 255))
    return mask


@pytest.mark.parametrize("form", ["numpy", "pil", "path"])
def test_a_mask_is_as_large_as_its_picture(tmp_path: Path, form: str) -> None:
    """The function gets both in the form that it asks for, 255 where the mask was painted."""
    plain = with_mask(tmp_path, a_mask((1, 0), (3, 1)))
    leave = authoring.enter(RunFolder(tmp_path / "run"))
    try:
        value = ImageInput().decode(plain, replace(masked(), options={"as": form, "mask": True}))
    finally:
        leave()
    opened = {key: Image.open(each) if form == "path" else each for key, each in value.items()}
    assert list(opened) == ["image", "mask"]
    assert np.array(opened["image"]).shape == (2, 4, 3)
    assert np.array(opened["mask"]).tolist() == [[0, 255, 0, 0], [0, 0, 0, 255]]


def test_a_picture_on_which_nothing_was_painted_has_an_empty_mask(tmp_path: Path) -> None:
    """Functions need not ask whether there is a mask."""
    value = ImageInput().decode(with_mask(tmp_path, None), masked())
    assert value["mask"].tolist() == [[0] * 4] * 2
    assert ImageInput().decode(None, masked()) is None


def test_the_soft_edges_of_a_stroke_are_in_or_out(tmp_path: Path) -> None:
    """From the middle grey on a pixel is painted."""
    mask = Image.fromarray(np.array([[0, 127, 128, 255], [0] * 4], np.uint8))
    assert ImageInput().decode(with_mask(tmp_path, mask), masked())["mask"][0].tolist() == [0, 0, 255, 255]


def test_a_smaller_mask_is_enlarged(tmp_path: Path) -> None:
    """A phone paints on a smaller canvas than its pictures are."""
    plain = with_mask(tmp_path, a_mask((1, 0), size=(2, 1)))
    assert ImageInput().decode(plain, masked())["mask"].tolist() == [[0, 0, 255, 255]] * 2


@pytest.mark.parametrize("size", [(2, 4), (8, 4), (4, 4)])
def test_a_mask_of_another_shape_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    """Nobody can know which part of the picture was meant."""
    with pytest.raises(UnusableInputError) as refused:
        ImageInput().decode(with_mask(tmp_path, a_mask(size=size)), masked())
    assert refused.value.problem == InvalidValue(
        code="E-FILE-SIZE",
        message="The mask of It has another shape than the picture",
        expected="a mask of 4 x 2 pixels, or a smaller one of the same shape",
        found=f"{size[0]} x {size[1]}",
        repair="paint the mask on this picture",
    )


def test_a_mask_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    """The visitor is told which of the two files is damaged."""
    plain = with_mask(tmp_path, a_mask())
    Path(plain["mask"]["path"]).write_bytes(b"no picture")
    with pytest.raises(UnusableInputError) as refused:
        ImageInput().decode(plain, masked())
    assert refused.value.problem.message == "It cannot be read as a mask"


def test_a_mask_where_none_is_asked_for_is_refused() -> None:
    """A request with it is told so, and the schema of the value does not have it."""
    upload = Upload(path="/x", name="x.png", mime="image/png", size=1)
    given = {"file": upload, "mask": upload}
    found = ImageInput().check(given, as_field("numpy"))
    assert isinstance(found, InvalidValue)
    assert found.message == "It takes a picture without a mask"
    assert list(ImageInput().value_schema(as_field("numpy"))["properties"]) == ["file"]
    assert list(ImageInput().value_schema(masked())["properties"]) == ["file", "mask"]
    there = {"path": "/x", "name": "x.png", "mime": "image/png"}
    assert ImageInput().check(given, masked()) == {**there, "mask": there}
    assert ImageInput().check({"file": upload, "mask": None}, masked()) == there
