"""Pictures of every form, pixel by pixel."""

import io
import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageCms

from gradstream.components.outputs.image import ImageOutput
from gradstream.components.outputs.picture import LONGEST_SIDES, Encoded, Format, Picture, PictureTaker
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output


def shown(value: Any, *, exact: bool = True, **options: Any) -> tuple[str, Any]:
    """Return kind and pixels of a picture as the visitor gets it."""
    store = MemoryStore()
    of = output("image", **options)
    image = ImageOutput()
    told: list[str] = []
    image.compress(image.snapshots(of, told.append)(value), of, store, exact=exact, warn=None)
    ((data, mime),) = store.kept
    with Image.open(io.BytesIO(data)) as opened:
        return mime, np.array(opened)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from([3, 4]))))
def test_exact_is_exact(pixels: Any) -> None:
    """Every pixel of an 8-bit picture comes back, those under full transparency too."""
    mime, got = shown(pixels)
    assert mime == "image/webp"
    if pixels.shape[2] == 4 and got.shape[2] == 3:
        # WebP leaves out an alpha channel that hides nothing.
        assert (pixels[:, :, 3] == 255).all()
        pixels = pixels[:, :, :3]
    assert np.array_equal(got, pixels)


@pytest.mark.parametrize(
    ("pixels", "grey"),
    [
        (np.array([[0.0, 0.5], [1.0, 2.0]]), [[0, 128], [255, 255]]),
        (np.array([[-1.0, np.nan], [np.inf, 0.1]]), [[0, 0], [255, 140]]),
        (np.array([[0.25, 1.0]], np.float16), [[64, 255]]),
        (np.array([[True, False]]), [[255, 0]]),
        (np.array([[0, 255]], np.int64), [[0, 255]]),
        (np.array([[[7], [8]]], np.uint8), [[7, 8]]),
        (np.arange(12, dtype=np.uint8).reshape(3, 4)[::2, ::-1], [[3, 2, 1, 0], [11, 10, 9, 8]]),
    ],
)
def test_arrays_of_other_types(pixels: Any, grey: list[list[int]]) -> None:
    """Floats are 0..1 and cut to it, NaN is black, booleans are black and white, one channel is grey."""
    _, got = shown(pixels)
    assert got[:, :, 0].tolist() == grey


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV"])
def test_pillow_images(mode: str) -> None:
    """Pillow's images are shown in every mode of 8 bits."""
    _, got = shown(Image.new(mode, (5, 4)))
    assert got.shape[:2] == (4, 5)


def test_anything_with_an_array_in_it() -> None:
    """Tensors and their like are asked for their array."""

    class Tensor:
        def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
            return np.full((2, 3), 9, np.uint8)

    _, got = shown(Tensor())
    assert got.shape[:2] == (2, 3)


@pytest.mark.parametrize(
    ("options", "alpha", "exact", "mime"),
    [
        ({}, False, False, "image/jpeg"),
        ({}, False, True, "image/webp"),
        ({}, True, False, "image/webp"),
        ({"format": "png"}, False, False, "image/png"),
        ({"format": "jpeg"}, False, True, "image/jpeg"),
        ({"format": "jpeg"}, True, True, "image/webp"),
        ({"format": "webp"}, False, False, "image/webp"),
    ],
)
def test_the_format(*, options: dict[str, str], alpha: bool, exact: bool, mime: str) -> None:
    """Fast is JPEG, exact is WebP, the YAML may say otherwise, and alpha is never lost."""
    pixels = np.full((4, 4, 4 if alpha else 3), 9, np.uint8)
    assert shown(pixels, exact=exact, **options)[0] == mime
    lossy = ImageOutput().is_lossy(PictureTaker().take(pixels), output("image", **options))
    assert lossy is (not options and not alpha)


def test_a_picture_too_long_for_webp_is_png() -> None:
    """WebP has its limits; what is exact stays exact."""
    pixels = np.zeros((1, LONGEST_SIDES["webp"] + 1), np.uint8)
    mime, got = shown(pixels)
    assert (mime, got.shape) == ("image/png", pixels.shape)


