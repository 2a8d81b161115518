"""A stream becomes a file of exactly its length, completely or not at all."""

import io
import subprocess
import sys
from pathlib import Path

import av
import pytest

from gradstream.media.files.export import ExportError, export, main
from gradstream.media.types import VIDEO_TIMESCALE, Codec, EncodedSample
from tests.unit.media import encoded

COUNT = 48_000 + 123


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return where a stream is kept."""
    return tmp_path / "stream"


def _sound(codec: Codec, count: int = COUNT) -> bytes:
    return encoded.stream_of(audio=encoded.audio_track(codec, count))


def _video(codec: Codec) -> bytes:
    """Return 2 s of pictures, whose size changes after 1 s, with sound."""
    track, small = encoded.video_track(24)
    _, large = encoded.video_track(24, width=96, height=64, b_frames=3)
    return encoded.stream_of(video=(track, small + large), audio=encoded.audio_track(codec, 96_000))


def _assert_ffmpeg_is_content(path: Path) -> None:
    """Assert that FFmpeg decodes a file without an error or a warning, but for how it guesses a layout."""
    command = ["ffmpeg", "-v", "warning", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    complaints = [line for line in done.stderr.splitlines() if not line.startswith("Guessed Channel Layout")]
    assert complaints == []


def _packets(file: bytes) -> list[bytes]:
    with av.open(io.BytesIO(file), "r") as opened:
        return [bytes(packet) for packet in opened.demux(opened.streams.audio[0]) if packet.size]


@pytest.mark.parametrize("codec", ["flac", "aac", "opus"])
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3"])
def test_sound_to_the_sample(codec: Codec, suffix: str, source: Path, tmp_path: Path) -> None:
    """Files that can say so have exactly the stream's samples, without priming and padding."""
    source.write_bytes(_sound(codec))
    target = tmp_path / f"download{suffix}"
    export(source, target)
    assert encoded.count_samples(target.read_bytes()) == COUNT
    _assert_ffmpeg_is_content(target)


@pytest.mark.parametrize("codec", ["flac", "aac", "opus"])
@pytest.mark.parametrize("suffix", [".mp4", ".m4a"])
def test_sound_in_mp4(codec: Codec, suffix: str, source: Path, tmp_path: Path) -> None:
    """An MP4 begins at 0 and says the stream's exact length, whatever a codec's frames have beyond it."""
    source.write_bytes(_sound(codec))
    target = tmp_path / f"download{suffix}"
    export(source, target)
    with av.open(str(target)) as opened:
        (stream,) = opened.streams
        assert (stream.start_time, stream.duration, stream.time_base) == (0, COUNT, stream.time_base)
        assert stream.time_base is not None
        assert stream.time_base.denominator == 48_000
        assert stream.codec_context.codec.canonical_name == (codec if suffix == ".mp4" else "aac")
    _assert_ffmpeg_is_content(target)


@pytest.mark.parametrize(("codec", "suffix"), [("flac", ".flac"), ("aac", ".m4a"), ("opus", ".mp4")])
def test_sound_is_copied_where_it_fits(codec: Codec, suffix: str, source: Path, tmp_path: Path) -> None:
    """A codec that the target has a place for is not encoded again."""
    source.write_bytes(_sound(codec))
    target = tmp_path / f"download{suffix}"
    export(source, target)
    assert _packets(target.read_bytes()) == _packets(source.read_bytes())


def test_copied_flac_knows_its_length(source: Path, tmp_path: Path) -> None:
    """A `.flac` says how many samples it has, although the stream did not know when it began."""
    source.write_bytes(_sound("flac"))
    target = tmp_path / "download.flac"
    export(source, target)
    with av.open(str(target)) as opened:
        assert opened.streams.audio[0].duration == COUNT


@pytest.mark.parametrize("codec", ["flac", "aac", "opus"])
def test_pictures_whose_size_changes(codec: Codec, source: Path, tmp_path: Path) -> None:
    """All pictures of both sizes are in the finished file, each in its place, beside all of the sound."""
    source.write_bytes(_video(codec))
    target = tmp_path / "download.mp4"
    export(source, target)
    file = target.read_bytes()
    assert encoded.frame_times(file) == [index * encoded.TICK for index in range(48)]
    with av.open(str(target)) as opened:
        assert [(frame.width, frame.height) for frame in opened.decode(video=0)] == [
            *[(64, 48)] * 24,
            *[(96, 64)] * 24,
        ]
        assert opened.streams.video[0].codec_context.codec_tag == "avc3"
        assert opened.streams.video[0].duration == 2 * 120_000
        assert opened.streams.audio[0].duration == 96_000
    assert file.index(b"moov") < file.index(b"mdat")
    _assert_ffmpeg_is_content(target)


def test_times_beyond_32_bits(source: Path, tmp_path: Path) -> None:
    """A stream of half a day, whose ticks need more than 32 bits, has the right duration."""
    track, (first, second) = encoded.video_track(2, b_frames=0)
    ticks = 6 * 3_600 * VIDEO_TIMESCALE
    samples = [EncodedSample(data=one.data, duration=ticks, is_key=one.is_key) for one in (first, second)]
    source.write_bytes(encoded.stream_of(video=(track, samples), parts=2))
    target = tmp_path / "download.mp4"
    export(source, target)
    with av.open(str(target)) as opened:
        assert opened.streams.video[0].duration == 2 * ticks
    assert encoded.frame_times(target.read_bytes()) == [0, ticks]
    _assert_ffmpeg_is_content(target)


