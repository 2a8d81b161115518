"""Streams of pictures as a whole: what is decoded from them is what was yielded, when it should be shown."""

import io
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from msgspec import structs

from gradstream.media.files.export import export
from gradstream.media.types import VIDEO_TIMESCALE, ChunkError, MediaSegment, VideoOptions
from gradstream.media.video.audio_track import DEFAULT_RATE_HZ
from gradstream.media.video.stream import VideoStream, exact_rate
from tests.unit.media.videos import (
    ClipForm,
    VideoSegments,
    chunk_of,
    gaps,
    make_clip,
    picture_count,
    pictures_of,
    shown,
    sound_length,
    sound_of,
)

FRAME = VIDEO_TIMESCALE // 25
MPEG4 = ClipForm(codec="mpeg4", options="b=8000000")
WEBM = ClipForm(container="webm", codec="libvpx", options="deadline=realtime cpu-used=8")


def stream(chunks: Sequence[bytes], options: VideoOptions | None = None) -> VideoSegments:
    """Return what a stream of clips puts."""
    sink = VideoSegments()
    video = VideoStream(options or VideoOptions(), sink=sink, warn=pytest.fail)
    for number, data in enumerate(chunks, start=1):
        video.add(chunk_of(data, number=number))
    video.finish()
    return sink


class FirstOnly(VideoSegments):
    """A sink that raises at its first media segment."""

    class Enough(Exception):  # noqa: N818 (nothing went wrong)
        """Raised at the first media segment."""

    def append(self, segment: MediaSegment) -> None:
        """Keep it, and raise."""
        super().append(segment)
        raise self.Enough


def greys(count: int, size: tuple[int, int] = (48, 64)) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return pictures of which the n-th is grey, 5 n."""
    return np.arange(count, dtype=np.uint8)[:, None, None, None] * np.full((count, *size, 3), 5, np.uint8)


@pytest.mark.parametrize(
    "form",
    [
        ClipForm(),
        ClipForm(container="mpegts"),
        ClipForm(container="matroska"),
        ClipForm(container="mov", options="bf=3 g=20 preset=ultrafast"),
        MPEG4,
        WEBM,
        ClipForm(container="webm", codec="libvpx-vp9", options="deadline=realtime cpu-used=8"),
        ClipForm(pixels="yuv420p10le"),
        ClipForm(options="preset=ultrafast flags=+ildct+ilme"),
        ClipForm(fps=Fraction(24000, 1001)),
        ClipForm(fps=Fraction(24000, 1001), container="mpegts"),
        ClipForm(fps=Fraction(30000, 1001), container="matroska"),
    ],
)
def test_every_picture_of_every_clip_is_shown_at_equal_gaps(form: ClipForm) -> None:
    """500 pictures of ten clips are 500 pictures, each once and in order, with no gap that differs."""
    pictures = shown(stream([make_clip(form)] * 10).file)
    assert [picture.number for picture in pictures] == list(range(50)) * 10
    assert pictures[0].tick == 0
    assert gaps(pictures) == {round(VIDEO_TIMESCALE / form.fps)}


def test_copied_transcoded_and_drawn_pictures_mix() -> None:
    """Clips that are copied, clips that are not and arrays follow each other without a gap."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(fps=25), sink=sink)
    clips = [make_clip(form) for form in (ClipForm(), MPEG4, ClipForm(container="mpegts"), WEBM)]
    for number, data in enumerate([*clips, *clips]):
        video.add(chunk_of(data))
        video.add(pictures_of(greys(10), number=number))
        video.add(pictures_of(greys(1)[0], number=number))
    video.finish()
    pictures = shown(sink.file)
    assert [picture.number for picture in pictures] == [*range(50), *range(10), 0] * 8
    assert gaps(pictures) == {FRAME}


