"""Of a whole file all bytes are accounted for."""

from pathlib import Path

import numpy as np
import pytest

from gradstream.media.audio.slices.whole_file import whole_file_blocks
from gradstream.media.types import Chunk, ChunkError
from tests.unit.media.audio.slices.test_decoder import COUNT, SLICED, SOURCE, by_path, file_of, with_sizes
from tests.unit.media.sounds import encoded, joined, sine, wav


def heard(data: bytes, folder: Path | None = None) -> tuple[int, list[str]]:
    """Return the number of samples, and what is logged, of a file as bytes or by path."""
    log: list[str] = []
    chunk = Chunk(number=1, data=data, name="it")
    if folder is not None:
        path = folder / "it"
        path.write_bytes(data)
        chunk = Chunk(number=1, path=str(path), name="it")
    blocks = list(whole_file_blocks(chunk, warn=log.append))
    return (joined(blocks).shape[1] if blocks else 0), log


@pytest.mark.parametrize("form", [*SLICED, "m4a"])
def test_nothing_is_logged_of_a_good_file(form: str, tmp_path: Path) -> None:
    """Every sample is there, and there is nothing to say, given as bytes or by path."""
    data = encoded(SOURCE, "m4a") if form == "m4a" else file_of(form)
    expected = by_path(data).shape[1]
    assert heard(data) == heard(data, tmp_path) == (expected, [])


@pytest.mark.parametrize(
    "form", ["aac", "mp2", "mp3", "opus", "flac in ogg", "webm", "mpeg-ts", "m4a, index first"]
)
def test_a_file_that_is_cut_off(form: str, tmp_path: Path) -> None:
    """What is there is heard, and the log says that it is not all."""
    data = file_of(form)
    cut = data[: len(data) * 2 // 3 + 50]
    for folder in (None, tmp_path):
        count, log = heard(cut, folder)
        assert COUNT // 4 < count < COUNT
        assert log


@pytest.mark.parametrize("form", ["aac", "mp2", "mp3"])
def test_garbage_between_frames(form: str) -> None:
    """It is left out, and counted."""
    data = file_of(form)
    _, log = heard(data + b"\x01\x02\x03" * 100 + data)
    assert len(log) >= 1
    assert any("300 bytes" in line for line in log)


def test_a_wav_of_another_length(tmp_path: Path) -> None:
    """Missing samples and bytes behind the samples are errors with figures, also by path."""
    declared = len(SOURCE) - 44
    for folder in (None, tmp_path):
        with pytest.raises(ChunkError, match=rf'"it", .* declares {declared} bytes of sound, and 20000 came'):
            heard(SOURCE[:20_044], folder)
        with pytest.raises(
            ChunkError, match="declares 20000 bytes of sound in its header, and more bytes follow"
        ):
            heard(with_sizes(20_036, 20_000), folder)


def test_two_rates_in_one_file() -> None:
    """Where the rate changes within a file, each part has its own."""
    parts = [encoded(wav(sine(rate, rate), rate), "aac") for rate in (48_000, 24_000)]
    log: list[str] = []
    blocks = list(whole_file_blocks(Chunk(number=1, data=b"".join(parts), name="it"), warn=log.append))
    counts = {rate: sum(b.samples.shape[1] for b in blocks if b.rate_hz == rate) for rate in (48_000, 24_000)}
    expected = [by_path(part).shape[1] for part in parts]
    assert np.allclose(list(counts.values()), expected, atol=1_024)
