"""Clips that are opened: what they hold, and whether they can be copied."""

import io
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.error import InvalidDataError

from gradstream.media.types import Chunk, ChunkError
from gradstream.media.video.from_file import open_video
from tests.unit.media.videos import ClipForm, chunk_of, make_clip


def wav() -> bytes:
    """Return a second of silence as a file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000))
    return buffer.getvalue()


def m4a() -> bytes:
    """Return a second of silence in the container that clips have."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 8000
        file.mux([*stream.encode(frame), *stream.encode(None)])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (ClipForm(), True),
        (ClipForm(container="mpegts"), True),
        (ClipForm(container="matroska"), True),
        (ClipForm(container="mov"), True),
        (ClipForm(pixels="yuvj420p"), True),
        (ClipForm(codec="mpeg4", options=""), False),
        (ClipForm(container="webm", codec="libvpx", options="deadline=realtime"), False),
        (ClipForm(pixels="yuv444p"), False),
        (ClipForm(pixels="yuv420p10le"), False),
        (ClipForm(rotation=90), False),
        (ClipForm(options="preset=ultrafast flags=+ildct+ilme"), False),
    ],
)
def test_only_what_browsers_play_is_copied(form: ClipForm, expected: bool) -> None:  # noqa: FBT001 (pytest passes it)
    """H.264 with 4:2:0 and 8 bits is copied, from any container; nothing else is, nor a turned picture."""
    with open_video(chunk_of(make_clip(form))) as clip:
        assert clip.is_copyable == expected


def test_looking_takes_nothing_away() -> None:
    """All packets come, though the first picture has been decoded to look at it."""
    with open_video(chunk_of(make_clip(ClipForm(rate_hz=44_100)))) as clip:
        assert clip.first.width == 64
        packets = list(clip.packets())
        decoded = []
        pictures = [packet for packet in packets if packet.stream_index == clip.video.index]
        for packet in [*pictures, None]:
            decoded += clip.decode(packet)
    assert len(pictures) == 50
    assert len(packets) > 100
    assert len(decoded) == 50


def test_a_clip_says_its_cadence() -> None:
    """A clip's period and the grain of its clock are read: 24000/1001 from a clock of milliseconds."""
    form = ClipForm(container="matroska", fps=Fraction(24000, 1001))
    with open_video(chunk_of(make_clip(form))) as clip:
        assert clip.cadence.period_s == Fraction(1001, 24000)
        assert clip.cadence.tick_s == Fraction(1, 1000)


def test_a_clip_is_read_by_path(tmp_path: Path) -> None:
    """A clip on the disk is opened where it is."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(make_clip(ClipForm()))
    with open_video(Chunk(number=1, path=str(path), name="clip.mp4")) as clip:
        assert len(list(clip.packets())) == 50


def test_sound_can_be_left_out() -> None:
    """A clip whose sound nobody wants gives packets of pictures only, but for those already read."""
    with open_video(chunk_of(make_clip(ClipForm(rate_hz=44_100)))) as clip:
        clip.drop_audio()
        assert clip.audio is None
        audio = [packet for packet in clip.packets() if packet.stream_index != clip.video.index]
    assert len(audio) < 5


def refused(chunk: Chunk) -> str:
    """Return why a chunk is refused."""
    with pytest.raises(ChunkError) as caught, open_video(chunk):
        pass
    return str(caught.value)


def test_garbage_is_an_error() -> None:
    """The error for bytes that are not a clip describes them."""
    text = refused(chunk_of(b"<!DOCTYPE html><p>Not found</p>", number=3, name="part3.mp4"))
    assert text.startswith(
        'chunk 3 ("part3.mp4", 31 bytes) cannot be decoded as video: it begins with "<!DOC'
    )
    assert "(HTML text); accepted are mp4, ts, webm" in text


def test_audio_is_not_video() -> None:
    """Files of sound are refused, with and without a container that videos have too."""
    assert "cannot be decoded as video" in refused(chunk_of(wav()))
    assert "(a wav file)" in refused(chunk_of(wav()))
    assert "contains sound but no pictures: " in refused(chunk_of(m4a()))


def test_a_truncated_clip_is_an_error() -> None:
    """An MP4 without its end, where its table of contents would be, is refused."""
    data = make_clip(ClipForm())
    assert "(an MP4 file)" in refused(chunk_of(data[: len(data) // 2]))


def test_a_playlist_names_no_other_files(tmp_path: Path) -> None:
    """A playlist is refused, though it names a clip that is there."""
    (tmp_path / "clip.ts").write_bytes(make_clip(ClipForm(container="mpegts")))
    playlist = tmp_path / "list.m3u8"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nclip.ts\n#EXT-X-ENDLIST\n")
    text = refused(Chunk(number=1, path=str(playlist), name="list.m3u8"))
    assert "cannot be decoded as video" in text
    assert "(a playlist)" in text


def test_damage_within_the_context_is_a_bad_chunk() -> None:
    """An FFmpeg error while a clip is read is a ChunkError, too."""
    with (
        pytest.raises(ChunkError, match="cannot be decoded as video"),
        open_video(chunk_of(make_clip(ClipForm()))),
    ):
        raise InvalidDataError(0, "damaged")