@pytest.mark.parametrize(
    ("kind", "mime"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif")],
)
def test_files_that_browsers_show_go_as_they_are(tmp_path: Path, kind: str, mime: str) -> None:
    """A picture's file or bytes are not encoded again."""
    path = tmp_path / "it"
    Image.new("RGB", (5, 4)).save(path, kind)
    data = path.read_bytes()
    for value in (path, str(path), data, bytearray(data), io.BytesIO(data)):
        assert PictureTaker().take(value) == Encoded(data=path.read_bytes(), mime=mime, width=5, height=4)


def test_files_that_browsers_do_not_show_are_encoded(tmp_path: Path) -> None:
    """Other formats are read and encoded."""
    path = tmp_path / "it.bmp"
    Image.new("RGB", (5, 4)).save(path)
    assert isinstance(PictureTaker().take(path), Picture)


def test_a_snapshot_is_a_copy() -> None:
    """The generator may go on drawing into its array or image."""
    pixels = np.zeros((2, 2), np.uint8)
    image = Image.new("L", (2, 2))
    copies = [PictureTaker().take(pixels), PictureTaker().take(image)]
    pixels[:] = 255
    image.putpixel((0, 0), 255)
    for copy in copies:
        assert isinstance(copy, Picture)
        assert not np.array(copy.image).any()


THREADS = 8


@pytest.mark.parametrize(
    "pixels",
    [
        *(np.linspace(-0.2, 1.2, 90_000).reshape(150, 200, 3).astype(kind) for kind in "efd"),
        np.linspace(0, 1, 30_000).reshape(100, 300),
        np.linspace(0, 1, 120_000).reshape(150, 200, 4),
        np.arange(90_000).astype(np.uint8).reshape(150, 200, 3),
        np.arange(30_000).reshape(150, 200) % 3 == 0,
        Image.effect_mandelbrot((200, 150), (-2, -1, 1, 1), 50),
        Image.linear_gradient("L").convert("RGB"),
    ],
    ids=lambda pixels: f"{getattr(pixels, 'dtype', 'PIL')} {getattr(pixels, 'shape', '')}",
)
def test_threads_share_a_snapshot(pixels: Any) -> None:
    """Threads that encode one snapshot at once, in all formats, each get what a thread alone gets."""
    told: list[str] = []
    taker = PictureTaker(told.append)
    alone, shared = taker.take(pixels), taker.take(pixels)
    assert isinstance(alone, Picture)
    assert isinstance(shared, Picture)
    formats: list[Format] = ["jpeg", "webp", "png", "webp"] * (THREADS // 4)
    expected = [alone.encode(wanted) for wanted in formats]
    start = threading.Barrier(THREADS)

    def encode(wanted: Format) -> Encoded:
        start.wait()
        return shared.encode(wanted)

    with ThreadPoolExecutor(THREADS) as encoders:
        assert list(encoders.map(encode, formats)) == expected


ACCEPTED = (
    "; accepted are arrays of shape (height, width) or (height, width, 1, 3 or 4) with uint8, bool, or "
    "floats in 0..1; PIL images; paths, bytes and buffers of picture files"
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            np.zeros((3, 4, 5)),
            (
                "an array of float64 and shape (3, 4, 5) is not a picture: its channels come first; "
                "put them last with transpose(1, 2, 0)"
            ),
        ),
        (
            np.zeros((2, 2), complex),
            "an array of complex128 and shape (2, 2) does not contain numbers of a picture",
        ),
        (b"GIF9", "4 bytes that are not a picture file"),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "the text is the source of an SVG, which an output of type html shows",
        ),
        (
            "iVBORw0KGgo" + "A" * 80,
            "the text is a picture in base64, and not a path: yield base64.b64decode(text)",
        ),
        ("data:image/png;base64,!", "a data URL whose base64 is damaged"),
        (Path("/nowhere/cat.png"), "the picture cat.png cannot be read: No such file or directory"),
        (3, "int is not a picture"),
        (
            Image.new("LAB", (2, 2)),
            "a PIL image of mode LAB; convert it first: image.convert('RGB'), or PIL.ImageCms",
        ),
    ],
)
def test_what_is_no_picture(value: Any, text: str) -> None:
    """The words name shape or type, and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        PictureTaker(pytest.fail).take(value)
    assert str(caught.value) == text + ACCEPTED


@pytest.mark.parametrize(
    ("pixels", "wanted", "mime", "told"),
    [
        (
            np.zeros((1, 16_384)),
            "webp",
            "image/png",
            ["a picture with 16384 pixels a side is sent as png: webp cannot hold it"],
        ),
        (
            np.zeros((65_501, 1)),
            "jpeg",
            "image/png",
            ["a picture with 65501 pixels a side is sent as png: jpeg cannot hold it"],
        ),
        (
            np.full((2, 2, 4), 0.5),
            "jpeg",
            "image/webp",
            ["a picture with an alpha channel is sent as webp: jpeg cannot hold it"],
        ),
        (np.zeros((1, 16_384)), None, "image/jpeg", []),
        (np.zeros((65_501, 1)), None, "image/png", []),
        (np.full((2, 2, 4), 0.5), "webp", "image/webp", []),
    ],
)
def test_what_a_format_cannot_hold(pixels: Any, wanted: Format | None, mime: str, told: list[str]) -> None:
    """Another format is used; once that is told, if the YAML asked for the first."""
    of = output("image", **({} if wanted is None else {"format": wanted}))
    heard: list[str] = []
    store = MemoryStore()
    take = ImageOutput().snapshots(of, heard.append)
    for _ in range(2):
        ImageOutput().compress(take(pixels), of, store, exact=False, warn=None)
    assert {kept for _, kept in store.kept} == {mime}
    assert heard == told


def test_files_that_are_turned_have_their_sides_as_shown(tmp_path: Path) -> None:
    """A file goes as it is, with the sides that browsers give it; as a PIL image it is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (5, 4)).save(tmp_path / "it.jpg", exif=exif)
    taken = PictureTaker().take(tmp_path / "it.jpg")
    assert isinstance(taken, Encoded)
    assert (taken.width, taken.height) == (4, 5)
    with Image.open(tmp_path / "it.jpg") as image:
        assert shown(image)[1].shape[:2] == (5, 4)


