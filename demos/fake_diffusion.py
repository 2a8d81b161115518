"""What an image model looks like from outside: noise that turns into a picture."""

import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

NOISE_PIXELS = 600
PICTURE_PIXELS = 1000


def generate(steps: int) -> Iterator[NDArray[np.float64] | NDArray[np.uint8]]:
    """Yield a noisy picture after each step, clearer every time, and at last a larger one without noise.

    The steps are floats in 0..1 of shape (600, 600, 3); the last picture is 8-bit, (1000, 1000, 3).
    """
    random = np.random.default_rng(7)
    faint = _dusk(NOISE_PIXELS)
    for step in range(steps):
        time.sleep(0.6)
        share = step / steps
        yield (1 - share) * random.random((NOISE_PIXELS, NOISE_PIXELS, 3)) + share * faint
    time.sleep(0.6)
    yield (_dusk(PICTURE_PIXELS) * 255).astype(np.uint8)


def _dusk(pixels: int) -> NDArray[np.float64]:
    """Return hills before an evening sky, floats in 0..1 of shape (pixels, pixels, 3)."""
    x = np.linspace(0, 1, pixels)[None, :]
    y = np.linspace(0, 1, pixels)[:, None]
    top, bottom = np.array([0.10, 0.12, 0.32]), np.array([0.98, 0.62, 0.38])
    picture = top + (bottom - top) * np.broadcast_to(y, (pixels, pixels))[..., None] ** 1.3
    sun = np.exp(-(((x - 0.68) ** 2 + (y - 0.56) ** 2) / 0.004))[..., None]
    picture = picture + sun * (np.array([1.0, 0.93, 0.75]) - picture)
    for layer, (height, shade) in enumerate([(0.62, 0.55), (0.72, 0.35), (0.83, 0.18)]):
        ridge = height + 0.05 * np.sin(7 * x + 2.1 * layer) + 0.025 * np.sin(17 * x + 1.3 * layer)
        hill = 1 / (1 + np.exp(-(y - ridge) * pixels / 2))
        colour = np.array([0.36, 0.24, 0.44]) * shade + np.array([0.03, 0.06, 0.10])
        picture = picture + hill[..., None] * (colour - picture)
    clipped: NDArray[np.float64] = np.clip(picture, 0, 1)
    return clipped