def test_single_pictures_are_a_stream() -> None:
    """Pictures yielded one by one are shown at the demo's rate, 23.976 being exactly 24000/1001."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(fps=23.976), sink=sink)
    for picture in greys(48):
        video.add(pictures_of(picture))
    video.finish()
    pictures = shown(sink.file)
    assert [picture.number for picture in pictures] == list(range(48))
    assert gaps(pictures) == {5005}


def test_slow_pictures_make_long_segments() -> None:
    """If each picture lasts 2 s, the init segment states it, and every segment is one picture."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(fps=0.5), sink=sink)
    video.add(pictures_of(greys(3)))
    video.finish()
    assert sink.inits[0].longest_s == 2.0
    assert [segment.duration_s for segment in sink.segments] == [2.0] * 3


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (24.0, Fraction(24)),
        (29.97, Fraction(30000, 1001)),
        (23.976, Fraction(24000, 1001)),
        (23.98, Fraction(24000, 1001)),
        (59.94, Fraction(60000, 1001)),
        (12.5, Fraction(25, 2)),
        (0.1, Fraction(1, 10)),
    ],
)
def test_the_rate_that_is_meant(fps: float, rate: Fraction) -> None:
    """Usual roundings of broadcast rates mean the exact ones; all others are what they say."""
    assert exact_rate(fps) == rate


def test_variable_rates_are_kept() -> None:
    """A clip whose pictures come irregularly keeps its times, copied and transcoded."""
    times = tuple(40 * number + (17 * number) % 23 for number in range(50))
    for codec in ("libx264", "mpeg4"):
        options = "bf=2 preset=ultrafast" if codec == "libx264" else "b=8000000"
        data = make_clip(ClipForm(codec=codec, options=options, times=times))
        pictures = shown(stream([data, data]).file)
        ticks = [VIDEO_TIMESCALE * time // 1000 for time in times]
        assert [picture.tick for picture in pictures[:50]] == ticks
        assert [picture.tick - pictures[50].tick for picture in pictures[50:]] == ticks


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 32_000])
def test_sound_keeps_up_with_pictures(rate_hz: int) -> None:
    """After 20 clips of 29.97 pictures a second sound and pictures end within half a sample."""
    form = ClipForm(fps=Fraction(30000, 1001), count=60, rate_hz=rate_hz)
    first = make_clip(ClipForm(fps=form.fps, count=60, rate_hz=44_100))
    file = stream([first, *[make_clip(form)] * 19]).file
    pictures_s = 20 * 60 / form.fps
    assert picture_count(file) == 1200
    assert sound_length(file) == round(pictures_s * 44_100)


@pytest.mark.parametrize("form", [ClipForm(), MPEG4, WEBM, ClipForm(container="mpegts")])
@pytest.mark.parametrize("sound_s", [0.4, 2.05, 5.0])
def test_a_picture_is_held_while_its_sound_goes_on(form: ClipForm, sound_s: float) -> None:
    """Each clip in a row has all of its sound: it holds the last picture, or silence follows it."""
    codec = "libopus" if form.container == "webm" else "aac"
    clip = make_clip(structs.replace(form, rate_hz=48_000, sound_codec=codec, sound_s=sound_s))
    file = stream([clip] * 3, VideoOptions(codec="flac")).file
    pictures = shown(file)
    starts = [picture.tick for picture in pictures[::50]]
    length_s = (starts[1] - starts[0]) / VIDEO_TIMESCALE
    assert [picture.number for picture in pictures] == [*range(50)] * 3
    assert starts[2] - starts[1] == starts[1] - starts[0]
    assert length_s == (2 if sound_s < 2.1 else pytest.approx(sound_s, abs=0.06))
    assert sound_length(file) == round(3 * length_s * 48_000)


def test_audio_is_in_sync_with_its_picture() -> None:
    """A clip's flash and click are at the same time in the stream, in every one of ten clips."""
    form = ClipForm(container="matroska", count=30, rate_hz=48_000, sound_codec="pcm_s16le", sound_s=0.5)
    sink = stream([make_clip(form)] * 10, VideoOptions(codec="flac"))
    samples = sound_of(sink.file)[0]
    clip = 48_000 * 30 // 25
    sine = 0.5 * np.sin(2 * np.pi * 440 / 48_000 * np.arange(24_000))
    for number in range(10):
        part = samples[clip * number : clip * (number + 1)]
        assert np.abs(part[:24_000] - sine).max() < 1e-3
        assert not part[24_000:].any()


