"""When a stream's encoded sound is put: soon at first, rarely later.

    frames --take--> held back --FIRST_FRAGMENT_S, then LONGEST_FRAGMENT_S, or settle, or flush--> Sink

Each fragment takes along the peaks that end within it.
"""

from collections.abc import Iterable

from gradstream.media.audio.peaks import Peaks
from gradstream.media.mp4.media_segment import Fragmenter
from gradstream.media.types import (
    FIRST_FRAGMENT_S,
    LONGEST_FRAGMENT_S,
    SHORTEST_FRAGMENT_S,
    Sample,
    Sink,
    SoundTrack,
)

_BEGINNING_S = 1.0
"""A stream that has told less than this holds nothing back at the end of a yield: it is waited for."""


class SoundFragments:
    """Holds frames back, LONGEST_FRAGMENT_S of them at most, and puts fragments into a sink."""

    def __init__(self, track: SoundTrack, *, sink: Sink) -> None:
        """Put the head."""
        self._sink = sink
        self._fragmenter = Fragmenter(sound=track)
        self._rate_hz = track.rate_hz
        self.peaks = Peaks(track.rate_hz)
        self._held: list[Sample] = []
        self._pending = -track.priming
        self._told = 0
        sink.open(self._fragmenter.head)

    @property
    def pending_s(self) -> float:
        """How much is held back."""
        return max(0, self._pending) / self._rate_hz

    def take(self, samples: Iterable[Sample]) -> None:
        """Take frames, and put what is long enough."""
        for sample in samples:
            if self._pending + sample.duration > LONGEST_FRAGMENT_S * self._rate_hz:
                self.flush()
            self._held.append(sample)
            self._pending += sample.duration
            if not self._told and self._pending >= FIRST_FRAGMENT_S * self._rate_hz:
                self.flush()

    def settle(self) -> None:
        """Put what is held back at the end of a yield, unless it is too short to be worth it."""
        if self._told < _BEGINNING_S * self._rate_hz or self.pending_s >= SHORTEST_FRAGMENT_S:
            self.flush()

    def flush(self, *, is_last: bool = False) -> None:
        """Put what is held back, however short."""
        if self._pending <= 0:
            return
        self._told += self._pending
        peaks = self.peaks.take(self._told, is_last=is_last)
        held, self._held, self._pending = self._held, [], 0
        self._sink.put(self._fragmenter.fragment(sounds=held, peaks=peaks))
