"""Init and media segments are a file that FFmpeg accepts without a warning, after any segment."""

import json
import struct
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.mp4.fragment_reader import boxes_in, find_box
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import AudioTrack, Codec, EncodedSample, MediaSegment
from tests.unit.media import encoded

CODECS: tuple[Codec, ...] = ("flac", "aac", "opus")

NAMES = {"flac": "flac", "aac": "mp4a.40.2", "opus": "opus"}
SECOND_AND_A_BIT = 48_000 + 123


def _probed(path: Path) -> list[dict[str, object]]:
    """Return what ffprobe says of a file's tracks; any warning fails."""
    command = ["ffprobe", "-v", "warning", "-count_frames", "-show_streams", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    streams: list[dict[str, object]] = json.loads(done.stdout)["streams"]
    return streams


def _assert_joined(segments: list[MediaSegment]) -> None:
    """Assert that each segment starts exactly where the previous one ends."""
    assert [segment.index for segment in segments] == list(range(len(segments)))
    assert segments[0].start_s == 0.0
    for before, after in pairwise(segments):
        assert before.start_s + before.duration_s == after.start_s


@pytest.mark.parametrize("codec", CODECS)
def test_audio_cut_after_any_segment(codec: Codec, tmp_path: Path) -> None:
    """FFmpeg accepts an audio stream that is cut after any segment, and finds every frame."""
    track, samples = encoded.audio_track(codec, SECOND_AND_A_BIT)
    muxer = SegmentMuxer(audio=track)
    assert muxer.init.mime == f'audio/mp4; codecs="{NAMES[codec]}"'
    assert muxer.init.timescale == 48_000
    path = tmp_path / "stream.mp4"
    path.write_bytes(muxer.init.data)
    for start in range(0, len(samples), 10):
        with path.open("ab") as file:
            file.write(muxer.segment(audio=samples[start : start + 10]).data)
        (stream,) = _probed(path)
        assert stream["codec_name"] == codec
        assert (stream["sample_rate"], stream["channels"]) == ("48000", 2)
        assert stream["nb_read_frames"] == str(min(start + 10, len(samples)))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 96_000])
def test_flac_to_the_sample(rate_hz: int, channels: int) -> None:
    """A stream of FLAC is decoded to the very number of samples, of every rate."""
    track = encoded.audio_track("flac", rate_hz + 7, rate_hz=rate_hz, channels=channels)
    assert encoded.count_samples(encoded.stream_of(audio=track)) == rate_hz + 7


@pytest.mark.parametrize(("codec", "priming"), [("aac", 1024), ("opus", 312)])
def test_priming_is_not_presented(codec: Codec, priming: int) -> None:
    """The times of segments do not include priming."""
    track, samples = encoded.audio_track(codec, SECOND_AND_A_BIT)
    assert track.priming == priming
    muxer = SegmentMuxer(audio=track)
    segments = [muxer.segment(audio=samples[:10]), muxer.segment(audio=samples[10:])]
    _assert_joined(segments)
    assert segments[0].duration_s == (10 * samples[0].duration - priming) / 48_000
    assert segments[-1].start_s + segments[-1].duration_s == SECOND_AND_A_BIT / 48_000


def test_less_than_the_priming() -> None:
    """A first segment with nothing but priming has duration 0."""
    track, samples = encoded.audio_track("aac", SECOND_AND_A_BIT)
    muxer = SegmentMuxer(audio=track)
    first = muxer.segment(audio=samples[:1])
    second = muxer.segment(audio=samples[1:2], peaks=(3, 100))
    assert (first.start_s, first.duration_s, first.peaks) == (0.0, 0.0, ())
    assert (second.start_s, second.duration_s, second.peaks) == (0.0, 1024 / 48_000, (3, 100))


@pytest.mark.parametrize("b_frames", [0, 2, 3])
def test_every_picture_in_its_place(b_frames: int) -> None:
    """Pictures are shown from 0 on with equal gaps, whatever order they are decoded in."""
    track = encoded.video_track(50, b_frames=b_frames)
    times = encoded.frame_times(encoded.stream_of(video=track))
    assert times == [index * encoded.TICK for index in range(50)]


@pytest.mark.parametrize("b_frames", [0, 2, 3])
@pytest.mark.parametrize("codec", CODECS)
def test_pictures_begin_at_0_in_the_media_itself(codec: Codec, b_frames: int) -> None:
    """No edit list moves the pictures, and no frame is shown before it is decoded."""
    video, audio = encoded.video_track(60, b_frames=b_frames), encoded.audio_track(codec, 120_000)
    muxer = SegmentMuxer(video=video[0], audio=audio[0])
    moov = find_box(muxer.init.data, b"moov")
    edited = [find_box(trak, b"tkhd")[12:16] for kind, trak in boxes_in(moov) if _has_edits(kind, trak)]
    assert edited in ([], [b"\0\0\0\2"])
    shown: list[int] = []
    for segment in encoded.segments_of(muxer, video_samples=video[1], audio_samples=audio[1]):
        shown += _shown_times(segment.data)
    assert sorted(shown) == [index * encoded.TICK for index in range(60)]
    assert shown[0] == 0


