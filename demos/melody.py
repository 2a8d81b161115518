"""A short melody made of sums of sines: what the sound demos play when a visitor gives them nothing."""

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
BAR_S = 2.0
STEP_S = BAR_S / 8

CHORDS = ((48, 55, 60, 64, 67), (45, 52, 57, 60, 64), (41, 53, 57, 60, 65), (43, 50, 55, 59, 62))
"""C major, A minor, F major, G major, a bar each; numbers are keys of a piano, 69 is the A of 440 Hz."""

PATTERN = (0, 2, 3, 4, 3, 2, 1, 2)
"""Which note of its chord each eighth of a bar plucks."""

TUNE = (
    ((0, 76, 3), (3, 74, 1), (4, 72, 4)),
    ((0, 72, 2), (2, 74, 2), (4, 76, 4)),
    ((0, 77, 3), (3, 76, 1), (4, 72, 2), (6, 69, 2)),
    ((0, 71, 4), (4, 74, 3), (7, 74, 1)),
)
"""What is sung above each chord: the eighth at which a note begins, its key, and its length in eighths."""


def compose(bars: int = 8) -> NDArray[np.float32]:
    """Return so many bars of stereo sound at RATE_HZ, in -1..1, of shape (samples, 2)."""
    sound = np.zeros((round(bars * BAR_S * RATE_HZ), 2), np.float32)
    for bar in range(bars):
        start_s, chord = bar * BAR_S, CHORDS[bar % len(CHORDS)]
        for step, which in enumerate(PATTERN):
            pan = 0.5 + 0.3 * np.sin(1.3 * step)
            _add(sound, start_s + step * STEP_S, _pluck(chord[which], 0.9), loudness=0.22, pan=pan)
        _add(sound, start_s, _pluck(chord[0] - 12, BAR_S), loudness=0.30, pan=0.5)
        for step, key, steps in TUNE[bar % len(TUNE)]:
            note = _sing(key, steps * STEP_S + 0.15)
            _add(sound, start_s + step * STEP_S, note, loudness=0.20, pan=0.45)
    fade = np.clip(np.arange(len(sound), 0, -1) / (0.3 * RATE_HZ), 0, 1)
    level = 0.8 / max(float(np.abs(sound).max()), 1e-9)
    return (sound * (level * fade)[:, None]).astype(np.float32)


def _pluck(key: int, length_s: float) -> NDArray[np.float64]:
    """Return a string that is plucked: high partials fade sooner than low ones."""
    time = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    turn = 2 * np.pi * _pitch_hz(key) * time
    fading = np.exp(-4 * time)
    tone = np.sin(turn) + 0.4 * np.sin(2 * turn) * fading + 0.2 * np.sin(3 * turn) * fading**2
    return _soften(tone * np.exp(-3.5 * time), attack_s=0.008)


def _sing(key: int, length_s: float) -> NDArray[np.float64]:
    """Return a held note with a little vibrato."""
    time = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    turn = 2 * np.pi * _pitch_hz(key) * time + 0.25 * np.sin(2 * np.pi * 5 * time) * np.clip(3 * time, 0, 1)
    return _soften(np.sin(turn) + 0.15 * np.sin(2 * turn), attack_s=0.06)


def _soften(tone: NDArray[np.float64], *, attack_s: float) -> NDArray[np.float64]:
    """Return the tone with an attack and a release that do not click."""
    rise = np.clip(np.arange(len(tone)) / (attack_s * RATE_HZ), 0, 1)
    fall = np.clip(np.arange(len(tone), 0, -1) / (0.15 * RATE_HZ), 0, 1)
    softened: NDArray[np.float64] = tone * np.sin(rise * np.pi / 2) * np.sin(fall * np.pi / 2) ** 2
    return softened


def _add(
    sound: NDArray[np.float32], start_s: float, note: NDArray[np.float64], *, loudness: float, pan: float
) -> None:
    start = round(start_s * RATE_HZ)
    heard = note[: len(sound) - start] * loudness
    sound[start : start + len(heard), 0] += heard * np.cos(pan * np.pi / 2)
    sound[start : start + len(heard), 1] += heard * np.sin(pan * np.pi / 2)


def _pitch_hz(key: int) -> float:
    return float(440 * 2 ** ((key - 69) / 12))