@pytest.mark.parametrize("form", [ClipForm(), MPEG4])
def test_a_clip_that_is_cut_short_is_accounted_for(tmp_path: Path, form: ClipForm) -> None:
    """A file that ends before what its index states is played as far as it goes, with a warning."""
    (tmp_path / "it.mp4").write_bytes(make_clip(structs.replace(form, count=100)))
    index_first = ["-c", "copy", "-movflags", "faststart", str(tmp_path / "whole.mp4")]
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(tmp_path / "it.mp4"), *index_first], check=True)
    with av.open(str(tmp_path / "whole.mp4")) as file:
        ends = [packet.pos for packet in file.demux(video=0) if packet.size][60]
    data = (tmp_path / "whole.mp4").read_bytes()[:ends]
    emitted: list[str] = []
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink, warn=emitted.append)
    video.add(chunk_of(data))
    video.finish()
    (text,) = emitted
    assert text.startswith("chunk 1: ")
    assert text.endswith(" s came into the stream of the 4.00 s that the file states; the rest is missing")
    assert picture_count(sink.file) == 60


def test_the_first_chunk_decides_about_sound() -> None:
    """After a first clip without sound, later sound is left out, with one warning."""
    sink, emitted = VideoSegments(), list[str]()
    video = VideoStream(VideoOptions(), sink=sink, warn=emitted.append)
    for number, form in enumerate([ClipForm(), ClipForm(rate_hz=44_100), ClipForm(rate_hz=44_100)], start=1):
        video.add(chunk_of(make_clip(form), number=number))
    video.finish()
    assert sink.inits[0].mime.count(",") == 0
    assert gaps(shown(sink.file)) == {FRAME}
    (text,) = emitted
    assert text == (
        "chunk 2 has sound, but the stream started without it: set `sound: true` on the output to include "
        "sound from the start; until then it is left out"
    )


def test_a_track_for_sound_can_be_kept() -> None:
    """With `sound: true` a silent beginning is silence as long as its pictures, and later sound is heard."""
    clips = [make_clip(form) for form in (ClipForm(), ClipForm(rate_hz=44_100), MPEG4)]
    file = stream(clips, VideoOptions(sound=True, codec="flac")).file
    assert sound_length(file) == 6 * DEFAULT_RATE_HZ
    parts = np.split(sound_of(file)[0], (2 * DEFAULT_RATE_HZ, 4 * DEFAULT_RATE_HZ))
    assert [bool(np.abs(part).max() > 0.1) for part in parts] == [False, True, False]


@pytest.mark.parametrize(
    ("options", "codec"),
    [
        (VideoOptions(sound=True), "mp4a.40.2"),
        (VideoOptions(sound=True, accepts=("aac", "opus", "flac")), "flac"),
        (VideoOptions(sound=True, accepts=("aac", "opus")), "opus"),
        (VideoOptions(sound=True, accepts=("flac",)), "flac"),
        (VideoOptions(sound=True, accepts=()), "mp4a.40.2"),
        (VideoOptions(sound=True, codec="flac"), "flac"),
    ],
)
def test_the_codec_of_the_sound(options: VideoOptions, codec: str) -> None:
    """FLAC comes first, then Opus, of what the reader plays; a fixed codec is used anyway."""
    sink = VideoSegments()
    VideoStream(options, sink=sink).add(pictures_of(greys(1)))
    assert sink.inits[0].mime.endswith(f', {codec}"')


