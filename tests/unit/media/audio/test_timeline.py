"""The timeline: exact in length, without a click."""

from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.timeline import AudioTimeline
from tests.effort import examples
from tests.unit.media.sounds import bends, block, joined, sine


def lined(blocks: list[PcmBlock], rate_hz: int, channels: Literal[1, 2] = 1) -> PcmBlock:
    """Return what a timeline makes of blocks."""
    line = AudioTimeline(rate_hz, channels)
    samples = joined([*(line.feed(one) for one in blocks), line.drain()])
    assert samples.shape == (channels, line.length)
    return PcmBlock(samples=samples, rate_hz=rate_hz, layout="mono" if channels == 1 else "stereo")


def test_what_fits_passes_through() -> None:
    """At the line's own rate and layout nothing is computed."""
    noise = np.random.default_rng(3).uniform(-1, 1, 5_000)
    blocks = [block(part, 44_100, "stereo") for part in np.split(noise, 50)]
    assert np.array_equal(lined(blocks, 44_100, 2).samples, block(noise, 44_100, "stereo").samples)


@pytest.mark.parametrize("length_s", [1.0, 0.5, 0.1003, 0.01])
@pytest.mark.parametrize("rate_hz", [48_000, 44_100])
def test_changes_of_rate_and_layout_do_not_click(length_s: float, rate_hz: int) -> None:
    """A sine in blocks of eight rates, mono and stereo, has no joint that bends more than a sine."""
    plan = [(44_100, "mono"), (48_000, "mono"), (22_050, "stereo"), (8_000, "mono"), (96_000, "mono")]
    plan += [(44_100, "stereo"), (44_099, "mono"), (48_000, "stereo"), (16_000, "mono")]
    blocks, told_s = [], 0.0
    for source_hz, layout in plan:
        count = round(length_s * source_hz)
        blocks.append(block(sine(source_hz, count, start_s=told_s), source_hz, layout))
        told_s += count / source_hz
    line = lined(blocks, rate_hz).samples[0]
    assert line.size == round(told_s * rate_hz)
    assert bends(line, rate_hz).max() < 2


def test_a_mono_chunk_is_as_loud_on_two_channels() -> None:
    """Mono becomes the same on both sides, and both the same on one."""
    assert np.abs(lined([block(np.ones(500), 48_000)], 48_000, 2).samples - 1).max() < 1e-6
    assert np.abs(lined([block(np.ones(500), 48_000, "stereo")], 48_000).samples - 1).max() < 1e-6


def test_the_joint_of_a_lossy_file_is_smoothed() -> None:
    """The step at the start of a lossy file is smoothed; between lossless blocks nothing changes."""
    first, second = block(np.full(500, 0.1), 48_000), block(np.full(500, 0.12), 48_000)
    plain = lined([first, second], 48_000).samples[0]
    assert (plain[499], plain[500]) == (np.float32(0.1), np.float32(0.12))
    lossy = PcmBlock(samples=second.samples, rate_hz=48_000, layout="mono", starts_lossy_file=True)
    smoothed = lined([first, lossy], 48_000).samples[0]
    assert np.abs(np.diff(smoothed)).max() < 0.001
    assert smoothed[-1] == np.float32(0.12)


@settings(max_examples=examples(30))
@given(
    rates=st.lists(st.sampled_from([8_000, 11_025, 16_000, 44_100, 44_099, 48_000]), min_size=1, max_size=6),
    counts=st.lists(st.integers(1, 700), min_size=6, max_size=6),
)
def test_lengths_are_exact_over_all_changes(rates: list[int], counts: list[int]) -> None:
    """However often the rate changes, the line is the sum of all lengths, rounded once."""
    blocks = [block(np.zeros(count), rate) for rate, count in zip(rates, counts, strict=False)]
    exact = sum(one.samples.shape[1] * 48_000 / one.rate_hz for one in blocks)
    assert abs(lined(blocks, 48_000).samples.shape[1] - exact) <= 0.5 + 1e-6


@settings(max_examples=examples(25))
@given(cuts=st.lists(st.integers(0, 6_000), max_size=12))
def test_chunked_equals_whole(cuts: list[int]) -> None:
    """Where sound of another rate is cut does not change what it becomes."""
    samples = sine(44_100, 6_000)
    parts = np.split(samples, sorted(cuts))
    whole, chunked = (
        lined([block(part, 44_100) for part in some if part.size], 48_000).samples
        for some in ([samples], parts)
    )
    assert np.abs(whole - chunked).max() < 1e-6
