"""Decides when a stream's encoded audio is emitted as a segment: early at first, less often later.

    samples --add--> held back --FIRST_SEGMENT_S, then LONGEST_SEGMENT_S, end_chunk or flush--> SegmentSink

At the end of a yield, a segment has at least the duration that `growth.py` states. Each segment carries
the peaks that end within it.
"""

from collections.abc import Iterable

from gradstream.media.audio.peaks import Peaks
from gradstream.media.growth import shortest_segment_s
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import (
    FIRST_SEGMENT_S,
    LONGEST_SEGMENT_S,
    AudioTrack,
    EncodedSample,
    SegmentSink,
)


class AudioSegmenter:
    """Holds back encoded samples, at most LONGEST_SEGMENT_S, and passes segments to a sink."""

    def __init__(self, track: AudioTrack, *, sink: SegmentSink) -> None:
        """Open the sink with the init segment."""
        self._sink = sink
        self._muxer = SegmentMuxer(audio=track)
        self._rate_hz = track.rate_hz
        self.peaks = Peaks(track.rate_hz)
        self._held: list[EncodedSample] = []
        self._pending = -track.priming
        self._emitted = 0
        self._count = 0
        sink.open(self._muxer.init)

    @property
    def pending_s(self) -> float:
        """Duration of what is held back."""
        return max(0, self._pending) / self._rate_hz

    def add(self, samples: Iterable[EncodedSample]) -> None:
        """Add encoded samples, and emit a segment whenever it is long enough."""
        for sample in samples:
            if self._pending + sample.duration > LONGEST_SEGMENT_S * self._rate_hz:
                self.flush()
            self._held.append(sample)
            self._pending += sample.duration
            if not self._emitted and self._pending >= FIRST_SEGMENT_S * self._rate_hz:
                self.flush()

    def end_chunk(self) -> None:
        """Emit what is held back at the end of a yield, unless it is too short to be worth a segment."""
        if self.pending_s >= shortest_segment_s(self._count):
            self.flush()

    def flush(self, *, is_last: bool = False) -> None:
        """Emit what is held back, however short."""
        if self._pending <= 0:
            return
        self._emitted += self._pending
        self._count += 1
        peaks = self.peaks.take(self._emitted, is_last=is_last)
        held, self._held, self._pending = self._held, [], 0
        self._sink.append(self._muxer.segment(audio=held, peaks=peaks))
