"""How sound would have gone on: what a filter is given to look at beyond the edge of a passage.

    the last samples --Burg's method--> linear prediction --> the next samples

Tones go on as they were, noise fades away. Source: J. P. Burg, "Maximum Entropy Spectral Analysis", 1975.
"""

import numpy as np
import numpy.typing as npt

from gradstream.media.audio.pcm import Samples

CONTEXT = 256
"""Samples from which the next are predicted."""

_ORDER = 32
"""Taps of the prediction: sixteen tones at once, and enough for a voice."""

_SILENCE = 1e-12
"""Energy below which nothing is predicted; also keeps a division from failing."""


def extrapolate(tail: Samples, length: int) -> Samples:
    """Return `length` samples that could follow `tail`; both are (channels, n), and `tail` is not empty."""
    told = [_extrapolate_channel(channel.astype(np.float64), length) for channel in tail]
    return np.asarray(told, np.float32).clip(-2.0, 2.0)


def _extrapolate_channel(tail: npt.NDArray[np.float64], length: int) -> npt.NDArray[np.float64]:
    taps = _prediction(tail, min(_ORDER, len(tail) // 3))
    line = np.concatenate((tail[len(tail) - len(taps) :], np.zeros(length)))
    for place in range(len(taps), len(line)):
        line[place] = taps @ line[place - len(taps) : place]
    return line[len(taps) :] if len(taps) else np.full(length, tail[-1])


def _prediction(samples: npt.NDArray[np.float64], order: int) -> npt.NDArray[np.float64]:
    """Return the weights of the last `order` samples, oldest first, that predict the next."""
    weights = np.ones(1)
    forward = backward = samples
    for _ in range(order):
        ahead, behind = forward[1:], backward[:-1]
        energy = ahead @ ahead + behind @ behind
        if energy < _SILENCE:
            break
        reflection = -2.0 * (ahead @ behind) / energy
        forward, backward = ahead + reflection * behind, behind + reflection * ahead
        padded = np.append(weights, 0.0)
        weights = padded + reflection * padded[::-1]
    return -weights[:0:-1]
