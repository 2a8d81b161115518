"""How a stream of pictures is cut into fragments."""

import pytest

from gradstream.media.types import LONGEST_SEGMENT_S, VIDEO_TIMESCALE, AudioTrack, EncodedSample
from gradstream.media.video.segmenter import MAX_WAIT_TICKS, VideoSegmenter
from tests.unit.media.encoded import pictures as encoded_pictures
from tests.unit.media.videos import Kept

FRAME = VIDEO_TIMESCALE // 25
TRACK, _ = encoded_pictures(1)
SOUND = AudioTrack(codec="aac", rate_hz=48_000, channels=2, config=b"\x11\x90", priming=1024)


def pictures(count: int, *, duration: int = FRAME) -> list[EncodedSample]:
    """Return frames of pictures."""
    return [EncodedSample(data=b"picture", duration=duration)] * count


def sounds(count: int) -> list[EncodedSample]:
    """Return frames of sound."""
    return [EncodedSample(data=b"sound", duration=1024)] * count


def durations(sink: Kept) -> list[float]:
    """Return how long the fragments are."""
    return [round(fragment.duration_s, 3) for fragment in sink.fragments]


def test_the_head_comes_first() -> None:
    """The sink is opened once, before anything is put."""
    sink = Kept()
    VideoSegmenter(TRACK, SOUND, sink=sink)
    assert [head.mime for head in sink.heads] == ['video/mp4; codecs="avc3.64000a, mp4a.40.2"']
    assert sink.fragments == []


def test_fragments_grow_from_a_first_small_one() -> None:
    """While a long clip comes a small fragment is put at once, and larger ones later, up to the limit."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, None, sink=sink)
    for picture in pictures(100):
        fragments.add([picture], [])
    assert durations(sink) == [0.08, 0.28, 0.88, 1.0, 1.0]
    assert fragments.pending_s == pytest.approx(0.76)
    fragments.end_chunk()
    assert durations(sink)[-1] == 0.76
    assert fragments.pending_s == 0


def test_a_first_picture_is_put_at_once() -> None:
    """While little has been told, each chunk is a fragment, be it a single picture."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, None, sink=sink)
    for _ in range(3):
        fragments.add(pictures(1), [])
        fragments.end_chunk()
    assert durations(sink) == [0.04, 0.04, 0.04]


def test_later_pictures_are_gathered() -> None:
    """When a stream is well under way, single pictures wait until they are worth a fragment, or flushed."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, None, sink=sink)
    fragments.add(pictures(25), [])
    fragments.end_chunk()
    count = len(sink.fragments)
    for _ in range(6):
        fragments.add(pictures(1), [])
        fragments.end_chunk()
    assert (len(sink.fragments), round(fragments.pending_s, 3)) == (count, 0.24)
    fragments.add(pictures(1), [])
    fragments.end_chunk()
    assert durations(sink)[count:] == [0.28]
    fragments.add(pictures(1), [])
    fragments.put_all()
    assert durations(sink)[count:] == [0.28, 0.04]
    assert fragments.pending_s == 0


def test_no_fragment_is_longer_than_promised() -> None:
    """What is put at the end of a chunk keeps to the limit too, save for a single longer picture."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, None, sink=sink)
    fragments.add([*pictures(40, duration=7 * FRAME), *pictures(1, duration=100 * FRAME)], [])
    fragments.put_all()
    assert all(fragment.duration_s <= LONGEST_SEGMENT_S for fragment in sink.fragments[:-1])
    assert sink.fragments[-1].duration_s == 4.0
    ends = [fragment.start_s + fragment.duration_s for fragment in sink.fragments]
    assert [fragment.start_s for fragment in sink.fragments[1:]] == ends[:-1]


def test_a_fragment_waits_for_its_sound() -> None:
    """A fragment that is full is put when the sound has come as far, so that it plays by itself."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, SOUND, sink=sink)
    fragments.add(pictures(10), [])
    assert sink.fragments == []
    fragments.add([], sounds(4))
    assert sink.fragments == []
    # With its priming taken off this is 0.107 s: enough for the first fragment of 0.1 s, not for the next.
    fragments.add([], sounds(2))
    assert durations(sink) == [0.08]
    assert sink.fragments[0].data.count(b"sound") == 5


def test_sound_that_does_not_come_is_not_waited_for() -> None:
    """Pictures that wait are bounded: then they go without sound."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, SOUND, sink=sink)
    fragments.add(pictures(MAX_WAIT_TICKS // FRAME + 5), [])
    assert durations(sink) == [0.08]


def test_the_rest_of_the_sound_is_put() -> None:
    """What an encoder gives at the end is put after the last picture, in a fragment of its own."""
    sink = Kept()
    fragments = VideoSegmenter(TRACK, SOUND, sink=sink)
    fragments.add(pictures(1), sounds(1))
    fragments.put_all()
    fragments.add([], sounds(2))
    fragments.put_all()
    assert [fragment.data.count(b"sound") for fragment in sink.fragments] == [1, 2]
    assert durations(sink) == [0.04, 0.0]
