"""Files of visitors: their length, their sound as samples, exact parts."""

from pathlib import Path

import numpy as np
import pytest

from gradstream.media.files.decode import MediaFileError, open_file, read_audio, read_duration_s
from gradstream.media.time_range import TimeRange
from tests.unit.media.clips import RATE, tone, write_sound, write_video

LOSSLESS = [("it.wav", "pcm_s16le"), ("it.flac", "flac")]
LOSSY = [("it.mp3", "libmp3lame"), ("it.ogg", "libopus"), ("it.m4a", "aac"), ("it.webm", "libopus")]


@pytest.mark.parametrize(("name", "codec"), LOSSLESS)
@pytest.mark.parametrize("channels", [1, 2])
def test_sound_is_read_as_it_was_written(tmp_path: Path, name: str, codec: str, channels: int) -> None:
    """Rate and every sample are the file's; one channel has shape (n,), several (n, channels)."""
    written = tone(0.7, channels=channels)
    rate, samples = read_audio(str(write_sound(tmp_path / name, written, codec=codec)))
    assert (rate, samples.dtype) == (RATE, np.dtype(np.int16))
    assert np.array_equal(samples, written[:, 0] if channels == 1 else written)


@pytest.mark.parametrize(("name", "codec"), LOSSLESS)
@pytest.mark.parametrize(
    "part", [TimeRange(0.1, 0.25), TimeRange(0.25), TimeRange(0.0, 0.3), TimeRange(0.5, 9.0)]
)
def test_a_part_is_exact_to_the_sample(tmp_path: Path, name: str, codec: str, part: TimeRange) -> None:
    """A time range has exactly the samples between its times, and ends where the file does."""
    written = tone(0.7)
    _, samples = read_audio(str(write_sound(tmp_path / name, written, codec=codec)), part)
    end = None if part.end_s is None else round(part.end_s * RATE)
    assert np.array_equal(samples, written[round(part.start_s * RATE) : end, 0])


@pytest.mark.parametrize(("name", "codec"), LOSSY)
def test_a_part_of_lossy_sound_has_its_length(tmp_path: Path, name: str, codec: str) -> None:
    """Encoder delay does not count."""
    rate = 48_000
    path = str(write_sound(tmp_path / name, tone(1.0, rate=rate), rate=rate, codec=codec))
    found, samples = read_audio(path, TimeRange(0.25, 0.75))
    assert (found, samples.shape) == (rate, (rate // 2,))
    assert abs(read_duration_s(path) - 1.0) < 0.05


def test_eight_bits_are_scaled(tmp_path: Path) -> None:
    """Samples of another depth come as int16 of the same loudness."""
    path = write_sound(tmp_path / "it.wav", tone(0.5), codec="pcm_u8")
    _, samples = read_audio(str(path))
    assert np.abs(samples.astype(int) - tone(0.5)[:, 0]).max() <= 256


def test_the_sound_of_a_video(tmp_path: Path) -> None:
    """A video has sound to give too; one without sound says so."""
    rate, samples = read_audio(str(write_video(tmp_path / "it.webm", 1.0, codec="libvpx", sound="libopus")))
    assert (rate, abs(len(samples) - 48_000) < 1000) == (48_000, True)
    with pytest.raises(MediaFileError, match="the file contains no sound"):
        read_audio(str(write_video(tmp_path / "still.mp4", 0.5)))


def test_a_file_that_does_not_say_its_length(tmp_path: Path) -> None:
    """The length of a recording that was written as it came is found in its packets."""
    path = write_sound(tmp_path / "it.webm", tone(1.5, rate=48_000), rate=48_000, codec="libopus")
    data = path.read_bytes()
    # The element Duration of Matroska becomes a Void of the same size.
    at = data.index(b"\x44\x89\x88")
    path.write_bytes(data[:at] + b"\xec\x89" + data[at + 2 :].replace(b"\x88", b"\x00", 1))
    with open_file(str(path)) as file:
        assert file.container.duration is None
    assert abs(read_duration_s(str(path)) - 1.5) < 0.05


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all", b"<!DOCTYPE html>" * 100, b"RIFF\x00\x00\x00\x00WAVE"]
)
def test_files_without_media(tmp_path: Path, content: bytes) -> None:
    """A file in which nothing can be decoded is an error in each function."""
    path = tmp_path / "it.wav"
    path.write_bytes(content)
    with pytest.raises(MediaFileError):
        read_audio(str(path))
    with pytest.raises(MediaFileError):
        read_duration_s(str(path))


def test_a_file_that_was_cut_off_is_read_to_its_end(tmp_path: Path) -> None:
    """Of half a file, half the sound is there, as a player plays it."""
    path = write_sound(tmp_path / "it.mp3", tone(1.0), codec="libmp3lame")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _, samples = read_audio(str(path))
    assert RATE * 0.3 < len(samples) < RATE * 0.6
