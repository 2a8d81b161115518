"""The timeline of an audio stream: blocks of any rate and layout, end to end, at one rate.

    PcmBlock --Declick--> --same rate and layout--> Declick --> samples
                          --otherwise, Resampler--> Declick --> samples

Lengths are exact over the whole stream: after blocks of n samples at r Hz, the timeline is as long as the
sum of n * rate / r, rounded once. One resampler is kept while rate and layout stay the same. Where they
change, it is drained, and the step that remains is smoothed; so is the step that codecs leave at the start
of a lossy file. Between arrays, and between lossless files, nothing is changed.
"""

import math
from fractions import Fraction
from typing import Literal

import numpy as np

from gradstream.media.audio.declick import Declick
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock, Samples
from gradstream.media.audio.resampler import Resampler


class AudioTimeline:
    """Converts blocks to float32 samples (channels, n) of one rate; mono or stereo."""

    def __init__(self, rate_hz: int, channels: Literal[1, 2]) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self._output = Declick(rate_hz, channels)
        self._exact = Fraction(0)
        self._emitted = 0
        self._change(rate_hz, LAYOUTS[channels], channels)

    @property
    def length(self) -> int:
        """Total length in samples, including samples not emitted yet."""
        return math.floor(self._exact + Fraction(1, 2))

    def feed(self, block: PcmBlock) -> Samples:
        """Append a block, and return the samples that are ready."""
        ready = []
        samples, layout = block.samples, block.layout
        if layout == "mono" and self._channels == 2:
            # FFmpeg's matrix would make it quieter than the same signal on two channels.
            samples, layout = np.repeat(samples, 2, axis=0), "stereo"
        if (block.rate_hz, layout) != self._source:
            ready.append(self.drain())
            self._change(block.rate_hz, layout, samples.shape[0])
        elif block.starts_lossy_file:
            self._input.mark_joint()
        self._exact += Fraction(samples.shape[1] * self._rate_hz, block.rate_hz)
        samples = self._input.smooth(samples)
        ready.append(self._emit(samples if self._resampler is None else self._resampler.feed(samples)))
        return ready[0] if len(ready) == 1 else np.concatenate(ready, axis=1)

    def drain(self) -> Samples:
        """Return what a resampler holds back, so that all of `length` has been emitted; more may follow."""
        if self._resampler is None:
            return np.zeros((self._channels, 0), np.float32)
        rest = self._emit(self._resampler.end(self.length - self._source_start))
        self._change(self._rate_hz, LAYOUTS[self._channels], self._channels)
        return rest

    def _change(self, rate_hz: int, layout: str, channels: int) -> None:
        self._source = (rate_hz, layout)
        self._source_start = self._emitted
        self._input = Declick(rate_hz, channels)
        self._output.mark_joint()
        self._resampler: Resampler | None = None
        if self._source != (self._rate_hz, LAYOUTS[self._channels]):
            self._resampler = Resampler(rate_hz, layout, to_rate_hz=self._rate_hz, to_channels=self._channels)

    def _emit(self, samples: Samples) -> Samples:
        self._emitted += samples.shape[1]
        return self._output.smooth(samples)
