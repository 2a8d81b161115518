"""Yielded values become chunks that the generator can no longer change."""

import io
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradstream.media.audio.errors import ACCEPTED
from gradstream.media.pictures.reader import PictureReader
from gradstream.media.snapshot import READ_AT_ONCE_BYTES, snapshot_audio, snapshot_video
from gradstream.media.types import ChunkError
from gradstream.media.video.errors import ACCEPTED as ACCEPTED_VIDEO


def test_files_are_read_at_once(tmp_path: Path) -> None:
    """A file may be written over as soon as it has been yielded; a string and a Path are the same."""
    path = tmp_path / "it.wav"
    path.write_bytes(b"one")
    for value in (path, str(path)):
        chunk = snapshot_audio(value, number=2)
        assert chunk is not None
        assert (chunk.number, chunk.data, chunk.path, chunk.name) == (2, b"one", None, "it.wav")


read_video = partial(snapshot_video, reader=PictureReader())


def test_large_files_stay_where_they_are(tmp_path: Path) -> None:
    """A file that is too large to be read at once is kept as its path."""
    path = tmp_path / "it.wav"
    with path.open("wb") as file:
        file.truncate(READ_AT_ONCE_BYTES + 1)
    chunk = read_video(path, number=1)
    assert chunk is not None
    assert (chunk.data, chunk.path, chunk.name) == (None, str(path), "it.wav")


@pytest.mark.parametrize("value", [b"abc", bytearray(b"abc"), memoryview(b"abc"), io.BytesIO(b"abc")])
def test_bytes_are_copied(value: Any) -> None:
    """Bytes of any kind, and a file in memory, are bytes without a name."""
    for snapshot in (snapshot_audio, read_video):
        chunk = snapshot(value, number=1)
        assert chunk is not None
        assert (chunk.data, chunk.name) == (b"abc", "")


def test_arrays_are_copied() -> None:
    """A generator may fill the same array again."""
    array = np.zeros(4, np.int16)
    chunk = snapshot_audio((np.int32(44_100), array), number=1)
    picture = np.zeros((2, 2, 3), np.uint8)
    video = read_video(picture, number=1)
    array[:] = 1
    picture[:] = 1
    assert chunk is not None
    assert video is not None
    assert (chunk.rate_hz, chunk.samples.tolist()) == (44_100, [0, 0, 0, 0])
    assert not video.frames.any()


def test_pictures_of_any_kind() -> None:
    """Pillow pictures and lists of arrays are arrays."""
    video = read_video(Image.new("RGB", (4, 2)), number=1)
    several = read_video([np.zeros((2, 4, 3), np.uint8)] * 3, number=1)
    assert video is not None
    assert several is not None
    assert (video.frames.shape, several.frames.shape) == ((1, 2, 4, 3), (3, 2, 4, 3))


@pytest.mark.parametrize("value", [None, b"", (44_100, []), (44_100, np.zeros((0, 2)))])
def test_empty_chunks_are_skipped(value: Any) -> None:
    """Nothing is not an error."""
    assert snapshot_audio(value, number=1) is None


def test_empty_files_are_skipped(tmp_path: Path) -> None:
    """An empty file and an empty array of pictures are skipped, too."""
    (tmp_path / "it.wav").touch()
    assert snapshot_audio(tmp_path / "it.wav", number=1) is None
    assert read_video(np.zeros((0, 4, 4, 3)), number=1) is None


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (5, "of type int"),
        ({}, "of type dict"),
        ("", "an empty path"),
        (np.zeros(4), "of type ndarray, an array without its rate: yield (sample_rate, array)"),
        ([0.1, 0.2], "of type list, an array without its rate: yield (sample_rate, array)"),
        ((np.zeros(4), 44_100), "(array, sample_rate): the rate comes first, yield (sample_rate, array)"),
        (([0.1], np.int64(8)), "(array, sample_rate): the rate comes first, yield (sample_rate, array)"),
        (("44100", np.zeros(4)), "an array with a str as its rate: yield (sample_rate, array)"),
        ((True, np.zeros(4)), "an array with a bool as its rate: yield (sample_rate, array)"),
        ((44_100.5, np.zeros(4)), "an array at 44100.5 Hz, not at 1000 to 768000"),
        ((float("nan"), np.zeros(4)), "an array at nan Hz, not at 1000 to 768000"),
        ((0, np.zeros(4)), "an array at 0 Hz, not at 1000 to 768000"),
    ],
)
def test_invalid_audio(value: Any, found: str) -> None:
    """The message says what was yielded, and what is accepted."""
    with pytest.raises(ChunkError) as caught:
        snapshot_audio(value, number=4)
    assert str(caught.value) == f"chunk 4 is {found}; {ACCEPTED}"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (5, "of type int"),
        ("", "an empty path"),
        (
            np.zeros((3, 48, 64), np.uint8),
            (
                "an array of uint8 and shape (3, 48, 64) is not a picture: its channels come first; "
                "put them last with transpose(1, 2, 0)"
            ),
        ),
    ],
)
def test_invalid_video(value: object, found: str) -> None:
    """The error for a value that cannot be video names what is accepted as video."""
    with pytest.raises(ChunkError) as caught:
        read_video(value, number=4)
    assert str(caught.value) == f"chunk 4 is {found}; {ACCEPTED_VIDEO}"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A path that leads nowhere, a folder, and an address say what they are."""
    for value, problem in (
        (str(tmp_path / "no.wav"), "cannot be read: No such file or directory"),
        (str(tmp_path), "is not a file with an end"),
        ("a\0b", "cannot be read: embedded null byte"),
        ("https://example.org/it.wav", "is an address: fetch it, and yield its bytes"),
    ):
        with pytest.raises(ChunkError) as caught:
            snapshot_audio(value, number=1)
        assert str(caught.value) == f'chunk 1 ("{value}") {problem}'


def test_what_models_and_pipelines_return() -> None:
    """A batch of one and a mapping of samples and rate are the sound inside."""
    samples = np.linspace(-1, 1, 500)
    for value in (
        (24_000, samples.reshape(1, -1)),
        (24_000, samples.reshape(1, 1, -1)),
        {"audio": samples, "sampling_rate": 24_000},
        {"array": samples, "sampling_rate": 24_000, "path": None},
    ):
        chunk = snapshot_audio(value, number=1)
        assert chunk is not None
        assert chunk.rate_hz == 24_000
        assert np.array_equal(chunk.samples.reshape(-1), samples)
    with pytest.raises(ChunkError, match="is of type dict"):
        snapshot_audio({"audio": samples}, number=1)
