"""A joint without a click: what came before goes on a little, as it might have, and fades into what comes.

    before  ~~~~~~~~~~|~~~ - - .
    after             |. - - ~~~~~~~~~~~~      lengths stay

Where sound goes on as it was, both are the same, and nothing changes.
"""

import numpy as np

from gradstream.media.audio.extrapolation import CONTEXT, extrapolate
from gradstream.media.audio.pcm import Samples

_FADE_S = 0.004
"""So long a fade is too short to be heard as anything, and too slow to be heard as a click."""


class Declick:
    """Follows one line of samples, (channels, n) at a time."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        length = max(1, round(_FADE_S * rate_hz))
        self._weights = (0.5 + 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
        self._last: Samples = np.zeros((channels, 0), np.float32)
        self._fading: Samples = np.zeros((channels, 0), np.float32)

    def begin(self) -> None:
        """Say that the next samples come from elsewhere."""
        if self._last.shape[1]:
            self._fading = extrapolate(self._last, self._weights.size)

    def smooth(self, samples: Samples) -> Samples:
        """Return samples that begin where the ones before ended."""
        length = min(self._fading.shape[1], samples.shape[1])
        if length:
            weights = self._weights[self._weights.size - self._fading.shape[1] :][:length]
            samples = samples.copy()
            samples[:, :length] += weights * (self._fading[:, :length] - samples[:, :length])
            self._fading = self._fading[:, length:]
        self._last = np.concatenate((self._last, samples[:, -CONTEXT:]), axis=1)[:, -CONTEXT:]
        return samples
