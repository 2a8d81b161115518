"""Whole clips are files that browsers play, whatever was yielded."""

import io
from pathlib import Path

import av
import numpy as np
import pytest

from gradstream.media.files.whole_clip import audio_clip, join_segments, video_clip
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import AudioOptions, Chunk, ChunkError
from tests.unit.media import encoded
from tests.unit.media.sounds import sine, wav


def _codecs(data: bytes) -> list[str]:
    with av.open(io.BytesIO(data), "r") as opened:
        return [stream.codec_context.codec.canonical_name for stream in opened.streams]


def test_sound_as_it_is(tmp_path: Path) -> None:
    """A file that browsers play is not touched, given as bytes or by path."""
    data = encoded.audio_file("mp3", codec="libmp3lame")
    path = tmp_path / "given.mp3"
    path.write_bytes(data)
    clip = audio_clip(Chunk(number=1, data=data), AudioOptions())
    assert (clip.data, clip.mime, clip.width) == (data, "audio/mpeg", None)
    assert clip.duration_s is not None
    assert audio_clip(Chunk(number=1, path=str(path)), AudioOptions()) == clip


def test_sound_that_becomes_flac() -> None:
    """Other sound becomes FLAC of the same length."""
    clip = audio_clip(Chunk(number=1, data=encoded.audio_file("wav", codec="pcm_mulaw")), AudioOptions())
    assert (clip.mime, clip.duration_s, _codecs(clip.data)) == ("audio/flac", 0.25, ["flac"])
    assert encoded.count_samples(clip.data) == 12_000


def test_samples() -> None:
    """An array becomes FLAC with the very same samples."""
    samples = (encoded.sine(11_025, 22_050) * 32_767).astype(np.int16)
    clip = audio_clip(Chunk(number=1, samples=samples, rate_hz=22_050), AudioOptions())
    assert (clip.mime, clip.duration_s) == ("audio/flac", 0.5)
    with av.open(io.BytesIO(clip.data), "r") as opened:
        decoded = np.concatenate([frame.to_ndarray().ravel() for frame in opened.decode(audio=0)])
    assert np.array_equal(decoded, samples)


def test_the_sound_of_a_video() -> None:
    """A video given as sound becomes its sound."""
    stream = encoded.stream_of(video=encoded.video_track(24), audio=encoded.audio_track("aac", 48_000))
    clip = audio_clip(Chunk(number=1, data=stream), AudioOptions())
    assert (clip.mime, clip.duration_s, _codecs(clip.data)) == ("audio/flac", 1.0, ["flac"])


@pytest.mark.parametrize("container", ["mp4", "webm"])
def test_video_as_it_is(container: str) -> None:
    """A file that browsers play is not touched."""
    data = encoded.video_file(container, codec="libx264" if container == "mp4" else "libvpx")
    clip = video_clip(Chunk(number=1, data=data), fps=24)
    assert (clip.data, clip.mime, clip.width, clip.height) == (data, f"video/{container}", 64, 48)


@pytest.mark.parametrize(
    ("container", "codec", "form"),
    [
        ("mp4", "mpeg4", "yuv420p"),
        ("mp4", "libx264", "yuv444p"),
        ("mpegts", "libx264", "yuv420p"),
        ("mov", "libx264", "yuv420p"),
        ("avi", "mpeg4", "yuv420p"),
    ],
)
def test_video_that_becomes_mp4(container: str, codec: str, form: str) -> None:
    """Other files become H.264 that every browser plays, with every picture in its place."""
    clip = video_clip(Chunk(number=1, data=encoded.video_file(container, codec=codec, form=form)), fps=10)
    assert (clip.mime, clip.duration_s, clip.width, clip.height) == ("video/mp4", 0.5, 64, 48)
    assert encoded.frame_times(clip.data) == [index * encoded.TICK for index in range(12)]
    with av.open(io.BytesIO(clip.data), "r") as opened:
        (stream,) = opened.streams.video
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert clip.data.index(b"moov") < clip.data.index(b"mdat")


