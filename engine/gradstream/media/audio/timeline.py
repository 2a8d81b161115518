"""The one timeline of a stream's sound: pieces of any rate and layout, end to end, at one rate.

    PcmBlock --Declick--> --same rate and layout--> Declick --> samples
                            --otherwise, Resampler--> Declick --> samples

Lengths are exact over the whole stream: after pieces of n samples at r Hz, the line is as long as the sum
of n * rate / r, rounded once. One resampler goes on while rate and layout stay. Where they change, it is
drained, and the step that remains is smoothed; so is the step that codecs leave where a lossy file begins.
Between arrays, and between files without loss, nothing is changed.
"""

import math
from fractions import Fraction
from typing import Literal

import numpy as np

from gradstream.media.audio.declick import Declick
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock, Samples
from gradstream.media.audio.resampler import Resampler


class AudioTimeline:
    """Turns pieces into float32 samples (channels, n) of one rate; mono or stereo."""

    def __init__(self, rate_hz: int, channels: Literal[1, 2]) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self._output = Declick(rate_hz, channels)
        self._exact = Fraction(0)
        self._told = 0
        self._change(rate_hz, LAYOUTS[channels], channels)

    @property
    def length(self) -> int:
        """How many samples all the pieces taken so far are, those included that are not yet told."""
        return math.floor(self._exact + Fraction(1, 2))

    def feed(self, piece: PcmBlock) -> Samples:
        """Take a piece and return the samples that are ready."""
        parts = []
        samples, layout = piece.samples, piece.layout
        if layout == "mono" and self._channels == 2:
            # FFmpeg's matrix would make it softer than the same sound on two channels.
            samples, layout = np.repeat(samples, 2, axis=0), "stereo"
        if (piece.rate_hz, layout) != self._source:
            parts.append(self.drain())
            self._change(piece.rate_hz, layout, samples.shape[0])
        elif piece.starts_lossy_file:
            self._input.begin()
        self._exact += Fraction(samples.shape[1] * self._rate_hz, piece.rate_hz)
        samples = self._input.smooth(samples)
        parts.append(self._tell(samples if self._resampler is None else self._resampler.feed(samples)))
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)

    def drain(self) -> Samples:
        """Return what a resampler holds back, so that all of `length` has been told; more may follow."""
        if self._resampler is None:
            return np.zeros((self._channels, 0), np.float32)
        rest = self._tell(self._resampler.end(self.length - self._begun))
        self._change(self._rate_hz, LAYOUTS[self._channels], self._channels)
        return rest

    def _change(self, rate_hz: int, layout: str, channels: int) -> None:
        self._source = (rate_hz, layout)
        self._begun = self._told
        self._input = Declick(rate_hz, channels)
        self._output.begin()
        self._resampler: Resampler | None = None
        if self._source != (self._rate_hz, LAYOUTS[self._channels]):
            self._resampler = Resampler(rate_hz, layout, to_rate_hz=self._rate_hz, to_channels=self._channels)

    def _tell(self, samples: Samples) -> Samples:
        self._told += samples.shape[1]
        return self._output.smooth(samples)
