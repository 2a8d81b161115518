"""Visitors' files in the format that a demo asks for."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from gradstream.media.files.convert import convert_audio, convert_video, has_audio_format, has_video_format
from gradstream.media.files.decode import MediaFileError, read_audio, read_duration_s
from gradstream.media.time_range import WHOLE_FILE, TimeRange
from tests.unit.media import clips
from tests.unit.media.clips import RATE, codecs, greys, tone

SOUNDS = ["wav", "mp3", "flac", "ogg", "m4a"]
QUARTER_TURN = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 48 << 16, 0, 1 << 30)
"""The matrix of a track (ISO 14496-12, section 8.3.2) that a phone held upright writes."""


@pytest.mark.parametrize("form", SOUNDS)
@pytest.mark.parametrize("part", [WHOLE_FILE, TimeRange(0.25, 0.75)])
def test_sound_becomes_the_format(tmp_path: Path, form: str, part: TimeRange) -> None:
    """A file has the format that was asked for, and the length of the time range."""
    source, target = tmp_path / "source.wav", str(tmp_path / f"target.{form}")
    clips.write_sound(source, tone(1.0, channels=2))
    assert has_audio_format(str(source), form) is (form == "wav")
    convert_audio(str(source), target, form=form, time_range=part)
    assert has_audio_format(target, form)
    rate, samples = read_audio(target)
    # AAC fills its last frame, and Opus keeps some of what it was padded with.
    slack = {"m4a": 1024, "ogg": 700}.get(form, 0)
    assert 0 <= len(samples) - part.length_s(1.0) * rate <= slack
    assert samples.shape[1] == 2


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_a_part_loses_nothing(tmp_path: Path, form: str) -> None:
    """Lossless formats keep every sample of the time range."""
    source, target = tmp_path / "source.wav", str(tmp_path / f"target.{form}")
    clips.write_sound(source, tone(1.0))
    convert_audio(str(source), target, form=form, time_range=TimeRange(0.5, 0.6))
    _, samples = read_audio(target)
    assert np.array_equal(samples, tone(1.0)[round(0.5 * RATE) : round(0.6 * RATE), 0])


@pytest.mark.parametrize("form", SOUNDS)
def test_rates_that_an_encoder_has_not(tmp_path: Path, form: str) -> None:
    """Sound of an unusual rate is brought to one that the format has."""
    source, target = tmp_path / "source.wav", str(tmp_path / f"target.{form}")
    clips.write_sound(source, tone(1.0, rate=96_000), rate=96_000)
    convert_audio(str(source), target, form=form)
    assert abs(read_duration_s(target) - 1.0) < 0.03


@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_a_part_of_a_video_is_exact_to_the_picture(tmp_path: Path, form: str) -> None:
    """The first picture is the one visible at the start, and none comes after the end."""
    source, target = tmp_path / "source.mp4", str(tmp_path / f"target.{form}")
    clips.write_video(source, 2.0, sound="aac")
    convert_video(str(source), target, form=form, time_range=TimeRange(0.55, 1.2))
    assert has_video_format(target, form)
    assert greys(target) == [(0.0, 5), *((round(n * 0.1 - 0.55, 3), n) for n in range(6, 12))]
    _, samples = read_audio(target)
    assert abs(len(samples) - 0.65 * 48_000) < 1200


@pytest.mark.parametrize(
    ("name", "codec", "sound"), [("it.mp4", "libx264", "aac"), ("it.webm", "libvpx", "libopus")]
)
def test_a_late_part_is_found_without_what_is_before_it(
    tmp_path: Path, name: str, codec: str, sound: str
) -> None:
    """A time range far into a video has the same pictures and length as if everything was decoded."""
    source, target = tmp_path / name, str(tmp_path / "target.mp4")
    clips.write_video(source, 4.0, codec=codec, sound=sound)
    convert_video(str(source), target, form="mp4", time_range=TimeRange(3.2, 3.6))
    assert [number for _, number in greys(target)] == [32, 33, 34, 35]
    _, samples = read_audio(target)
    assert abs(len(samples) - 0.4 * 48_000) < 1200


def test_a_part_of_a_video_without_an_index(tmp_path: Path) -> None:
    """What a browser recorded, and wrote as it came, is cut as well."""
    source, target = tmp_path / "source.webm", str(tmp_path / "target.mp4")
    clips.write_video(source, 4.0, codec="libvpx", options={"live": "1"})
    convert_video(str(source), target, form="mp4", time_range=TimeRange(3.2, 3.6))
    assert [number for _, number in greys(target)] == [32, 33, 34, 35]


def test_what_fits_is_copied(tmp_path: Path) -> None:
    """A video whose codecs fit is not encoded again: its packets are the same in the other container."""
    source, target = tmp_path / "source.mov", str(tmp_path / "target.mp4")
    clips.write_video(source, 1.0, sound="aac")
    assert not has_video_format(str(tmp_path / "source.mov"), "webm")
    convert_video(str(source), target, form="mp4")
    with av.open(str(source)) as before, av.open(target) as after:
        packets = [[bytes(packet) for packet in file.demux() if packet.size] for file in (before, after)]
    assert packets[0] == packets[1]


def test_what_does_not_fit_is_encoded(tmp_path: Path) -> None:
    """Every picture of another codec comes at its time, and so does the sound."""
    source, target = tmp_path / "source.webm", str(tmp_path / "target.mp4")
    clips.write_video(source, 1.0, codec="libvpx", sound="libopus")
    convert_video(str(source), target, form="mp4")
    assert codecs(target) == ["h264", "aac"]
    assert [number for _, number in greys(target)] == list(range(10))


def test_pictures_with_odd_sides(tmp_path: Path) -> None:
    """A row or column that H.264 cannot hold is left out."""
    source, target = tmp_path / "source.webm", str(tmp_path / "target.mp4")
    clips.write_video(source, 0.5, codec="libvpx", size=(65, 49))
    convert_video(str(source), target, form="mp4")
    with av.open(target) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (64, 48)


def test_a_phone_that_was_held_upright(tmp_path: Path) -> None:
    """Pictures that players turn are turned when they are encoded again."""
    source, target = tmp_path / "source.mp4", str(tmp_path / "target.mp4")
    with av.open(str(source), "w") as file:
        stream = file.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        left_is_white = np.zeros((48, 64, 3), np.uint8)
        left_is_white[:, :32] = 255
        file.mux(stream.encode(av.VideoFrame.from_ndarray(left_is_white)))
        file.mux(stream.encode(None))
    data = source.read_bytes()
    at = data.index(b"tkhd") + 44
    source.write_bytes(data[:at] + QUARTER_TURN + data[at + len(QUARTER_TURN) :])
    convert_video(str(source), target, form="mp4", time_range=TimeRange(0.0, 0.05))
    with av.open(target) as file:
        picture = next(file.decode(video=0)).to_ndarray(format="gray")
    assert picture.shape == (64, 48)
    assert (picture[:24].min() > 200, picture[40:].max() < 50) == (True, True)


def test_nothing_to_write(tmp_path: Path) -> None:
    """Sound has no pictures, and some videos have no sound."""
    sound = str(clips.write_sound(tmp_path / "it.wav", tone(0.1)))
    video = str(clips.write_video(tmp_path / "it.mp4", 0.3))
    with pytest.raises(MediaFileError, match="the file contains no pictures"):
        convert_video(sound, str(tmp_path / "out.mp4"), form="mp4")
    with pytest.raises(MediaFileError, match="the file contains no sound"):
        convert_audio(video, str(tmp_path / "out.wav"), form="wav")
