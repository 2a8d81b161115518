"""Files of sound, exact to the sample."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from gradstream.media.audio.from_file import file_blocks
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.types import Chunk, ChunkError
from tests.unit.media.sounds import encoded, joined, sine, wav

COUNT = 44_223
SOURCE = wav(sine(44_100, COUNT), 44_100)


def blocks_of(chunk: Chunk) -> Iterator[PcmBlock]:
    """Return the blocks of a file whose remarks do not matter."""
    return file_blocks(chunk, warn=lambda _: None)


def chunk_of(data: bytes, name: str = "it") -> Chunk:
    """Return a chunk as a file yielded by path."""
    return Chunk(number=1, data=data, name=name)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("flac", ()),
        ("mp3", ()),
        ("mp3", ("-b:a", "320k")),
        ("m4a", ()),
        ("m4a", ("-movflags", "+faststart")),
        ("m4a", ("-c:a", "alac")),
        ("ogg", ("-c:a", "flac")),
        ("aiff", ()),
        ("mka", ("-c:a", "pcm_s24le")),
        ("wav", ("-c:a", "pcm_u8")),
        ("wav", ("-c:a", "pcm_s24le")),
        ("wav", ("-c:a", "pcm_f32le")),
        ("wav", ("-c:a", "pcm_f64le")),
    ],
)
def test_files_are_exact(suffix: str, options: tuple[str, ...]) -> None:
    """Encoder delay and padding are removed: there are as many samples as in the source, at the same time."""
    blocks = list(blocks_of(chunk_of(encoded(SOURCE, suffix, *options))))
    assert {(block.rate_hz, block.layout) for block in blocks} == {(44_100, "mono")}
    line = joined(blocks)
    assert line.shape == (1, COUNT)
    expected = sine(44_100, COUNT)[1_000:-1_000]
    missed = [np.abs(line[0, 1_000 + by : COUNT - 1_000 + by] - expected).mean() for by in (-1, 0, 1)]
    assert missed[1] == min(missed)


@pytest.mark.parametrize("suffix", ["opus", "webm"])
def test_opus_is_exact_at_its_own_rate(suffix: str) -> None:
    """Opus has 48 kHz, and its pre-skip is skipped."""
    source = wav(sine(48_000, COUNT), 48_000)
    blocks = list(blocks_of(chunk_of(encoded(source, suffix, "-c:a", "libopus", "-b:a", "128k"))))
    assert joined(blocks).shape == (1, COUNT)


@pytest.mark.parametrize("size", [b"\xff\xff\xff\xff", b"\0\0\0\0"])
def test_a_wav_of_unknown_length_is_read_to_its_end(size: bytes) -> None:
    """Who writes a wav into a pipe cannot know how long it will be."""
    streaming = SOURCE[:4] + size + SOURCE[8:40] + size + SOURCE[44:]
    assert joined(blocks_of(chunk_of(streaming))).shape == (1, COUNT)


def test_a_wav_without_samples_is_nothing() -> None:
    """A header without samples is valid, and contains no audio."""
    assert list(blocks_of(chunk_of(SOURCE[:44]))) == []


@pytest.mark.parametrize(
    ("suffix", "options", "layout"),
    [
        ("wav", ("-channel_layout", "7.1", "-ac", "8"), "7.1"),
        ("m4a", ("-channel_layout", "5.1", "-ac", "6"), "5.1"),
        ("flac", ("-channel_layout", "7.1", "-ac", "8"), "7.1"),
        ("ogg", ("-c:a", "libvorbis", "-channel_layout", "7.1", "-ac", "8"), "7.1"),
    ],
)
def test_many_channels(suffix: str, options: tuple[str, ...], layout: str) -> None:
    """A file of up to eight channels is decoded with its layout."""
    blocks = list(blocks_of(chunk_of(encoded(SOURCE, suffix, *options))))
    assert {block.layout for block in blocks} == {layout}
    assert {block.samples.shape[0] for block in blocks} == {len(av.AudioLayout(layout).channels)}
    assert sum(block.samples.shape[1] for block in blocks) > COUNT - 1_000


def test_large_files_are_decoded_as_they_are_read(tmp_path: Path) -> None:
    """A file given by path is decoded in blocks of a fraction of a second."""
    path = tmp_path / "it.wav"
    path.write_bytes(SOURCE)
    blocks = list(blocks_of(Chunk(number=1, path=str(path), name="it.wav")))
    assert max(block.samples.shape[1] for block in blocks) < 5_000
    assert joined(blocks).shape == (1, COUNT)


def test_joints_of_lossy_files_are_marked() -> None:
    """Where a lossy file begins, and only there, and never in a file without losses."""
    lossy = [block.starts_lossy_file for block in blocks_of(chunk_of(encoded(SOURCE, "mp3")))]
    assert lossy == [True] + [False] * (len(lossy) - 1)
    assert not any(block.starts_lossy_file for block in blocks_of(chunk_of(encoded(SOURCE, "flac"))))


def test_a_clip_with_sound_gives_its_sound(tmp_path: Path) -> None:
    """A file with pictures is taken for what can be heard of it."""
    (tmp_path / "it.wav").write_bytes(SOURCE)
    options = ("-f", "lavfi", "-t", "1", "-i", "testsrc=s=32x32", "-c:a", "flac", "-c:v", "mpeg4")
    assert joined(blocks_of(chunk_of(encoded(SOURCE, "mkv", *options)))).shape == (1, COUNT)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<!DOCTYPE html>" + b" " * 500, "cannot be decoded as sound: it begins with"),
        (bytes(10_000), "cannot be decoded as sound: it begins with"),
        (np.random.default_rng(5).bytes(200_000), "cannot be decoded as sound: it begins with"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n", "cannot be decoded as sound: it begins with"),
        (SOURCE[:30], "cannot be decoded as sound: it begins with"),
    ],
)
def test_garbage_is_an_error(data: bytes, problem: str) -> None:
    """A file that is not audio is an error; a playlist is not followed."""
    with pytest.raises(ChunkError) as caught:
        list(blocks_of(chunk_of(data, "it.wav")))
    assert f'chunk 1 ("it.wav", {len(data)} bytes) {problem}' in str(caught.value)


def test_video_without_sound_is_an_error() -> None:
    """A clip without audio is not a valid audio chunk."""
    clip = encoded(SOURCE, "mp4", "-f", "lavfi", "-t", "1", "-i", "testsrc=s=32x32", "-map", "1:v")
    with pytest.raises(ChunkError, match=r"contains pictures but no sound: it begins with .*an MP4 file"):
        list(blocks_of(chunk_of(clip)))


@pytest.mark.parametrize("suffix", ["flac", "mp3", "opus", "aac"])
@pytest.mark.parametrize("kind", ["noise", "zeros"])
def test_damage_is_reported_after_what_can_be_heard(suffix: str, kind: str) -> None:
    """A file whose second half is nothing gives its first half, and then an error."""
    whole = encoded(wav(sine(48_000, 192_000), 48_000), suffix)
    half = len(whole) // 2
    nothing = bytes(half) if kind == "zeros" else np.random.default_rng(6).bytes(half)
    blocks = blocks_of(chunk_of(whole[:half] + nothing))
    emitted: list[PcmBlock] = []
    with pytest.raises(ChunkError, match="is damaged"):
        emitted.extend(blocks)
    assert joined(emitted).shape[1] > 48_000


def test_a_truncated_end_is_not_an_error() -> None:
    """A file that breaks off is heard as far as it goes; a few bytes behind the end are passed over."""
    whole = encoded(SOURCE, "mp3")
    assert joined(blocks_of(chunk_of(whole[: len(whole) // 2]))).shape[1] > COUNT // 3
    assert joined(blocks_of(chunk_of(whole + bytes(500)))).shape == (1, COUNT)
