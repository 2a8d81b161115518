"""Functions of synth.py."""

import numpy as np


def generate_tone(note, octave, duration):
    sr = 8000
    frequency = 220 * 2 ** (note / 12 + octave - 4)
    tone = np.sin(np.linspace(0, duration, int(duration * sr)) * frequency * 2 * np.pi)
    return sr, (tone * 20000).astype(np.int16)


def stream(sound):
    rate, samples = sound if sound else (8000, np.zeros(800, dtype=np.int16))
    yield rate, samples
    yield rate, samples[::-1]