def test_sizes_may_change() -> None:
    """Copied, transcoded and drawn pictures of other sizes play on in one file, each in its own size."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(fps=25), sink=sink)
    forms = [
        ClipForm(),
        ClipForm(size=(128, 96)),
        ClipForm(codec="mpeg4", options="b=8000000", size=(96, 64)),
        ClipForm(codec="libvpx", container="webm", options="", size=(63, 47)),
        ClipForm(),
    ]
    for form in forms:
        video.add(chunk_of(make_clip(form)))
    video.add(pictures_of(greys(10, (31, 33))))
    video.finish()
    pictures = shown(sink.file)
    sizes = [(64, 48), (128, 96), (96, 64), (64, 48), (64, 48)]
    assert [picture.size for picture in pictures] == [size for size in sizes for _ in range(50)] + [
        (34, 32)
    ] * 10
    assert [picture.number for picture in pictures] == list(range(50)) * 5 + list(range(10))
    assert gaps(pictures) == {FRAME}


def test_rotated_pictures_are_turned_upright() -> None:
    """A clip that says that it is to be turned is turned, and the next one is copied again."""
    pictures = shown(stream([make_clip(ClipForm(rotation=90)), make_clip(ClipForm())]).file)
    assert [picture.size for picture in pictures] == [(48, 64)] * 50 + [(64, 48)] * 50


def test_a_clip_without_a_key_frame_in_front_is_decoded() -> None:
    """A clip cut between key frames begins with the first picture that can be shown whole."""
    data = make_clip(ClipForm(container="mpegts", options="preset=ultrafast g=10 sc_threshold=0"))
    with av.open(io.BytesIO(data), "r") as file:
        keys = [packet.pos or 0 for packet in file.demux(video=0) if packet.is_keyframe]
    packets_before = (keys[1] + (keys[2] - keys[1]) // 3) // 188
    # The tables in front, and then the stream from the middle of a group on.
    cut = data[: 188 * 3] + data[188 * packets_before :]
    numbers = [picture.number for picture in shown(stream([cut]).file)]
    assert numbers == list(range(20, 50))


def test_a_trimmed_clip_shows_its_part_only() -> None:
    """Pictures in front of an edit list's beginning are needed to decode, and not shown."""
    data = make_clip(ClipForm())
    at = data.index(b"elst") + 12
    media_time = int.from_bytes(data[at + 4 : at + 8])
    # Ten pictures later, by the clock of the track.
    scale = int.from_bytes(data[data.index(b"mdhd") + 16 :][:4])
    begin = (media_time + 10 * scale // 25).to_bytes(4)
    trimmed = data[: at + 4] + begin + data[at + 8 :]
    pictures = shown(stream([trimmed, data]).file)
    assert [picture.number for picture in pictures] == [*range(10, 50), *range(50)]
    assert gaps(pictures) == {FRAME}


@pytest.mark.parametrize("bad", [b"\x00\x01garbage" * 100, b"<html>No</html>", b""])
def test_after_a_bad_chunk_the_stream_goes_on(bad: bytes) -> None:
    """Garbage is refused and named, first or in between, and the clips around it join without a gap."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    clip = make_clip(ClipForm(rate_hz=44_100))
    for number, data in enumerate([bad, clip, bad, clip], start=1):
        if data is bad:
            with pytest.raises(ChunkError, match=rf"chunk {number} .* cannot be decoded as video"):
                video.add(chunk_of(data, number=number, name="part.mp4"))
        else:
            video.add(chunk_of(data, number=number))
    video.finish()
    pictures = shown(sink.file)
    assert [picture.number for picture in pictures] == list(range(50)) * 2
    assert gaps(pictures) == {FRAME}
    assert sound_length(sink.file) == 4 * 44_100


def test_what_can_be_read_of_a_damaged_clip_is_shown() -> None:
    """A clip that is damaged in the middle is shown up to there, and then named as bad."""
    data = bytearray(make_clip(ClipForm(options="bf=0 preset=ultrafast g=1", rate_hz=44_100)))
    with av.open(io.BytesIO(bytes(data)), "r") as file:
        positions = [packet.pos or 0 for packet in file.demux(video=0) if packet.size]
    data[positions[30] : positions[30] + 4] = b"\xff\xff\xff\xff"
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    with pytest.raises(
        ChunkError, match=r"chunk 1 .* cannot be decoded beyond 1\.20 s: an H\.264 frame is truncated"
    ):
        video.add(chunk_of(bytes(data)))
    video.add(chunk_of(make_clip(ClipForm())))
    video.finish()
    assert [picture.number for picture in shown(sink.file)] == [*range(30), *range(50)]
    assert sound_length(sink.file) == round(Fraction(80, 25) * 44_100)


def test_a_picture_that_is_too_large_is_an_error() -> None:
    """It is an error with its number, and the stream continues."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    with pytest.raises(
        ChunkError, match=r"chunk 1 \(of 16386 by 2 pixels\) is larger than 16384 pixels a side"
    ):
        video.add(pictures_of(np.zeros((2, 16_386), np.uint8)))
    video.add(pictures_of(greys(3), number=2))
    video.finish()
    assert len(shown(sink.file)) == 3


