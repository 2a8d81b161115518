"""When audio segments are emitted."""

from gradstream.media.audio.segmenter import AudioSegmenter
from gradstream.media.types import AudioTrack, EncodedSample
from tests.unit.media.sounds import SegmentBuffer

RATE_HZ = 8_000
TRACK = AudioTrack(codec="aac", rate_hz=RATE_HZ, channels=1, config=b"\x15\x88", priming=100)


def started() -> tuple[AudioSegmenter, SegmentBuffer]:
    """Return a segmenter and its sink."""
    sink = SegmentBuffer()
    return AudioSegmenter(TRACK, sink=sink), sink


def frames(count: int) -> list[EncodedSample]:
    """Return `count` samples of 1/80 s."""
    return [EncodedSample(b"frame", 100) for _ in range(count)]


def lengths(sink: SegmentBuffer) -> list[int]:
    """Return the number of frames that each segment presents."""
    return [round(segment.duration_s * 80) for segment in sink.segments]


def test_the_init_segment_comes_at_once() -> None:
    """The init segment is emitted before any frame."""
    _, sink = started()
    assert [init.mime for init in sink.inits] == ['audio/mp4; codecs="mp4a.40.2"']


def test_the_first_is_short_and_the_others_long() -> None:
    """The first segment has 0.1 s, not counting priming; then there is one per second."""
    segmenter, sink = started()
    segmenter.add(frames(8))
    assert lengths(sink) == []
    segmenter.add(frames(1 + 80 + 80 + 8))
    assert lengths(sink) == [8, 80, 80]
    assert segmenter.pending_s == 0.1
    assert [segment.start_s for segment in sink.segments] == [0, 0.1, 1.1]


def test_at_the_beginning_nothing_is_held_back() -> None:
    """In the first second everything is emitted at the end of a yield; later only if it is long enough."""
    segmenter, sink = started()
    for count, expected in ((2, [1]), (4, [1, 4]), (76, [1, 4, 76]), (19, [1, 4, 76]), (1, [1, 4, 76, 20])):
        segmenter.add(frames(count))
        segmenter.end_chunk()
        assert lengths(sink) == expected


def test_flush_emits_everything() -> None:
    """A flush emits everything held back, and never an empty segment."""
    segmenter, sink = started()
    segmenter.flush()
    segmenter.add(frames(89 + 3))
    segmenter.flush()
    segmenter.flush()
    assert lengths(sink) == [8, 80, 3]
    assert segmenter.pending_s == 0