def written(kind: str, *more: Image.Image, **options: Any) -> bytes:
    """Return a file of noise, which cannot be compressed to nothing, with more pictures behind it."""
    noise = np.random.default_rng(5).integers(0, 256, (40, 30, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    if more:
        options |= {"save_all": True, "append_images": list(more)}
    Image.fromarray(noise).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
def test_a_file_that_is_cut_is_told(kind: str) -> None:
    """What browsers would show in part is logged or refused, and nothing else is raised."""
    data = written(kind, exif=b"") if kind == "JPEG" else written(kind)
    told: list[str] = []
    PictureTaker(told.append).take(data + b"a trailer" if kind == "JPEG" else data)
    assert told == []
    for end in (len(data) // 2, len(data) - 40, 60):
        words, log = "", list[str]()
        try:
            PictureTaker(log.append).take(data[:end])
        except UnusableYieldError as error:
            words = str(error)
        assert "cannot be read" in words or "not a picture file" in words or "not complete" in "".join(log)


@pytest.mark.parametrize("kind", ["TIFF", "AVIF"])
def test_pictures_behind_the_first_are_told(kind: str) -> None:
    """A file that is sent as one picture and has more says so, and an animation is sent as it is."""
    other = Image.new("RGB", (30, 40))
    told: list[str] = []
    PictureTaker(told.append).take(written(kind, other, other))
    (line,) = told
    assert line.startswith("a file with 3 pictures, of which the first is shown; yield them one by one")
    told.clear()
    taken = PictureTaker(told.append).take(written("GIF", other, other))
    assert isinstance(taken, Encoded)
    assert told == []


def test_an_image_that_cannot_be_read_is_refused() -> None:
    """One that was closed, or whose file is cut, is said to be that."""
    closed = Image.open(io.BytesIO(written("PNG")))
    closed.close()
    for image in (closed, Image.open(io.BytesIO(written("JPEG")[:-400]))):
        with pytest.raises(UnusableYieldError, match="a PIL image that cannot be read"):
            PictureTaker(lambda _: None).take(image)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colors_of_a_profile_are_those_of_the_file(mode: str) -> None:
    """An image with a profile is converted: here one in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    names = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    other = b"".join(
        names.get(profile[at : at + 4], profile[at : at + 4]) for at in range(0, len(profile), 4)
    ).replace("sRGB".encode("utf-16-be"), "odd ".encode("utf-16-be"))
    red = Image.new(mode, (2, 2), (255, 0, 0))
    told: list[str] = []
    for used, expected in ((profile, (255, 0, 0)), (other, (0, 255, 0)), (b"none at all", (255, 0, 0))):
        red.info["icc_profile"] = used
        shown_as = PictureTaker(told.append).take(red)
        assert isinstance(shown_as, Picture)
        assert shown_as.image.mode == mode
        got = shown_as.image.getpixel((0, 0))
        assert isinstance(got, tuple)
        assert np.allclose(got[:3], expected, atol=2)
    assert [line[:51] for line in told] == ["the color profile of a picture cannot be used, and "]


@pytest.mark.parametrize("text", ["data:image/png;base64,{}", "data:image/png;charset=x;base64,{}"])
def test_a_data_url_is_its_picture(text: str) -> None:
    """The bytes of a data URL are sent as those of a file."""
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(buffer, "PNG")
    taken = PictureTaker().take(text.format(b64encode(buffer.getvalue()).decode()))
    assert isinstance(taken, Encoded)
    assert (taken.data, taken.mime, taken.width, taken.height) == (buffer.getvalue(), "image/png", 3, 2)


def test_a_long_name_is_cut_in_the_message() -> None:
    """A text that is no path is not repeated as a whole."""
    with pytest.raises(UnusableYieldError) as refused:
        PictureTaker().take("x" * 5000)
    assert len(str(refused.value)) < 500
