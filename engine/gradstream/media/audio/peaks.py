"""Computes the peak level of each 1/20 s, from which the page draws a waveform.

    feed(samples) …      take(until) -> the peaks of all windows that end by then, each once

Window n covers n/20 s to (n+1)/20 s of the stream, wherever segments are cut.
"""

import numpy as np

from gradstream.media.audio.pcm import Samples

PEAKS_PER_SECOND = 20

_FULL = 100
"""The peak of a full-scale sample."""


class Peaks:
    """Follows one stream; the memory it needs is bounded by the longest segment."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._peaks: list[float] = []
        self._first = 0
        self._length = 0

    def feed(self, samples: Samples) -> None:
        """Process the next samples, (channels, n)."""
        count = samples.shape[1]
        if not count:
            return
        levels = np.abs(samples).max(axis=0)
        end = self._length + count
        window = self._window_at(self._length)
        starts = [0]
        while (start := self._end_of(window + len(starts) - 1)) < end:
            starts.append(start - self._length)
        found = [float(peak) for peak in np.maximum.reduceat(levels, starts)]
        if len(self._peaks) > window - self._first:
            found[0] = max(found[0], self._peaks.pop())
        self._peaks += found
        self._length = end

    def take(self, until: int, *, is_last: bool = False) -> tuple[int, ...]:
        """Return the peaks (0 to 100) of the windows that end by sample `until`, or of all if `is_last`."""
        ended = until * PEAKS_PER_SECOND // self._rate_hz
        # A window ends at a whole sample, which may be just before its exact end.
        while self._end_of(ended) <= until:
            ended += 1
        count = len(self._peaks) if is_last else max(0, min(ended - self._first, len(self._peaks)))
        taken, self._peaks = self._peaks[:count], self._peaks[count:]
        self._first += count
        return tuple(min(_FULL, round(_FULL * peak)) for peak in taken)

    def _window_at(self, sample: int) -> int:
        window = sample * PEAKS_PER_SECOND // self._rate_hz
        return window + 1 if self._end_of(window) <= sample else window

    def _end_of(self, window: int) -> int:
        return (window + 1) * self._rate_hz // PEAKS_PER_SECOND
