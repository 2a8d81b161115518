"""What number is full scale is decided once for a stream, and logged where it is not obvious."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.array_scale import ArrayScales, Scale
from gradstream.media.audio.from_array import array_blocks, copy_array, shape_of
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.types import Chunk, ChunkError
from tests.unit.media.sounds import joined, sine

Array = npt.NDArray[Any]
TONE = sine(24_000, 6_000)


def played(arrays: list[Any]) -> tuple[Array, list[str]]:
    """Return what a stream of arrays sounds like, and what is logged."""
    log: list[str] = []
    scales = ArrayScales(warn=log.append)
    blocks: list[PcmBlock] = []
    for number, value in enumerate(arrays, 1):
        array = copy_array(value, number)
        chunk = Chunk(number=number, samples=array, rate_hz=24_000)
        blocks += array_blocks(chunk, shape_of(array, number=number), scales.of(array, number=number))
    return joined(blocks)[0], log


def int16_of(samples: Array, kind: str, *, loudness: float = 1.0) -> Array:
    """Return samples as numbers of int16's scale, in another type."""
    return np.rint(samples * 32768 * loudness).astype(kind)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "int32"])
@pytest.mark.parametrize("loudness", [1.0, 0.1, 3 / 32768])
def test_numbers_of_int16_in_another_type(kind: str, loudness: float) -> None:
    """They are heard as int16, however quiet they begin, and one line says so."""
    quiet, loud = int16_of(TONE, kind, loudness=loudness), int16_of(TONE, kind)
    line, log = played([np.zeros(100, kind), quiet, loud])
    expected = np.concatenate([np.zeros(100), TONE * loudness, TONE])
    assert np.abs(line - expected).max() < (2**-10 if kind == "float16" else 2**-14)
    assert len(log) == 1
    assert log[0].startswith("chunk 2: ")
    assert "read as int16" in log[0]


def test_the_last_bit_of_silence_is_not_noise() -> None:
    """The quiet beginning of undivided int16 sound is not white noise at full scale."""
    quiet = np.random.default_rng(0).integers(-1, 2, 12_000).astype("float32")
    line, log = played([quiet, int16_of(TONE, "float32")])
    assert np.abs(line[:12_000]).max() < 0.0001
    assert np.abs(line[12_000:] - TONE).max() < 0.0001
    assert len(log) == 1


def test_a_square_wave_stays_loud() -> None:
    """A square wave of -1 and 1 is as loud as floats can be."""
    line, log = played([np.sign(TONE), TONE])
    assert np.abs(line[:6_000]).max() == 1
    assert np.abs(line[6_000:] - TONE).max() < 1e-6
    assert log == []


def test_a_first_guess_is_corrected_aloud() -> None:
    """Clicks of 1 are taken for the last bit of int16 until floats with fractions come."""
    click = np.zeros(500)
    click[[0, 400]] = 1
    line, log = played([click, TONE])
    assert np.abs(line[500:] - TONE).max() < 1e-6
    assert len(log) == 2
    assert log[1].startswith("chunk 2: from here on floats are from -1 to 1")
    line, log = played([click, TONE * 20_000])
    assert np.abs(line[500:] - TONE * 20_000 / 32768).max() < 1e-6
    assert len(log) == 1


@pytest.mark.parametrize("factor", [2.5, 4.0, 10.0])
def test_clipping_is_logged_once(factor: float) -> None:
    """Floats beyond -1 to 1 are clipped, and the share of clipped samples is logged."""
    loud = TONE * factor
    line, log = played([loud, loud, loud])
    assert np.abs(line).max() == 1
    share = (np.abs(loud) > 1).mean()
    extent = f"from {loud.min():g} to {loud.max():g}"
    end = "and full scale is 1; clipping is not logged again"
    assert log == [f"chunk 1: {share:.2%} of its samples are clipped: {extent}, {end}"]


def test_a_stream_has_one_scale() -> None:
    """What contradicts the scale is an error with both, or a line where it would be silent."""
    with pytest.raises(ChunkError, match=r"^chunk 2 is an array of float64 from -16384 .*full scale was 1"):
        played([TONE, int16_of(TONE, "float64")])
    with pytest.raises(ChunkError, match=r"^chunk 2 is an array of int32 .*full scale was 32768"):
        played([int16_of(TONE, "int32"), (TONE * 2.0**31).astype("int32")])
    line, log = played([int16_of(TONE, "float32"), TONE])
    assert np.abs(line[6_000:]).max() < 0.001
    assert "almost silent" in log[1]


def test_numbers_that_are_almost_silent() -> None:
    """Sums of int16 in an int32 are heard as int32, which is next to nothing, with a line that says so."""
    _, log = played([(TONE * 300_000).astype("int32")])
    assert len(log) == 1
    assert "if they are sums of int16" in log[0]


@pytest.mark.parametrize("kind", ["uint8", "uint16"])
def test_unsigned_numbers_are_silent_in_the_middle(kind: str) -> None:
    """Signed sound that was cast is logged; sound around the middle is not."""
    half = 2.0 ** (8 * np.dtype(kind).itemsize - 1)
    line, log = played([np.rint(half + TONE * (half - 1)).astype(kind)])
    assert np.abs(line - TONE).max() < 2 / half
    assert log == []
    _, log = played([np.rint(TONE * half * 0.1).astype(kind.removeprefix("u")).view(kind)])
    assert len(log) == 1
    assert f"array.view('{kind[1:]}')" in log[0]


@settings(deadline=None, max_examples=60)
@given(
    scale=st.sampled_from([1.0, 32768.0]),
    loudness=st.floats(0.001, 1.0),
    kind=st.sampled_from(["float32", "float64"]),
    cuts=st.lists(st.integers(1, 5_999), max_size=4, unique=True),
)
def test_the_same_sound_in_pieces(scale: float, loudness: float, kind: str, cuts: list[int]) -> None:
    """However an array is cut, its scale is the same, and so is the sound."""
    whole = (TONE * loudness * scale).astype(kind)
    whole = np.rint(whole) if scale > 1 else whole
    line, log = played([whole])
    pieces, log_of_pieces = played(np.split(whole, sorted(cuts)))
    assert np.array_equal(pieces, line)
    assert len(log_of_pieces) == len(log) == (scale > 1)


def test_silence_decides_nothing() -> None:
    """Zeros are silent on every scale, and nothing is logged of them."""
    scales = ArrayScales(warn=pytest.fail)
    assert scales.of(np.zeros(9), number=1) == Scale(1.0)
    assert scales.of(np.zeros(9, "int32"), number=2) == Scale(2.0**31)
    assert scales.of(np.full(9, np.nan), number=3) == Scale(1.0)