def _has_edits(kind: bytes, trak: bytes) -> bool:
    return kind == b"trak" and any(kind == b"edts" for kind, _ in boxes_in(trak))


def _shown_times(segment: bytes) -> Iterator[int]:
    """Yield when a segment's pictures are shown: decode time plus offset, as ISO/IEC 14496-12 has it."""
    for kind, moof in boxes_in(segment):
        for part, traf in boxes_in(moof) if kind == b"moof" else ():
            if part != b"traf" or find_box(traf, b"tfhd")[4:8] != b"\0\0\0\1":
                continue
            (decoded,) = struct.unpack(">Q", find_box(traf, b"tfdt")[4:])
            for duration, _, _, offset in struct.iter_unpack(">IIIi", find_box(traf, b"trun")[12:]):
                assert offset >= 0
                yield decoded + offset
                decoded += duration


def test_reordering_that_begins_late() -> None:
    """Pictures stay where they are when later ones, of another size, are decoded in another order."""
    track, plain = encoded.video_track(24, b_frames=0)
    _, reordered = encoded.video_track(24, b_frames=3, width=96, height=64)
    file = encoded.stream_of(video=(track, plain + reordered))
    assert encoded.frame_times(file) == [index * encoded.TICK for index in range(48)]


@pytest.mark.parametrize("codec", CODECS)
def test_pictures_with_sound(codec: Codec, tmp_path: Path) -> None:
    """FFmpeg accepts two tracks that start at 0, cut after any segment, also after a change of size."""
    track, small = encoded.video_track(24)
    _, large = encoded.video_track(24, width=96, height=64)
    sound_track, audio = encoded.audio_track(codec, 96_000)
    muxer = SegmentMuxer(video=track, audio=sound_track)
    assert muxer.init.mime == f'video/mp4; codecs="avc3.{track.config[1:4].hex()}, {NAMES[codec]}"'
    segments = encoded.segments_of(muxer, video_samples=small + large, audio_samples=audio)
    _assert_joined(segments)
    assert segments[-1].start_s + segments[-1].duration_s == 2.0
    share = -(-len(audio) // len(segments))
    path = tmp_path / "stream.mp4"
    path.write_bytes(muxer.init.data)
    for number, segment in enumerate(segments, 1):
        with path.open("ab") as file:
            file.write(segment.data)
        picture, sound = _probed(path)
        assert picture["nb_read_frames"] == str(12 * number)
        assert picture["start_time"] == "0.000000"
        assert sound["nb_read_frames"] == str(min(number * share, len(audio)))
        assert float(str(sound["start_time"])) == pytest.approx(-sound_track.priming / 48_000, abs=1e-6)


def test_a_segment_of_one_track() -> None:
    """A segment may have video only or audio only; times are those of the video."""
    picture, pictures = encoded.video_track(2, b_frames=0)
    sound, audio = encoded.audio_track("flac", 4_000)
    muxer = SegmentMuxer(video=picture, audio=sound)
    made = [
        muxer.segment(video=pictures[:1]),
        muxer.segment(audio=audio),
        muxer.segment(video=pictures[1:]),
    ]
    assert [segment.duration_s for segment in made] == [1 / 24, 0.0, 1 / 24]
    file = b"".join((muxer.init.data, *(segment.data for segment in made)))
    assert len(encoded.frame_times(file)) == 2
    assert encoded.count_samples(file) == 4_000


@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=60))
def test_times_add_up(durations: list[int]) -> None:
    """A start plus its duration is exactly the next start, however long segments are."""
    track = AudioTrack(codec="opus", rate_hz=44_100, channels=1, config=bytes(11), priming=312)
    muxer = SegmentMuxer(audio=track)
    made = [muxer.segment(audio=[EncodedSample(data=b"", duration=duration)]) for duration in durations]
    _assert_joined(made)
    presented = max(0, sum(durations) - 312)
    assert made[-1].start_s + made[-1].duration_s == pytest.approx(presented / 44_100, rel=1e-12)


def test_no_track() -> None:
    """There is no stream of nothing."""
    with pytest.raises(ValueError, match=r"^a segment muxer needs a video track, an audio track, or both$"):
        SegmentMuxer()


def test_frames_that_belong_nowhere() -> None:
    """Frames of a track that is not there, and no frames at all, are refused, and nothing is counted."""
    track, samples = encoded.audio_track("flac", 2_000)
    muxer = SegmentMuxer(audio=track)
    with pytest.raises(ValueError, match=r"^the segment contains video, but the stream has no video track$"):
        muxer.segment(video=samples)
    with pytest.raises(ValueError, match=r"^a segment needs at least one sample$"):
        muxer.segment()
    assert muxer.segment(audio=samples).index == 0
