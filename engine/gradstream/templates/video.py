"""Draws a film, picture by picture; put a model in its place."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

FPS = 24
HEIGHT, WIDTH = 240, 320


def film(seconds: int) -> Iterator[NDArray[np.uint8]]:
    """Yield pictures of shape (240, 320, 3), 24 for each second of the film."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    for number in range(round(seconds * FPS)):
        time = number / FPS
        waves = np.sin(x / 30 + 2 * time) + np.sin(y / 25 - time) + np.sin((x + y) / 40 + time)
        shades = [128 + 40 * waves * factor for factor in (1.0, 0.6, -0.8)]
        yield np.stack(shades, axis=-1).astype(np.uint8)
