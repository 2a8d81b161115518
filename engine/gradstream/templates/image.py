"""Draws a picture out of noise; put a model in its place."""

import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SIZE = 400


def generate(steps: int, colour: str) -> Iterator[NDArray[np.float64]]:
    """Yield arrays of shape (400, 400, 3) with values from 0 to 1, less noisy at each step."""
    random = np.random.default_rng(1)
    y, x = np.mgrid[-1 : 1 : SIZE * 1j, -1 : 1 : SIZE * 1j]
    glow = np.exp(-3 * (x**2 + y**2))[..., None]
    tint = np.array([1.0, 0.6, 0.3] if colour == "warm" else [0.3, 0.6, 1.0])
    for step in range(1, steps + 1):
        share = step / steps
        yield share * glow * tint + (1 - share) * random.random((SIZE, SIZE, 3))
        time.sleep(0.15)
