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


def test_what_short_yields_hold_back_grows() -> None:
    """The first yield is emitted at once; later ones gather until they are worth a segment."""
    segmenter, sink = started()
    for _ in range(80):
        segmenter.add(frames(1))
        segmenter.end_chunk()
    # The priming takes the first frame and a quarter of a second rounds up to 20 frames.
    assert lengths(sink) == [1, 8, 16, 20, 20]


def test_a_long_yield_is_emitted_to_its_end() -> None:
    """Nothing is held back at the end of a yield that is worth a segment."""
    segmenter, sink = started()
    for count in (2, 40, 40):
        segmenter.add(frames(count))
        segmenter.end_chunk()
        assert segmenter.pending_s == 0
    assert sum(lengths(sink)) == 81


def test_flush_emits_everything() -> None:
    """A flush emits everything held back, and never an empty segment."""
    segmenter, sink = started()
    segmenter.flush()
    segmenter.add(frames(89 + 3))
    segmenter.flush()
    segmenter.flush()
    assert lengths(sink) == [8, 80, 3]
    assert segmenter.pending_s == 0
