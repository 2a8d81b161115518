"""A wav that is passed on has true sizes."""

import io
import wave

import pytest

from gradstream.media.files.wav_file import with_true_sizes
from tests.unit.media.sounds import encoded, sine, wav

SOURCE = wav(sine(24_000, 5_001), 24_000)
SAMPLES = SOURCE[44:]


def header(riff: int, data: int) -> bytes:
    """Return the header with other sizes."""
    return b"RIFF" + riff.to_bytes(4, "little") + SOURCE[8:40] + data.to_bytes(4, "little")


@pytest.mark.parametrize("size", [0, 2**32 - 1, 2**31 - 1, 2_000_000_000])
@pytest.mark.parametrize("riff", [0, 36, 2**32 - 1, 2_000_000_036])
def test_placeholders_are_replaced(riff: int, size: int) -> None:
    """Of every placeholder becomes the true size, which strict readers accept."""
    whole = with_true_sizes(header(riff, size) + SAMPLES)
    assert whole == SOURCE
    with wave.open(io.BytesIO(whole)) as reader:
        assert reader.getnframes() == 5_001


def test_a_wrong_outer_size_is_replaced() -> None:
    """The size of the whole file is compared as well."""
    assert with_true_sizes(header(0, len(SAMPLES)) + SAMPLES) == SOURCE


def test_a_true_wav_is_not_touched() -> None:
    """Texts behind the samples stay, if the header counts them."""
    assert with_true_sizes(SOURCE) is SOURCE
    listed = encoded(SOURCE, "wav", "-metadata", "title=tone", "-c:a", "pcm_s24le")
    assert with_true_sizes(listed) is listed


def test_a_header_of_64_bits_becomes_one_of_32() -> None:
    """RF64 is for files beyond 4 GiB, and not every browser has it."""
    whole = with_true_sizes(encoded(SOURCE, "wav", "-rf64", "always"))
    assert whole[:4] == b"RIFF"
    with wave.open(io.BytesIO(whole)) as reader:
        assert reader.readframes(9_999) == SAMPLES


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (SOURCE[:5_000], "is not complete: its header declares 10002 bytes of sound, and 4956 came"),
        (header(1_036, 1_000) + SAMPLES, "declares 1000 bytes of sound in its header, and more bytes follow"),
        (SOURCE[:30], "ends within its header"),
    ],
)
def test_a_wav_that_is_not_whole(data: bytes, problem: str) -> None:
    """It is not given a header that hides what is missing."""
    with pytest.raises(ValueError, match=problem):
        with_true_sizes(data)
