"""Plays notes, one after the other; put a voice in their place."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
SCALE = (261.63, 293.66, 329.63, 392.00, 440.00, 523.25)
NOTE_S = 0.3


def play(notes: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield (samples a second, array) for each note; the page joins them without a click."""
    random = np.random.default_rng(4)
    time = np.arange(round(RATE * NOTE_S)) / RATE
    fade = np.minimum(1, np.minimum(time, NOTE_S - time) / 0.02) * np.exp(-3 * time)
    for _ in range(notes):
        wave = np.sin(2 * np.pi * random.choice(SCALE) * time) * fade * 0.4
        yield RATE, wave.astype(np.float32)
