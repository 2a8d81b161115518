"""Passages at another rate: exact in length, and true up to their edges."""

import av
import numpy as np
import pytest

from gradstream.media.audio.pcm import MIXED_LAYOUTS, Samples
from gradstream.media.audio.resampler import Resampler
from tests.unit.media.sounds import joined, sine


def converted(samples: Samples, rate_hz: int, to_rate_hz: int, *, step: int, wanted: int) -> Samples:
    """Return samples that went through in steps."""
    resampler = Resampler(rate_hz, "mono", to_rate_hz=to_rate_hz, to_channels=1)
    parts = [resampler.feed(samples[:, at : at + step]) for at in range(0, samples.shape[1], step)]
    return joined([*parts, resampler.end(wanted)])


@pytest.mark.parametrize(
    ("rate_hz", "to_rate_hz"),
    [
        (44_100, 48_000),
        (48_000, 44_100),
        (8_000, 48_000),
        (96_000, 44_100),
        (22_050, 44_100),
        (44_099, 48_000),
    ],
)
def test_a_sine_stays_a_sine(rate_hz: int, to_rate_hz: int) -> None:
    """From the first sample to the last it is where it should be, and at its level."""
    count = rate_hz // 4
    wanted = round(count * to_rate_hz / rate_hz)
    line = converted(
        sine(rate_hz, count)[np.newaxis].astype(np.float32), rate_hz, to_rate_hz, step=777, wanted=wanted
    )
    assert line.shape == (1, wanted)
    assert np.abs(line[0] - sine(to_rate_hz, wanted)).max() < 0.002


@pytest.mark.parametrize("count", [1, 2, 50, 255, 256, 257])
def test_the_shortest_passages_are_exact(count: int) -> None:
    """A passage shorter than the filter is as long as it should be, too."""
    wanted = round(count * 48_000 / 44_100)
    samples = sine(44_100, count)[np.newaxis].astype(np.float32)
    assert converted(samples, 44_100, 48_000, step=7, wanted=wanted).shape == (1, wanted)


def test_how_it_is_cut_changes_nothing() -> None:
    """One resampler continues from block to block."""
    samples = np.random.default_rng(2).uniform(-1, 1, (1, 20_000)).astype(np.float32)
    whole, cut = (converted(samples, 44_100, 48_000, step=step, wanted=21_769) for step in (20_000, 100))
    assert np.abs(whole - cut).max() < 1e-6


@pytest.mark.parametrize("layout", sorted(MIXED_LAYOUTS - {"mono"}))
def test_mixing_is_never_louder(layout: str) -> None:
    """Any number of channels at full scale makes two at full scale."""
    resampler = Resampler(48_000, layout, to_rate_hz=48_000, to_channels=2)
    channels = av.AudioLayout(layout).nb_channels
    assert np.abs(resampler.feed(np.ones((channels, 100), np.float32)) - 1).max() < 1e-6