def test_a_player_can_begin_while_a_clip_is_read() -> None:
    """A long clip's first segment is short, and is emitted before all of the clip has been read."""
    sink = FirstOnly()
    video = VideoStream(VideoOptions(), sink=sink)
    with pytest.raises(FirstOnly.Enough):
        video.add(chunk_of(make_clip(ClipForm(container="mpegts", count=250, rate_hz=44_100))))
    assert sink.segments[0].duration_s == 0.08
    # Only what waits for the end of the first segment's audio has been encoded by then.
    assert video.pending_s < 0.5
    video.close()


def test_clips_concatenated_byte_by_byte_are_an_error() -> None:
    """Where a clip's clock goes back it ends, and the error says what to do."""
    for form in (ClipForm(container="mpegts"), ClipForm(container="mpegts", codec="mpeg2video", options="")):
        video = VideoStream(VideoOptions(), sink=VideoSegments())
        with pytest.raises(
            ChunkError, match=r"cannot be decoded beyond (2\.00|1\.96) s: its timestamps go back there;"
        ):
            video.add(chunk_of(make_clip(form) * 2))
        video.close()


def test_pictures_in_real_time_are_gathered_and_flushed() -> None:
    """Past the start single pictures are held back, as `pending_s` shows, and `flush` emits them."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(fps=25), sink=sink)
    for picture in greys(26):
        video.add(pictures_of(picture))
    assert (len(sink.segments), video.pending_s) == (5, 0.12)
    video.flush()
    assert (len(sink.segments), video.pending_s) == (6, 0.0)
    video.finish()
    assert len(sink.segments) == 6


def test_closing_is_possible_at_any_time() -> None:
    """A stream can be closed before its first chunk, after one, and twice; this emits nothing."""
    VideoStream(VideoOptions(), sink=VideoSegments()).close()
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    video.add(chunk_of(make_clip(ClipForm(rate_hz=44_100))))
    count = len(sink.segments)
    video.close()
    video.close()
    assert len(sink.segments) == count


def test_nothing_yielded_makes_no_stream() -> None:
    """A stream that ends without a chunk opens no sink."""
    sink = VideoSegments()
    video = VideoStream(VideoOptions(), sink=sink)
    video.flush()
    video.finish()
    assert (sink.inits, video.pending_s) == ([], 0.0)


def test_an_error_of_the_sink_passes_through() -> None:
    """What a sink raises, as when a run is stopped, ends `add` at once, also in the middle of a clip."""
    video = VideoStream(VideoOptions(), sink=FirstOnly())
    with pytest.raises(FirstOnly.Enough):
        video.add(chunk_of(make_clip(MPEG4)))
    video.close()


def test_other_programs_read_the_same(tmp_path: Path) -> None:
    """By ffprobe's account too, packets and frames of clips that change their size come at equal gaps."""
    clips = [make_clip(form) for form in (ClipForm(), ClipForm(size=(128, 96), rate_hz=44_100), MPEG4)]
    path = tmp_path / "stream.mp4"
    path.write_bytes(stream(clips, VideoOptions(sound=True)).file)
    for entry in ("packet", "frame"):
        command = [
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            f"{entry}=pts",
            "-of",
            "csv=p=0",
        ]
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True)
        ticks = sorted(int(line.split(",")[0]) for line in done.stdout.split())
        assert done.stderr == ""
        assert [tick - ticks[0] for tick in ticks] == [FRAME * number for number in range(150)]


def test_a_finished_file_has_all_sizes(tmp_path: Path) -> None:
    """The download made of a stream shows every picture in its size, at its time."""
    source, target = tmp_path / "stream", tmp_path / "clip.mp4"
    forms = (ClipForm(rate_hz=44_100), ClipForm(size=(128, 96), rate_hz=48_000), MPEG4)
    source.write_bytes(stream([make_clip(form) for form in forms]).file)
    export(source, target)
    pictures = shown(target.read_bytes())
    assert [picture.size for picture in pictures] == [(64, 48)] * 50 + [(128, 96)] * 50 + [(64, 48)] * 50
    assert [picture.number for picture in pictures] == list(range(50)) * 3
    assert gaps(pictures) == {FRAME}
