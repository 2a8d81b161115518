"""How a video stream is cut into segments."""

import pytest

from gradstream.media.types import LONGEST_SEGMENT_S, VIDEO_TIMESCALE, AudioTrack, EncodedSample
from gradstream.media.video.segmenter import MAX_WAIT_TICKS, VideoSegmenter
from tests.unit.media.encoded import video_track
from tests.unit.media.videos import VideoSegments

FRAME = VIDEO_TIMESCALE // 25
TRACK, _ = video_track(1)
SOUND = AudioTrack(codec="aac", rate_hz=48_000, channels=2, config=b"\x11\x90", priming=1024)


def pictures(count: int, *, duration: int = FRAME) -> list[EncodedSample]:
    """Return video samples."""
    return [EncodedSample(data=b"picture", duration=duration)] * count


def audio(count: int) -> list[EncodedSample]:
    """Return audio samples."""
    return [EncodedSample(data=b"sound", duration=1024)] * count


def durations(sink: VideoSegments) -> list[float]:
    """Return the durations of the segments."""
    return [round(segment.duration_s, 3) for segment in sink.segments]


def test_the_init_segment_comes_first() -> None:
    """The sink is opened once, before any media segment."""
    sink = VideoSegments()
    VideoSegmenter(TRACK, SOUND, sink=sink)
    assert [init.mime for init in sink.inits] == ['video/mp4; codecs="avc3.64000a, mp4a.40.2"']
    assert sink.segments == []


def test_segments_grow_from_a_first_short_one() -> None:
    """During a long clip a short segment is emitted at once, and longer ones later, up to the limit."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, None, sink=sink)
    for picture in pictures(100):
        segmenter.add([picture], [])
    assert durations(sink) == [0.08, 0.28, 0.88, 1.0, 1.0]
    assert segmenter.pending_s == pytest.approx(0.76)
    segmenter.end_chunk()
    assert durations(sink)[-1] == 0.76
    assert segmenter.pending_s == 0


def test_single_pictures_are_gathered_into_segments_that_grow() -> None:
    """The first picture is emitted at once; later ones gather until they are worth a segment, or flushed."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, None, sink=sink)
    for _ in range(25):
        segmenter.add(pictures(1), [])
        segmenter.end_chunk()
    assert durations(sink) == [0.04, 0.12, 0.2, 0.28, 0.28]
    assert round(segmenter.pending_s, 3) == 0.08
    segmenter.flush()
    assert durations(sink)[-1] == 0.08
    assert segmenter.pending_s == 0


def test_no_segment_is_longer_than_promised() -> None:
    """Segments at the end of a chunk keep to the limit too, except for a single longer picture."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, None, sink=sink)
    segmenter.add([*pictures(40, duration=7 * FRAME), *pictures(1, duration=100 * FRAME)], [])
    segmenter.flush()
    assert all(segment.duration_s <= LONGEST_SEGMENT_S for segment in sink.segments[:-1])
    assert sink.segments[-1].duration_s == 4.0
    ends = [segment.start_s + segment.duration_s for segment in sink.segments]
    assert [segment.start_s for segment in sink.segments[1:]] == ends[:-1]


def test_a_segment_waits_for_its_audio() -> None:
    """A full segment is emitted once the audio has come as far, so that it plays independently."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, SOUND, sink=sink)
    segmenter.add(pictures(10), [])
    assert sink.segments == []
    segmenter.add([], audio(4))
    assert sink.segments == []
    # Without its priming this is 0.107 s: enough for the first segment of 0.1 s, not for the next.
    segmenter.add([], audio(2))
    assert durations(sink) == [0.08]
    assert sink.segments[0].data.count(b"sound") == 5


def test_sound_that_does_not_come_is_not_waited_for() -> None:
    """Pictures that wait are bounded: then they go without sound."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, SOUND, sink=sink)
    segmenter.add(pictures(MAX_WAIT_TICKS // FRAME + 5), [])
    assert durations(sink) == [0.08]


def test_the_rest_of_the_audio_is_emitted() -> None:
    """The encoder's last audio frames are emitted after the last picture, in their own segment."""
    sink = VideoSegments()
    segmenter = VideoSegmenter(TRACK, SOUND, sink=sink)
    segmenter.add(pictures(1), audio(1))
    segmenter.flush()
    segmenter.add([], audio(2))
    segmenter.flush()
    assert [segment.data.count(b"sound") for segment in sink.segments] == [1, 2]
    assert durations(sink) == [0.04, 0.0]
