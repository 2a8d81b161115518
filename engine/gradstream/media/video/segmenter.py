"""Cuts encoded video and audio into segments that play independently.

    video, audio --add--> pending --as soon as a segment is full--> SegmentMuxer --> SegmentSink

The first segment has FIRST_SEGMENT_S, so that a player starts; each further one is at most `_GROWTH` times
as long as the one before, so that it is encoded before that one has been played; none is longer than
LONGEST_SEGMENT_S. At the end of a yield, a segment has at least the duration that `growth.py` states.
"""

from collections import deque
from fractions import Fraction

from gradstream.media.growth import shortest_segment_s
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import (
    FIRST_SEGMENT_S,
    LONGEST_SEGMENT_S,
    VIDEO_TIMESCALE,
    AudioTrack,
    EncodedSample,
    SegmentSink,
    VideoTrack,
)

_GROWTH = 3

MAX_WAIT_TICKS = 6 * VIDEO_TIMESCALE
"""How much more video a full segment waits for its audio; longer than `MAX_LAG_S` of clips."""


class VideoSegmenter:
    """Collects encoded samples, and passes segments to a sink."""

    def __init__(
        self,
        video: VideoTrack,
        audio: AudioTrack | None,
        *,
        sink: SegmentSink,
        longest_s: float = LONGEST_SEGMENT_S,
    ) -> None:
        """Open the sink. `longest_s` has to be greater than usual if single frames last longer."""
        self._muxer = SegmentMuxer(video=video, audio=audio, longest_s=longest_s)
        self._sink = sink
        self._video: deque[EncodedSample] = deque()
        self._pending = 0
        self._emitted = 0
        self._count = 0
        self._limit = round(FIRST_SEGMENT_S * VIDEO_TIMESCALE)
        self._audio: deque[EncodedSample] = deque()
        self._rate_hz = 0 if audio is None else audio.rate_hz
        # Negative at first: the encoder's priming is before the first frame.
        self._audio_emitted = self._audio_end = 0 if audio is None else -audio.priming
        sink.open(self._muxer.init)

    @property
    def pending_s(self) -> float:
        """Duration of what is held back."""
        return self._pending / VIDEO_TIMESCALE

    def add(self, video: list[EncodedSample], audio: list[EncodedSample]) -> None:
        """Add samples in decode order, and emit every segment that is full."""
        self._video.extend(video)
        self._pending += sum(sample.duration for sample in video)
        self._audio.extend(audio)
        self._audio_end += sum(sample.duration for sample in audio)
        while self._pending >= self._limit and self._has_audio_for_next():
            self._emit_next()

    def end_chunk(self) -> None:
        """Emit the rest, unless it is too short to be worth a segment."""
        if self.pending_s >= shortest_segment_s(self._count):
            self.flush()

    def flush(self) -> None:
        """Emit everything, however short."""
        while self._video:
            self._emit_next(is_last=self._pending <= self._limit)
        if self._audio:
            self._emit([], list(self._audio))
            self._audio.clear()

    def _has_audio_for_next(self) -> bool:
        if not self._rate_hz or self._pending >= self._limit + MAX_WAIT_TICKS:
            return True
        return self._audio_end >= self._audio_time(self._emitted + self._limit)

    def _emit_next(self, *, is_last: bool = False) -> None:
        """Emit one segment: the frames that fit, at least one, and the audio that starts within it."""
        video = [self._video.popleft()]
        ticks = video[0].duration
        while self._video and ticks + self._video[0].duration <= self._limit:
            video.append(self._video.popleft())
            ticks += video[-1].duration
        self._pending -= ticks
        self._emitted += ticks
        audio = []
        while self._audio and (is_last or self._audio_emitted < self._audio_time(self._emitted)):
            audio.append(self._audio.popleft())
            self._audio_emitted += audio[-1].duration
        self._emit(video, audio)
        self._limit = min(_GROWTH * self._limit, round(LONGEST_SEGMENT_S * VIDEO_TIMESCALE))

    def _emit(self, video: list[EncodedSample], audio: list[EncodedSample]) -> None:
        self._count += 1
        self._sink.append(self._muxer.segment(video=video, audio=audio))

    def _audio_time(self, tick: int) -> Fraction:
        return Fraction(tick * self._rate_hz, VIDEO_TIMESCALE)
