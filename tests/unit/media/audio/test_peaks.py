"""Peaks of each 1/20 s, wherever segments are cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.peaks import Peaks
from tests.effort import examples


def test_the_loudest_sample_counts() -> None:
    """A peak is the loudest sample of any channel, of 100, and never more."""
    peaks = Peaks(8_000)
    samples = np.zeros((2, 1_200), np.float32)
    samples[1, 399], samples[0, 400], samples[0, 1_100] = -0.5, 0.25, 1.2
    peaks.feed(samples)
    assert peaks.take(1_200) == (50, 25, 100)


def test_a_window_is_returned_when_it_has_ended() -> None:
    """Each window is returned once, with the first segment that reaches its end; the last one at the end."""
    peaks = Peaks(8_000)
    peaks.feed(np.full((1, 1_000), 0.5, np.float32))
    assert [peaks.take(399), peaks.take(400), peaks.take(799), peaks.take(900)] == [(), (50,), (), (50,)]
    assert peaks.take(1_000, is_last=True) == (50,)
    assert peaks.take(1_000, is_last=True) == ()


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100])
@settings(max_examples=examples(40))
@given(cuts=st.lists(st.integers(0, 30_000), max_size=15))
def test_cuts_change_nothing(rate_hz: int, cuts: list[int]) -> None:
    """The peaks do not depend on how samples are fed and peaks are taken."""
    samples = np.random.default_rng(4).uniform(-1, 1, (1, 30_000)).astype(np.float32)
    whole, cut = Peaks(rate_hz), Peaks(rate_hz)
    whole.feed(samples)
    emitted: list[int] = []
    before = 0
    for place in sorted(cuts):
        cut.feed(samples[:, before:place])
        emitted += cut.take(max(0, place - 100))
        before = place
    cut.feed(samples[:, before:])
    emitted += cut.take(30_000, is_last=True)
    assert tuple(emitted) == whole.take(30_000, is_last=True)
    assert len(emitted) == -(-30_000 * 20 // rate_hz)