def test_pictures_of_odd_size() -> None:
    """Pictures come at the asked rate; a side that H.264 cannot have is made even."""
    pictures = np.zeros((5, 45, 67, 3), np.uint8)
    clip = video_clip(Chunk(number=1, frames=pictures), fps=10)
    assert (clip.mime, clip.duration_s, clip.width, clip.height) == ("video/mp4", 0.5, 68, 46)
    assert encoded.frame_times(clip.data) == [index * 12_000 for index in range(5)]


def test_joined_audio_segments() -> None:
    """A stream's segments become one file of exactly its length."""
    track, samples = encoded.audio_track("aac", 48_123)
    muxer = SegmentMuxer(audio=track)
    made = encoded.segments_of(muxer, audio_samples=samples)
    clip = join_segments(muxer.init, (segment.data for segment in made))
    assert (clip.mime, clip.duration_s, clip.width) == ("audio/mp4", 48_123 / 48_000, None)
    assert _codecs(clip.data) == ["aac"]


def test_joined_video_segments() -> None:
    """A video's segments become one file with both tracks, whose size is known."""
    picture, pictures = encoded.video_track(24)
    sound, audio = encoded.audio_track("opus", 48_000)
    muxer = SegmentMuxer(video=picture, audio=sound)
    made = encoded.segments_of(muxer, video_samples=pictures, audio_samples=audio)
    clip = join_segments(muxer.init, [segment.data for segment in made])
    assert (clip.mime, clip.duration_s, clip.width, clip.height) == ("video/mp4", 1.0, 64, 48)
    assert _codecs(clip.data) == ["h264", "opus"]


def test_no_media_segments() -> None:
    """A stream without media segments is not a clip."""
    track, _ = encoded.audio_track("flac", 1_000)
    with pytest.raises(ValueError, match=r"^it contains no media$"):
        join_segments(SegmentMuxer(audio=track).init, ())


def test_garbage_as_sound() -> None:
    """The error for invalid audio names the chunk, its content and what is accepted."""
    with pytest.raises(ChunkError, match=r'^chunk 3 \("a\.wav", 15 bytes\) .*HTML.*; accepted are .*wav'):
        audio_clip(Chunk(number=3, data=b"<!DOCTYPE html>", name="a.wav"), AudioOptions())


def test_garbage_as_video() -> None:
    """The error for invalid video names the chunk, its content and what is accepted."""
    with pytest.raises(ChunkError, match=r'^chunk 3 \("a\.mp4", 15 bytes\) .*HTML.*; accepted are .*mp4'):
        video_clip(Chunk(number=3, data=b"<!DOCTYPE html>", name="a.mp4"), fps=24)


def test_an_empty_file_of_sound() -> None:
    """A file without a single sample is an error."""
    empty = encoded.audio_file("wav", codec="pcm_s16le", count=0)
    with pytest.raises(ChunkError, match=r"^chunk 1 "):
        audio_clip(Chunk(number=1, data=empty), AudioOptions())


def test_a_wav_gets_true_sizes() -> None:
    """A wav that did not know its size has it when it is shown whole; one that is cut off is an error."""
    source = wav(sine(24_000, 24_000), 24_000)
    streamed = source[:4] + bytes(4) + source[8:40] + bytes(4) + source[44:]
    clip = audio_clip(Chunk(number=1, data=streamed), AudioOptions())
    assert (clip.data, clip.mime, clip.duration_s) == (source, "audio/wav", 1.0)
    with pytest.raises(ChunkError, match="declares 48000 bytes of sound, and 9956 came"):
        audio_clip(Chunk(number=1, data=source[:10_000]), AudioOptions())


def test_ogg_files_in_a_row_are_one_clip() -> None:
    """A chain of Ogg files is as long as all of them."""
    single = encoded.audio_file("ogg", codec="libopus", count=48_000)
    clip = audio_clip(Chunk(number=1, data=single * 3), AudioOptions())
    assert (clip.mime, clip.duration_s) == ("audio/flac", 3.0)
    assert audio_clip(Chunk(number=1, data=single), AudioOptions()).data == single