def test_seeking_in_the_finished_file(source: Path, tmp_path: Path) -> None:
    """A finished file knows where its key frames are."""
    source.write_bytes(encoded.stream_of(video=encoded.video_track(72)))
    target = tmp_path / "download.mp4"
    export(source, target)
    with av.open(str(target)) as opened:
        stream = opened.streams.video[0]
        opened.seek(60 * encoded.TICK, stream=stream)
        packet = next(opened.demux(stream))
        assert (packet.pts, packet.is_keyframe) == (48 * encoded.TICK, True)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".m4a", ".mp3"])
def test_the_sound_of_a_video(suffix: str, source: Path, tmp_path: Path) -> None:
    """A file of sound has only the sound of a stream with pictures."""
    source.write_bytes(_video("aac"))
    target = tmp_path / f"download{suffix}"
    export(source, target)
    with av.open(str(target)) as opened:
        assert [stream.type for stream in opened.streams] == ["audio"]
        # Only AAC cannot leave out what the last frame has beyond the end.
        expected = 96_256 if suffix == ".m4a" else 96_000
        assert sum(frame.samples for frame in opened.decode(audio=0)) == expected


@pytest.mark.parametrize(("rate_hz", "rate_of_mp3"), [(96_000, 48_000), (8_000, 8_000), (20_000, 22_050)])
def test_rates_that_a_codec_does_not_have(
    rate_hz: int, rate_of_mp3: int, source: Path, tmp_path: Path
) -> None:
    """An MP3 has nine rates up to 48 kHz; others are resampled."""
    source.write_bytes(
        encoded.stream_of(audio=encoded.audio_track("flac", rate_hz, rate_hz=rate_hz, channels=1))
    )
    target = tmp_path / "download.mp3"
    export(source, target)
    with av.open(str(target)) as opened:
        assert opened.streams.audio[0].rate == rate_of_mp3
        assert sum(frame.samples for frame in opened.decode(audio=0)) == rate_of_mp3


def test_a_stream_that_is_cut(source: Path, tmp_path: Path) -> None:
    """A stream truncated in the middle of a segment is exported up to the previous segment."""
    track, samples = encoded.audio_track("flac", COUNT)
    whole = encoded.stream_of(audio=(track, samples), parts=len(samples))
    source.write_bytes(whole[:-7])
    target = tmp_path / "download.wav"
    export(source, target)
    assert encoded.count_samples(target.read_bytes()) == COUNT - samples[-1].duration


def _only(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "stream", "message"),
    [
        (
            "a.wav",
            b"<!DOCTYPE html>",
            "stream cannot be converted to a.wav: it does not start with the init segment of a stream",
        ),
        (
            "a.mp4",
            b"",
            "stream cannot be converted to a.mp4: it does not start with the init segment of a stream",
        ),
        ("a.ogg", b"", "a.ogg: the suffix must be one of .mp4, .m4a, .flac, .wav, .mp3, not '.ogg'"),
    ],
)
def test_invalid_streams(name: str, stream: bytes, message: str, source: Path, tmp_path: Path) -> None:
    """What cannot be finished says why, and leaves nothing behind."""
    source.write_bytes(stream)
    with pytest.raises(ExportError) as raised:
        export(source, tmp_path / name)
    assert str(raised.value) == message
    assert _only(tmp_path) == {"stream"}


def test_an_init_segment_alone(source: Path, tmp_path: Path) -> None:
    """A stream without media segments is not exported as an empty file."""
    source.write_bytes(_sound("aac").partition(b"moof")[0][:-4])
    with pytest.raises(ExportError, match=r"^stream cannot be converted to a\.mp4: it contains no media$"):
        export(source, tmp_path / "a.mp4")


def test_no_sound(source: Path, tmp_path: Path) -> None:
    """Pictures without sound do not become a file of sound, and an older target stays what it was."""
    source.write_bytes(encoded.stream_of(video=encoded.video_track(4)))
    target = tmp_path / "a.wav"
    target.write_text("older")
    with pytest.raises(ExportError, match=r"^stream cannot be converted to a\.wav: it contains no sound$"):
        export(source, target)
    assert target.read_text() == "older"
    assert _only(tmp_path) == {"stream", "a.wav"}


def test_damaged_sound(source: Path, tmp_path: Path) -> None:
    """Audio that cannot be decoded is an error, and leaves no partial file behind."""
    data = bytearray(_sound("flac"))
    begin = data.index(b"mdat") + 4
    data[begin:] = bytes(len(data) - begin)
    source.write_bytes(data)
    with pytest.raises(ExportError, match=r"^stream cannot be converted to a\.wav: "):
        export(source, tmp_path / "a.wav")
    assert _only(tmp_path) == {"stream"}


def test_the_command(source: Path, tmp_path: Path) -> None:
    """The command makes the file and says nothing, or says what is wrong in one line and ends with 1."""
    source.write_bytes(_sound("flac"))
    target = tmp_path / "a.wav"
    command = [sys.executable, "-m", "gradstream.media.files.export", str(source)]
    done = subprocess.run([*command, str(target)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert encoded.count_samples(target.read_bytes()) == COUNT
    done = subprocess.run([*command, str(tmp_path / "a.txt")], capture_output=True, text=True, check=False)
    expected = "gradstream: a.txt: the suffix must be one of .mp4, .m4a, .flac, .wav, .mp3, not '.txt'\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_the_commands_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """The command takes two arguments."""
    assert main(["one"]) == 1
    assert capsys.readouterr().err == "usage: python -m gradstream.media.files.export SOURCE TARGET\n"


def test_copying_loads_no_encoder(source: Path, tmp_path: Path) -> None:
    """What is copied does not wait for FFmpeg to be loaded."""
    source.write_bytes(_sound("aac"))
    code = (
        "import sys; from pathlib import Path; from gradstream.media.files.export import export; "
        "export(Path(sys.argv[1]), Path(sys.argv[2])); print({'av', 'numpy'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(source), str(tmp_path / "a.mp4")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")
