"""Joints without a step."""

import numpy as np

from gradstream.media.audio.declick import Declick
from tests.unit.media.sounds import bends, sine


def test_a_step_is_faded() -> None:
    """Where a sine jumps in phase, it bends no more than a sine does; its length stays."""
    first, second = sine(48_000, 4_800), sine(48_000, 4_800, start_s=0.1003)
    declick = Declick(48_000, 1)
    emitted = [declick.smooth(first[np.newaxis].astype(np.float32))]
    declick.mark_joint()
    emitted += [declick.smooth(part[np.newaxis].astype(np.float32)) for part in np.split(second, 96)]
    line = np.concatenate(emitted, axis=1)[0]
    assert line.shape == (9_600,)
    assert bends(np.concatenate((first, second)), 48_000).max() > 10
    assert bends(line, 48_000).max() < 2
    assert np.array_equal(line[4_992:], second[192:].astype(np.float32))


def test_what_goes_on_stays() -> None:
    """Where there is no joint nothing is changed, and where a sine goes on, nothing that could be heard."""
    line = sine(48_000, 9_600)[np.newaxis].astype(np.float32)
    declick = Declick(48_000, 1)
    declick.mark_joint()
    assert np.array_equal(declick.smooth(line[:, :4_800]), line[:, :4_800])
    declick.mark_joint()
    assert np.abs(declick.smooth(line[:, 4_800:]) - line[:, 4_800:]).max() < 0.02
