"""How a stream of pictures is cut into fragments."""

import pytest

from gradstream.media.types import LONGEST_SEGMENT_S, VIDEO_TIMESCALE, AudioTrack, EncodedSample
from gradstream.media.video.segmenter import MAX_WAIT_TICKS, VideoSegmenter
from tests.unit.media.encoded import video_track
from tests.unit.media.videos import VideoSegments

FRAME = VIDEO_TIMESCALE // 25
TRACK, _ = video_track(1)
SOUND = AudioTrack(codec="aac", rate_hz=48_000, channels=2, config=b"\x11\x90", priming=1024)


def pictures(count: int, *, duration: int = FRAME) -> list[EncodedSample]:
    """Return frames of pictures."""
    return [EncodedSample(data=b"picture", duration=duration)] * count


def audio(count: int) -> list[EncodedSample]:
    """Return frames of sound."""
    return [EncodedSample(data=b"sound", duration=1024)] * count


def durations(sink: VideoSegments) -> list[float]:
    """Return how long the fragments are."""
    return [round(segment.duration_s, 3) for segment in sink.segments]


def test_the_head_comes_first() -> None:
    """The sink is opened once, before anything is put."""
    sink = VideoSegments()
    VideoSegmenter(TRACK, SOUND, sink=sink)
    assert [head.mime for head in sink.inits] == ['video/mp4; codecs="avc3.64000a, mp4a.40.2"']
    assert sink.segments == []


def test_fragments_grow_from_a_first_small_one() -> None:
    """While a long clip comes a small fragment is put at once, and larger ones later, up to the limit."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, None, sink=sink)
    for picture in pictures(100):
        segments.add([picture], [])
    assert durations(sink) == [0.08, 0.28, 0.88, 1.0, 1.0]
    assert segments.pending_s == pytest.approx(0.76)
    segments.end_chunk()
    assert durations(sink)[-1] == 0.76
    assert segments.pending_s == 0


def test_a_first_picture_is_put_at_once() -> None:
    """While little has been told, each chunk is a fragment, be it a single picture."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, None, sink=sink)
    for _ in range(3):
        segments.add(pictures(1), [])
        segments.end_chunk()
    assert durations(sink) == [0.04, 0.04, 0.04]


def test_later_pictures_are_gathered() -> None:
    """When a stream is well under way, single pictures wait until they are worth a fragment, or flushed."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, None, sink=sink)
    segments.add(pictures(25), [])
    segments.end_chunk()
    count = len(sink.segments)
    for _ in range(6):
        segments.add(pictures(1), [])
        segments.end_chunk()
    assert (len(sink.segments), round(segments.pending_s, 3)) == (count, 0.24)
    segments.add(pictures(1), [])
    segments.end_chunk()
    assert durations(sink)[count:] == [0.28]
    segments.add(pictures(1), [])
    segments.flush()
    assert durations(sink)[count:] == [0.28, 0.04]
    assert segments.pending_s == 0


def test_no_fragment_is_longer_than_promised() -> None:
    """What is put at the end of a chunk keeps to the limit too, save for a single longer picture."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, None, sink=sink)
    segments.add([*pictures(40, duration=7 * FRAME), *pictures(1, duration=100 * FRAME)], [])
    segments.flush()
    assert all(segment.duration_s <= LONGEST_SEGMENT_S for segment in sink.segments[:-1])
    assert sink.segments[-1].duration_s == 4.0
    ends = [segment.start_s + segment.duration_s for segment in sink.segments]
    assert [segment.start_s for segment in sink.segments[1:]] == ends[:-1]


def test_a_fragment_waits_for_its_sound() -> None:
    """A fragment that is full is put when the sound has come as far, so that it plays by itself."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, SOUND, sink=sink)
    segments.add(pictures(10), [])
    assert sink.segments == []
    segments.add([], audio(4))
    assert sink.segments == []
    # With its priming taken off this is 0.107 s: enough for the first fragment of 0.1 s, not for the next.
    segments.add([], audio(2))
    assert durations(sink) == [0.08]
    assert sink.segments[0].data.count(b"sound") == 5


def test_sound_that_does_not_come_is_not_waited_for() -> None:
    """Pictures that wait are bounded: then they go without sound."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, SOUND, sink=sink)
    segments.add(pictures(MAX_WAIT_TICKS // FRAME + 5), [])
    assert durations(sink) == [0.08]


def test_the_rest_of_the_sound_is_put() -> None:
    """What an encoder gives at the end is put after the last picture, in a fragment of its own."""
    sink = VideoSegments()
    segments = VideoSegmenter(TRACK, SOUND, sink=sink)
    segments.add(pictures(1), audio(1))
    segments.flush()
    segments.add([], audio(2))
    segments.flush()
    assert [segment.data.count(b"sound") for segment in sink.segments] == [1, 2]
    assert durations(sink) == [0.04, 0.0]
