"""When a stream's encoded sound is put: soon at first, rarely later.

    frames --take--> held back --FIRST_SEGMENT_S, then LONGEST_SEGMENT_S, or settle, or flush--> Sink

Each fragment takes along the peaks that end within it.
"""

from collections.abc import Iterable

from gradstream.media.audio.peaks import Peaks
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import (
    FIRST_SEGMENT_S,
    LONGEST_SEGMENT_S,
    SHORTEST_SEGMENT_S,
    AudioTrack,
    EncodedSample,
    SegmentSink,
)

_BEGINNING_S = 1.0
"""A stream that has told less than this holds nothing back at the end of a yield: it is waited for."""


class AudioSegmenter:
    """Holds frames back, LONGEST_SEGMENT_S of them at most, and puts fragments into a sink."""

    def __init__(self, track: AudioTrack, *, sink: SegmentSink) -> None:
        """Put the head."""
        self._sink = sink
        self._fragmenter = SegmentMuxer(sound=track)
        self._rate_hz = track.rate_hz
        self.peaks = Peaks(track.rate_hz)
        self._held: list[EncodedSample] = []
        self._pending = -track.priming
        self._told = 0
        sink.open(self._fragmenter.head)

    @property
    def pending_s(self) -> float:
        """How much is held back."""
        return max(0, self._pending) / self._rate_hz

    def take(self, samples: Iterable[EncodedSample]) -> None:
        """Take frames, and put what is long enough."""
        for sample in samples:
            if self._pending + sample.duration > LONGEST_SEGMENT_S * self._rate_hz:
                self.flush()
            self._held.append(sample)
            self._pending += sample.duration
            if not self._told and self._pending >= FIRST_SEGMENT_S * self._rate_hz:
                self.flush()

    def settle(self) -> None:
        """Put what is held back at the end of a yield, unless it is too short to be worth it."""
        if self._told < _BEGINNING_S * self._rate_hz or self.pending_s >= SHORTEST_SEGMENT_S:
            self.flush()

    def flush(self, *, is_last: bool = False) -> None:
        """Put what is held back, however short."""
        if self._pending <= 0:
            return
        self._told += self._pending
        peaks = self.peaks.take(self._told, is_last=is_last)
        held, self._held, self._pending = self._held, [], 0
        self._sink.put(self._fragmenter.fragment(sounds=held, peaks=peaks))
