"""Removes the click at a joint by cross-fading: the signal before it is extrapolated beyond it.

    before  ~~~~~~~~~~|~~~ - - .
    after             |. - - ~~~~~~~~~~~~      lengths do not change

Where the signal simply continues, both are equal, and nothing changes.
"""

import numpy as np

from gradstream.media.audio.extrapolation import CONTEXT, extrapolate
from gradstream.media.audio.pcm import Samples

_FADE_S = 0.004
"""A fade this short is not noticed, and it is slow enough not to be heard as a click."""


class Declick:
    """Processes one continuous signal, in blocks of shape (channels, n)."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        length = max(1, round(_FADE_S * rate_hz))
        self._weights = (0.5 + 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
        self._last: Samples = np.zeros((channels, 0), np.float32)
        self._fading: Samples = np.zeros((channels, 0), np.float32)

    def mark_joint(self) -> None:
        """Declare that the next samples do not continue the previous ones."""
        if self._last.shape[1]:
            self._fading = extrapolate(self._last, self._weights.size)

    def smooth(self, samples: Samples) -> Samples:
        """Return the samples, cross-faded if they follow a joint."""
        length = min(self._fading.shape[1], samples.shape[1])
        if length:
            weights = self._weights[self._weights.size - self._fading.shape[1] :][:length]
            samples = samples.copy()
            samples[:, :length] += weights * (self._fading[:, :length] - samples[:, :length])
            self._fading = self._fading[:, length:]
        self._last = np.concatenate((self._last, samples[:, -CONTEXT:]), axis=1)[:, -CONTEXT:]
        return samples
