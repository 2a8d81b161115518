"""Pictures and sound, encoded, are cut into fragments that play by themselves.

    pictures, sounds --add--> pending --as soon as a fragment is full--> SegmentMuxer --> Sink

The first fragment holds FIRST_SEGMENT_S, so that a player begins; each further one at most `_GROWTH` times
as much as the one before, so that it is encoded before that one is over; none more than LONGEST_SEGMENT_S.
"""

from collections import deque
from fractions import Fraction

from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import (
    FIRST_SEGMENT_S,
    LONGEST_SEGMENT_S,
    SHORTEST_SEGMENT_S,
    VIDEO_TIMESCALE,
    AudioTrack,
    EncodedSample,
    SegmentSink,
    VideoTrack,
)

_GROWTH = 3

_EAGER_TICKS = VIDEO_TIMESCALE
"""Until so much has been told nothing is held back: a player is waiting for it."""

MAX_WAIT_TICKS = 6 * VIDEO_TIMESCALE
"""A fragment that is full waits for its sound until so much more has come; more than sound may lag behind."""


class VideoSegmenter:
    """Gathers what is encoded, and puts it into a sink."""

    def __init__(
        self,
        picture: VideoTrack,
        sound: AudioTrack | None,
        *,
        sink: SegmentSink,
        longest_s: float = LONGEST_SEGMENT_S,
    ) -> None:
        """Open the sink with the head, which says `longest_s`: more where single pictures last longer."""
        self._fragmenter = SegmentMuxer(picture=picture, sound=sound, longest_s=longest_s)
        self._sink = sink
        self._pictures: deque[EncodedSample] = deque()
        self._pending = 0
        self._told = 0
        self._limit = round(FIRST_SEGMENT_S * VIDEO_TIMESCALE)
        self._sounds: deque[EncodedSample] = deque()
        self._rate_hz = 0 if sound is None else sound.rate_hz
        # Both count the encoder's priming, which is played before the first picture.
        self._sound_told = self._sound_end = 0 if sound is None else -sound.priming
        sink.open(self._fragmenter.head)

    @property
    def pending_s(self) -> float:
        """How much is held back."""
        return self._pending / VIDEO_TIMESCALE

    def add(self, pictures: list[EncodedSample], sounds: list[EncodedSample]) -> None:
        """Take frames in decode order, and put every fragment that is full."""
        self._pictures.extend(pictures)
        self._pending += sum(picture.duration for picture in pictures)
        self._sounds.extend(sounds)
        self._sound_end += sum(sound.duration for sound in sounds)
        while self._pending >= self._limit and self._has_sound_for_next():
            self._put_next()

    def end_chunk(self) -> None:
        """Put the rest, unless it is little and the stream is well under way."""
        if self._told < _EAGER_TICKS or self.pending_s >= SHORTEST_SEGMENT_S:
            self.put_all()

    def put_all(self) -> None:
        """Put everything, however short."""
        while self._pictures:
            self._put_next(is_last=self._pending <= self._limit)
        if self._sounds:
            self._put([], list(self._sounds))
            self._sounds.clear()

    def _has_sound_for_next(self) -> bool:
        if not self._rate_hz or self._pending >= self._limit + MAX_WAIT_TICKS:
            return True
        return self._sound_end >= self._sound_at(self._told + self._limit)

    def _put_next(self, *, is_last: bool = False) -> None:
        """Put one fragment of the pictures that fit, at least one, with the sound that begins within it."""
        pictures = [self._pictures.popleft()]
        ticks = pictures[0].duration
        while self._pictures and ticks + self._pictures[0].duration <= self._limit:
            pictures.append(self._pictures.popleft())
            ticks += pictures[-1].duration
        self._pending -= ticks
        self._told += ticks
        sounds = []
        while self._sounds and (is_last or self._sound_told < self._sound_at(self._told)):
            sounds.append(self._sounds.popleft())
            self._sound_told += sounds[-1].duration
        self._put(pictures, sounds)
        self._limit = min(_GROWTH * self._limit, round(LONGEST_SEGMENT_S * VIDEO_TIMESCALE))

    def _put(self, pictures: list[EncodedSample], sounds: list[EncodedSample]) -> None:
        self._sink.put(self._fragmenter.fragment(pictures=pictures, sounds=sounds))

    def _sound_at(self, tick: int) -> Fraction:
        return Fraction(tick * self._rate_hz, VIDEO_TIMESCALE)
