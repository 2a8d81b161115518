"""Extrapolation continues a signal."""

import numpy as np

from gradstream.media.audio.extrapolation import extrapolate
from tests.unit.media.sounds import sine


def test_a_tone_goes_on() -> None:
    """A sine is extrapolated without knowing its pitch, at first exactly, then approximately."""
    line = sine(48_000, 456)
    emitted = extrapolate(line[np.newaxis, :256].astype(np.float32), 200)
    missed = np.abs(emitted[0] - line[256:])
    assert missed[:32].max() < 0.002
    assert missed.max() < 0.1


def test_noise_fades_away() -> None:
    """What cannot be foretold gets no louder."""
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (2, 256)).astype(np.float32)
    emitted = extrapolate(noise, 500)
    assert emitted.shape == (2, 500)
    assert np.abs(emitted[:, 250:]).max() < 0.1


def test_very_little_goes_on_level() -> None:
    """A sample or two are held; silence stays silence."""
    assert extrapolate(np.array([[0.25]], np.float32), 3).tolist() == [[0.25, 0.25, 0.25]]
    assert extrapolate(np.zeros((1, 100), np.float32), 3).tolist() == [[0, 0, 0]]
