"""Whatever a generator yields as sound, picture or video is shown as its numbers say, or refused in words."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from gradstream.media.audio.array_scale import ArrayScales
from gradstream.media.audio.from_array import array_blocks, shape_of
from gradstream.media.pictures.reader import PictureReader
from gradstream.media.pictures.types import PictureError
from gradstream.media.snapshot import snapshot_audio, snapshot_video
from gradstream.media.types import ChunkError

KINDS = (
    *("b1", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", "i8", "u8"),
    *("<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "g", "F", "D", "O", "U3", "S3", "V3", "M8[s]", "m8[s]"),
)
QUIET, HEARD = 2.0**-11, 2.0**-12
SIDES = st.sampled_from([0, 1, 2, 3, 4, 5, 6])


def unheard(_: str) -> None:
    """Receive what is logged."""


class Raising:
    """A tensor whose own code raises what no library does."""

    def __init__(self, error: type[Exception]) -> None:
        self._error = error

    def __array__(self, *_: Any, **__: Any) -> Any:
        """Raise."""
        raise self._error("no array")


class OddPath(PurePosixPath):
    """A path of which the system cannot be told."""

    def __fspath__(self) -> Any:
        """Return bytes that are no UTF-8."""
        return b"\xff\xfe.wav"


ODD: list[Any] = [
    *(Raising(error) for error in (TypeError, ValueError, KeyError, AttributeError, OSError, MemoryError)),
    *(None, True, 5, 2**70, 1.5, float("nan"), 1j, "", "x", "a\0b", "\ud800", b"", b"x", bytearray(b"xyz")),
    *(memoryview(b"abcd"), memoryview(b"abcd").cast("h"), range(5), {0.1}, {"audio": 5}, {}, object(), print),
    *([], [None], [[0.1], [0.1, 0.2]], [True, False], [2**70], ["a"], [0, 0.5, -1], (), (1,), (1, 2, 3)),
    *(np.float32(0.5), np.array(0.5), np.ma.masked, np.ma.array([0.1, 0.2], mask=[True, False])),
    *(io.BytesIO(b""), io.BytesIO(b"RIFF"), Fraction(1, 3), OddPath("x")),
    *(Image.new(mode, (3, 2)) for mode in ("1", "L", "P", "RGBA", "CMYK", "LAB", "I", "F", "I;16")),
]

RATES: list[Any] = [24_000, 24_000.0, np.int16(24_000), np.array(8_000), 0, -1, 7, 2**70, 1e300]
RATES += [float("nan"), float("inf"), True, None, "24000", Fraction(48_000, 2), [24_000], np.array([8_000])]


@st.composite
def numbers(draw: st.DrawFn, least: int, most: int) -> Any:
    """Return an array of any type, shape and layout in memory: strided, reversed, read-only, masked."""
    kind = draw(st.sampled_from(KINDS))
    shape = tuple(draw(st.lists(SIDES, min_size=least, max_size=most)))
    if np.dtype(kind).kind == "f":
        scale = draw(st.sampled_from([1e-310, 1e-6, 0.5, 1.0, 3.0, 255.0, 32_767.0, 1e300]))
        with np.errstate(over="ignore", under="ignore"):
            shares = draw(arrays.arrays("f8", shape, elements=st.floats(-1, 1)))
            found = (shares * scale).astype(kind)
    elif kind == "O":
        found = np.full(shape, draw(st.sampled_from([None, 0.5, "x", 2**70])), object)
    elif kind == "V3":
        found = np.zeros(shape, kind)
    else:
        found = draw(arrays.arrays(kind, shape))
    match draw(st.sampled_from(["as is", "reversed", "strided", "fortran", "read-only", "masked"])):
        case "reversed":
            return found[::-1] if found.ndim else found
        case "strided":
            return found[::2] if found.ndim else found
        case "fortran":
            return np.asfortranarray(found)
        case "read-only":
            found.flags.writeable = False
            return found
        case "masked" if kind != "V3":
            return np.ma.masked_array(found, mask=np.full(found.shape, draw(st.booleans())))
        case _:
            return found


def heard(value: Any) -> tuple[Any, list[str]] | None:
    """Return the samples of a stream of one chunk, and its log; None for nothing. Raises ChunkError."""
    chunk = snapshot_audio(value, number=1)
    if chunk is None or chunk.samples is None:
        return None
    log: list[str] = []
    scales = ArrayScales(warn=log.append)
    scale = scales.of(chunk.samples, number=1)
    blocks = list(array_blocks(chunk, shape_of(chunk.samples, number=1), scale))
    scales.finish()
    return np.concatenate([block.samples for block in blocks], axis=1), log


@settings(deadline=None)
@given(rate=st.sampled_from(RATES[:4]), array=numbers(1, 3))
def test_sound_is_its_numbers_or_is_told(rate: Any, array: Any) -> None:
    """What is heard is in proportion to the numbers; what is clipped or almost silent has a line."""
    try:
        found = heard((rate, array))
    except ChunkError:
        return
    if found is None:
        assert array.size == 0
        return
    samples, log = found
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1
    plain = np.asarray(array, np.float64).reshape(-1)
    middle = 0.0 if array.dtype.kind != "u" else 2.0 ** (8 * array.dtype.itemsize - 1)
    loudest = float(np.abs(plain - middle).max())
    assert samples.size == plain.size
    if loudest > 0 and np.abs(samples).max() < HEARD:
        assert log, "silence without a word"
    if array.dtype.kind == "f" and loudest > 1.01:
        assert log, "clipped, or read as another scale, without a word"


@pytest.mark.parametrize("rate", RATES, ids=repr)
def test_odd_rates(rate: Any) -> None:
    """A rate is a whole number within bounds, of whatever library, or refused in words."""
    chunk, words = None, ""
    try:
        chunk = snapshot_audio((rate, np.zeros(4)), number=1)
    except ChunkError as error:
        words = str(error)
    assert "rate" in words or "Hz" in words or (chunk is not None and chunk.rate_hz in {24_000, 8_000})


ROADS: list[Callable[[Any], Any]] = [
    heard,
    lambda value: snapshot_video(value, number=1, reader=PictureReader(unheard)),
    PictureReader(unheard).picture,
]


@pytest.mark.parametrize("road", ROADS, ids=["audio", "video", "image"])
@pytest.mark.parametrize("value", ODD, ids=lambda value: f"{type(value).__name__}")
def test_odd_values(value: Any, road: Callable[[Any], Any]) -> None:
    """Alone, with a rate, in a list, in a mapping: a chunk, nothing, or words; no other exception."""
    for odd in (value, (24_000, value), [value], {"audio": value, "sampling_rate": 24_000}):
        words = "none needed"
        try:
            road(odd)
        except (ChunkError, PictureError) as error:
            words = str(error)
        assert words


@settings(deadline=None)
@given(array=numbers(2, 4))
def test_pictures_are_their_numbers_or_are_told(array: Any) -> None:
    """Levels grow with the numbers, alike for `image` and `video`; what is cut or hidden has a line."""
    told: list[str] = []
    try:
        shown = PictureReader(told.append).picture(array)
    except PictureError:
        return
    colors = shown[..., :3] if shown.ndim == 3 else shown
    plain = np.ma.filled(np.ma.asarray(array), 0)[..., :3] if array.ndim == 3 else np.ma.filled(array, 0)
    plain = np.asarray(plain, np.float64).reshape(-1)
    order = np.argsort(plain, kind="stable")
    assert (np.diff(colors.reshape(-1)[order].astype(int)) >= 0).all(), "a brighter number is darker"
    if shown.ndim == 3 and shown.shape[2] == 4 and shown[..., 3].max() <= 1:
        assert any("nothing of a picture can be seen" in line for line in told)
    if array.dtype.kind == "f" and plain.size and (plain.max() > 1.01 or plain.min() < -0.01):
        assert told, "cut, or read as another range, without a word"
    (frame,) = PictureReader(unheard).frames(array)
    if shown.ndim == 2:
        assert np.array_equal(frame[..., 0], shown)
    elif shown.shape[2] == 3:
        assert np.array_equal(frame, shown)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (
            b"abcd",
            "a value of type bytes: say what they are, as with numpy.frombuffer(chunk, 'int16')",
        ),
        (memoryview(b"abcd"), "a rate and a value of type memoryview: say what they are"),
        (range(5), "a rate and a value of type range, which is not an array: yield (sample_rate, array)"),
        (None, "a rate and a value of type NoneType, which is not an array"),
        (np.ma.array([0.1, 0.2], mask=[True, False]), "an array with masked samples: fill them first"),
    ],
)
def test_what_a_rate_stands_beside(second: Any, words: str) -> None:
    """Bytes beside a rate are not taken for 8-bit sound, and what is masked is not heard."""
    with pytest.raises(ChunkError) as caught:
        heard((24_000, second))
    assert words in str(caught.value)


def test_almost_silent_sound_is_told() -> None:
    """A stream whose loudest number is hardly heard has a line at its end, and a quiet one has none."""
    tone = np.sin(np.arange(500) / 10)
    for array in (tone * 1e-5, tone / 32_768, (tone * 3).astype("int16")):
        found = heard((24_000, array))
        assert found is not None
        assert found[1][-1].startswith("all of the sound is almost silent")
    found = heard((24_000, tone * 2 * QUIET))
    assert found is not None
    assert found[1] == []
