"""What numbers of pictures mean: decided once for a stream, and told."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.pictures.scale import NumberScale
from gradstream.media.pictures.types import PictureError

FLOATS = ("e", "f", "d")
TO_LEVELS = "are taken as 0 to 255"


def grey(level: float, kind: str = "d") -> Any:
    """Return a picture of one level, with a black row."""
    picture = np.full((3, 4), level, kind)
    picture[0] = 0
    return picture


def read(*pictures: Any) -> tuple[list[int], list[str]]:
    """Return the last level of each picture of one stream, and what was told."""
    told: list[str] = []
    scale = NumberScale(told.append)
    return [int(scale.levels(picture)[-1, -1]) for picture in pictures], told


@pytest.mark.parametrize("kind", FLOATS)
@pytest.mark.parametrize(
    ("numbers", "levels", "told"),
    [
        ([0.5], [128], None),
        ([0.25, 1.0], [64, 255], None),
        ([0.5, 1.05], [128, 255], "floats from 0 to 1.05 are cut to 0 to 1"),
        ([0.5, 1.5], [128, 255], "floats from 0 to 1.5 are cut to 0 to 1"),
        ([200.0], [200], f"floats from 0 to 200 {TO_LEVELS}"),
        # Whole numbers beyond 1 are levels, however dark.
        ([2.0], [2], f"floats from 0 to 2 {TO_LEVELS}"),
        # A dark picture after a bright one stays dark, and black ones decide nothing.
        ([200.0, 0.5, 1.0], [200, 0, 1], f"floats from 0 to 200 {TO_LEVELS}"),
        ([0.0, 1.0, 3.0, 0.5], [0, 255, 3, 0], f"floats from 0 to 3 {TO_LEVELS}"),
        (
            [0.5, 200.0, 0.5],
            [128, 200, 0],
            f"floats from 0 to 200 {TO_LEVELS}, and those before were taken as 0 to 1: yield one range",
        ),
        ([0.5, -0.2], [128, 0], "floats from -0.2 to 0 are cut to 0 to 1"),
        ([-1.0, 0.0, 1.0], [0, 128, 255], "floats from -1 to 0 are taken as -1 to 1"),
        ([0.5, -0.5], [128, 0], "floats from -0.5 to 0 are cut to 0 to 1"),
        ([np.nan, 0.5], [0, 128], "NaN is shown black, and infinity black or white by its sign"),
        ([np.inf], [255], "NaN is shown black, and infinity black or white by its sign"),
        ([-np.inf], [0], "NaN is shown black, and infinity black or white by its sign"),
    ],
)
def test_floats(kind: str, numbers: list[float], levels: list[int], told: str | None) -> None:
    """Each range has its meaning, which holds for the stream, and is told once."""
    assert read(*(grey(number, kind) for number in numbers)) == (levels, [] if told is None else [told])


@pytest.mark.parametrize(
    ("kind", "numbers", "levels", "is_told"),
    [
        ("?", [1], [255], False),
        ("u1", [200], [200], False),
        *((kind, [200], [200], False) for kind in ("i2", "i4", "i8", "u2", "u4", "u8", ">i4", ">u2")),
        ("i1", [100], [100], False),
        # Sixteen bits, from the first picture beyond 255 on.
        ("u2", [65_535, 32_896, 255], [255, 128, 1], True),
        (">u2", [65_535], [255], True),
    ],
)
def test_integers(kind: str, numbers: list[int], levels: list[int], *, is_told: bool) -> None:
    """Whole numbers are levels of 8 bits; uint16 has 16 bits where it needs them."""
    text = "pictures of 16 bits are shown with 8: each number is divided by 257"
    assert read(*(grey(number, kind) for number in numbers)) == (levels, [text] if is_told else [])


@pytest.mark.parametrize(
    ("array", "found"),
    [
        (grey(300, "i8"), "int64 and shape (3, 4) has numbers from 0 to 300, not from 0 to 255"),
        (grey(70_000, "u4"), "uint32 and shape (3, 4) has numbers from 0 to 70000, not from 0 to 255"),
        (grey(-1, "i2"), "int16 and shape (3, 4) has numbers from -1 to 0, not from 0 to 255"),
        (grey(1e4), "float64 and shape (3, 4) has numbers from 0 to 1e+04, which fit no range of pictures"),
        (grey(-3.0), "float64 and shape (3, 4) has numbers from -3 to 0, which fit no range of pictures"),
        (
            np.array([[-3.0, 3.0]]),
            "float64 and shape (1, 2) has numbers from -3 to 3, which fit no range of pictures",
        ),
    ],
)
def test_numbers_of_no_picture(array: Any, found: str) -> None:
    """What fits no range is refused, with what helps."""
    with pytest.raises(PictureError) as caught:
        NumberScale(pytest.fail).levels(array)
    assert str(caught.value) == f"an array of {found}; yield uint8, or floats from 0 to 1"


@pytest.mark.parametrize("kind", ["O", "D", "U1", "M8[s]", "S3", "V4"])
def test_types_of_no_picture(kind: str) -> None:
    """Arrays of anything but real numbers are refused, by their type."""
    with pytest.raises(PictureError, match=r"does not contain numbers of a picture$"):
        NumberScale(pytest.fail).levels(np.zeros((2, 2), kind))


def test_masked_pixels() -> None:
    """What is masked is black, whatever lies below, and that is told."""
    told: list[str] = []
    masked = np.ma.masked_array(np.full((2, 2), 9, np.uint8), mask=[[True, False], [False, False]])
    assert NumberScale(told.append).levels(masked).tolist() == [[0, 9], [9, 9]]
    assert told == ["masked pixels are shown black"]


def test_without_a_log_what_would_be_told_is_refused() -> None:
    """Nothing is shown otherwise than given in silence."""
    with pytest.raises(PictureError) as caught:
        NumberScale().levels(grey(200.0))
    text = "a picture that cannot be shown as it is (floats from 0 to 200 are taken as 0 to 255)"
    assert str(caught.value) == f"{text}; yield uint8, or floats from 0 to 1"


@given(
    st.lists(st.floats(0, 255, width=32), min_size=1, max_size=12),
    st.sampled_from(FLOATS),
)
def test_brightness_never_jumps_once_it_is_decided(numbers: list[float], kind: str) -> None:
    """After the first picture beyond 2, of floats from 0 to 255, each is shown at its own level."""
    pictures = [grey(number, kind) for number in (200.0, *numbers)]
    levels, told = read(*pictures)
    assert levels == [round(float(picture[-1, -1])) for picture in pictures]
    assert len(told) == 1


def test_nothing_is_shared_with_what_was_read() -> None:
    """Levels are new memory for every type of number."""
    for kind in ("?", "u1", "u2", "i4", "e", "f", "d"):
        array = np.zeros((2, 2), kind)
        assert not np.shares_memory(NumberScale(pytest.fail).levels(array), array)
