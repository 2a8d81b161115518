"""Files are handed on as they are when browsers play them, and only then."""

from pathlib import Path

import pytest

from gradstream.media.files.browser_formats import BrowserFormat, browser_audio_format, browser_video_format
from tests.unit.media import encoded


@pytest.mark.parametrize(
    ("container", "codec", "mime"),
    [
        ("wav", "pcm_s16le", "audio/wav"),
        ("mp3", "libmp3lame", "audio/mpeg"),
        ("flac", "flac", "audio/flac"),
        ("ogg", "libopus", "audio/ogg"),
        ("ipod", "aac", "audio/mp4"),
    ],
)
def test_sound(container: str, codec: str, mime: str, tmp_path: Path) -> None:
    """Usual files of sound are played as they are, and say how long they are; bytes and paths alike."""
    data = encoded.audio_file(container, codec=codec)
    path = tmp_path / "unnamed"
    path.write_bytes(data)
    playable = browser_audio_format(data)
    assert playable is not None
    assert playable.mime == mime
    assert playable.duration_s == pytest.approx(0.25, abs=0.05)
    assert browser_audio_format(str(path)) == playable
    assert browser_video_format(data) is None


@pytest.mark.parametrize(
    ("container", "codec"), [("wav", "pcm_mulaw"), ("ipod", "alac"), ("aiff", "pcm_s16be"), ("ogg", "flac")]
)
def test_sound_that_not_every_browser_plays(container: str, codec: str) -> None:
    """A codec that a container rarely has is not left to chance."""
    assert browser_audio_format(encoded.audio_file(container, codec=codec)) is None


@pytest.mark.parametrize(
    ("container", "codec", "mime"),
    [
        ("mp4", "libx264", "video/mp4"),
        ("webm", "libvpx", "video/webm"),
        ("webm", "libvpx-vp9", "video/webm"),
    ],
)
def test_video(container: str, codec: str, mime: str) -> None:
    """Usual files of pictures are played as they are, and say their size and length."""
    playable = browser_video_format(encoded.video_file(container, codec=codec))
    assert playable is not None
    assert playable.duration_s == pytest.approx(0.5, abs=0.05)
    assert playable == BrowserFormat(mime=mime, duration_s=playable.duration_s, width=64, height=48)


@pytest.mark.parametrize(
    ("container", "codec", "form"),
    [
        ("mp4", "mpeg4", "yuv420p"),
        ("mp4", "libx264", "yuv444p"),
        ("mp4", "libx264", "yuv420p10le"),
        ("mpegts", "libx264", "yuv420p"),
        ("mov", "libx264", "yuv420p"),
        ("matroska", "libx264", "yuv420p"),
    ],
)
def test_video_that_not_every_browser_plays(container: str, codec: str, form: str) -> None:
    """Other codecs, other colours than 4:2:0 with 8 bits, and other containers are not left to chance."""
    assert browser_video_format(encoded.video_file(container, codec=codec, form=form)) is None


@pytest.mark.parametrize("data", [b"", b"<!DOCTYPE html>", bytes(1000), b"#EXTM3U\n/etc/passwd\n"])
def test_files_without_media(data: bytes) -> None:
    """Garbage is not played, and a list of other files is not followed."""
    assert browser_audio_format(data) is None
    assert browser_video_format(data) is None
