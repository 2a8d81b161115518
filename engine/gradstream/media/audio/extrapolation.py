"""Predicts how a signal would have continued, so that a filter has samples beyond the edge of a block.

    the last samples --Burg's method--> linear prediction --> the next samples

Tones continue, noise fades away. Source: J. P. Burg, "Maximum Entropy Spectral Analysis", 1975.
"""

import numpy as np
import numpy.typing as npt

from gradstream.media.audio.pcm import Samples

CONTEXT = 256
"""Number of samples from which the next ones are predicted."""

_ORDER = 32
"""Taps of the predictor: enough for sixteen simultaneous tones, or for a voice."""

_SILENCE = 1e-12
"""Energy below which nothing is predicted; also prevents a division by zero."""


def extrapolate(tail: Samples, length: int) -> Samples:
    """Return `length` samples that could follow `tail`, which is not empty; both are (channels, n)."""
    channels = [_extrapolate_channel(channel.astype(np.float64), length) for channel in tail]
    return np.asarray(channels, np.float32).clip(-2.0, 2.0)


def _extrapolate_channel(tail: npt.NDArray[np.float64], length: int) -> npt.NDArray[np.float64]:
    taps = _prediction(tail, min(_ORDER, len(tail) // 3))
    signal = np.concatenate((tail[len(tail) - len(taps) :], np.zeros(length)))
    for at in range(len(taps), len(signal)):
        signal[at] = taps @ signal[at - len(taps) : at]
    return signal[len(taps) :] if len(taps) else np.full(length, tail[-1])


def _prediction(samples: npt.NDArray[np.float64], order: int) -> npt.NDArray[np.float64]:
    """Return the weights with which the last `order` samples, oldest first, predict the next one."""
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
