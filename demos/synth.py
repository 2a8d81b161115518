"""Pictures and tones made of numbers, without an end: arrays go in, a stream comes out."""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
from lights import COLOURS, Light, paint
from numpy.typing import NDArray

RATE_HZ = 48_000
FPS = 24
CHUNK_S = 0.25
AHEAD_S = 1.0
"""What is made so far ahead of the clock is the listener's reserve."""

LOUDNESS = 0.5
"""Notes swell one after the other, so that their sum stays well below 1."""

CHORDS = {
    "major": (0, 4, 7, 12, 16),
    "minor": (0, 3, 7, 12, 15),
    "fifths": (0, 7, 14, 19, 24),
}
"""Semitones above the lowest note."""


def play(pitch: int, chord: str, speed: float) -> Iterator[dict[str, Any]]:
    """Yield a quarter of a second of pictures and of sound at a time, until stopped.

    Pictures are of shape (6, 360, 640, 3), sound is (48000, samples of shape (12000, 2)). Everything follows
    from the number of samples that went before, so chunks join without a seam however long it goes on.
    """
    notes_hz = pitch * 2 ** (np.array(CHORDS[chord]) / 12)
    begun = time.monotonic()
    for number in count():
        time.sleep(max(0.0, begun + number * CHUNK_S - AHEAD_S - time.monotonic()))
        yield {
            "lights": _pictures(number, speed),
            "tones": (RATE_HZ, _tones(number, notes_hz, speed)),
        }


def _tones(number: int, notes_hz: NDArray[np.float64], speed: float) -> NDArray[np.float32]:
    samples = round(CHUNK_S * RATE_HZ)
    time_s = (number * samples + np.arange(samples)) / RATE_HZ
    sound = np.zeros((samples, 2))
    for index, note_hz in enumerate(notes_hz):
        # Whole turns change nothing: leaving them out keeps an hour's phase as exact as the first second's.
        turn = 2 * np.pi * np.mod(note_hz * time_s, 1)
        tone = (np.sin(turn) + 0.3 * np.sin(2 * turn) + 0.1 * np.sin(3 * turn)) * _swell(index, time_s, speed)
        pan = (0.2 + 0.15 * index) * np.pi / 2
        sound += tone[:, None] * np.array([np.cos(pan), np.sin(pan)]) * LOUDNESS
    return (sound * np.clip(time_s, 0, 1)[:, None]).astype(np.float32)


def _pictures(number: int, speed: float) -> NDArray[np.uint8]:
    frames = round(CHUNK_S * FPS)
    return np.stack([_picture((number * frames + frame) / FPS, speed) for frame in range(frames)])


def _picture(time_s: float, speed: float) -> NDArray[np.uint8]:
    """Return a ring of lights, one for each note, that shine as loud as it sounds."""
    lights = [Light(x=0.89, y=0.5, radius=0.45, colour=(0.25, 0.12, 0.30))]
    for index, colour in enumerate(COLOURS):
        angle = 2 * np.pi * (index / len(COLOURS) + time_s / 16)
        swell = float(_swell(index, np.array(time_s), speed))
        x, y = 0.89 + 0.52 * np.cos(angle), 0.5 + 0.28 * np.sin(angle)
        radius, strength = 0.06 + 0.12 * swell, 0.25 + 0.75 * swell
        lights.append(Light(x=x, y=y, radius=radius, colour=colour, strength=strength))
    return paint(lights)


def _swell(index: int, time_s: NDArray[np.float64], speed: float) -> NDArray[np.float64]:
    """Return how loud a note is, 0..1: each comes and goes by the clock, one after the other."""
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * (time_s * speed / len(COLOURS) - index / len(COLOURS)))
    swell: NDArray[np.float64] = wave**6
    return swell
