"""When fragments of sound are put."""

from gradstream.media.audio.segmenter import AudioSegmenter
from gradstream.media.types import AudioTrack, EncodedSample
from tests.unit.media.sounds import SegmentBuffer

RATE_HZ = 8_000
TRACK = AudioTrack(codec="aac", rate_hz=RATE_HZ, channels=1, config=b"\x15\x88", priming=100)


def begun() -> tuple[AudioSegmenter, SegmentBuffer]:
    """Return fragments, and what they are put into."""
    sink = SegmentBuffer()
    return AudioSegmenter(TRACK, sink=sink), sink


def frames(count: int) -> list[EncodedSample]:
    """Return so many frames of 1/80 s."""
    return [EncodedSample(b"frame", 100) for _ in range(count)]


def lengths(sink: SegmentBuffer) -> list[int]:
    """Return how many frames each fragment shows."""
    return [round(segment.duration_s * 80) for segment in sink.segments]


def test_the_head_comes_at_once() -> None:
    """Before there is any frame."""
    _, sink = begun()
    assert [head.mime for head in sink.inits] == ['audio/mp4; codecs="mp4a.40.2"']


def test_the_first_is_short_and_the_others_long() -> None:
    """The first is put when 0.1 s can be played, its priming not counted; then one a second."""
    segments, sink = begun()
    segments.add(frames(8))
    assert lengths(sink) == []
    segments.add(frames(1 + 80 + 80 + 8))
    assert lengths(sink) == [8, 80, 80]
    assert segments.pending_s == 0.1
    assert [segment.start_s for segment in sink.segments] == [0, 0.1, 1.1]


def test_at_the_beginning_nothing_is_held_back() -> None:
    """A yield of the first second is put to its end, however short; a later one when it is worth it."""
    segments, sink = begun()
    for count, expected in ((2, [1]), (4, [1, 4]), (76, [1, 4, 76]), (19, [1, 4, 76]), (1, [1, 4, 76, 20])):
        segments.add(frames(count))
        segments.end_chunk()
        assert lengths(sink) == expected


def test_flush_puts_everything() -> None:
    """What is held back goes when nothing follows for a while; nothing is never put."""
    segments, sink = begun()
    segments.flush()
    segments.add(frames(89 + 3))
    segments.flush()
    segments.flush()
    assert lengths(sink) == [8, 80, 3]
    assert segments.pending_s == 0
