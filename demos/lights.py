"""Soft lights that move over an evening sky: the pictures of the video demos, one product of matrices each.

A light is brightest at its middle and fades like exp(-d²), which is a row times a column. So is a gradient.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 360
Colour = tuple[float, float, float]
"""Red, green and blue in 0..1."""

TOP: Colour = (0.05, 0.06, 0.20)
BOTTOM: Colour = (0.42, 0.16, 0.32)
COLOURS: tuple[Colour, ...] = (
    (1.00, 0.55, 0.25),
    (0.98, 0.35, 0.55),
    (0.45, 0.60, 1.00),
    (0.30, 0.90, 0.75),
    (0.95, 0.85, 0.45),
)

X = np.linspace(0, WIDTH / HEIGHT, WIDTH, dtype=np.float32)
Y = np.linspace(0, 1, HEIGHT, dtype=np.float32)


@dataclass(frozen=True, kw_only=True)
class Light:
    """One light: where its middle is (x in 0..16/9, y in 0..1), how wide it is, its colour and strength."""

    x: float
    y: float
    radius: float
    colour: Colour
    strength: float = 1.0


def paint(lights: Sequence[Light]) -> NDArray[np.uint8]:
    """Return the sky with these lights as a picture of shape (360, 640, 3)."""
    rows = [1 - Y, Y, *(np.exp(-(((Y - light.y) / light.radius) ** 2)) for light in lights)]
    columns = [np.ones_like(X)] * 2 + [np.exp(-(((X - light.x) / light.radius) ** 2)) for light in lights]
    colours = [TOP, BOTTOM, *(tuple(light.strength * part for part in light.colour) for light in lights)]
    across = np.stack(columns)[:, :, None] * np.array(colours)[:, None, :] * 255
    picture = np.stack(rows, axis=1).astype(np.float32) @ across.reshape(len(rows), -1).astype(np.float32)
    return np.minimum(picture, 255).astype(np.uint8).reshape(HEIGHT, WIDTH, 3)


def drifting(time_s: float) -> NDArray[np.uint8]:
    """Return the picture at that time: five lights on their own slow ways, coming and going like breath."""
    lights = []
    for index, colour in enumerate(COLOURS):
        turn = 2 * np.pi * (time_s / (5 + 1.5 * index) + index / len(COLOURS))
        lights.append(
            Light(
                x=0.89 + 0.68 * np.sin(turn),
                y=0.5 + 0.32 * np.sin(1.7 * turn + index),
                radius=0.14 + 0.05 * np.sin(0.9 * turn),
                colour=colour,
                strength=0.8 + 0.2 * np.sin(2.3 * turn),
            )
        )
    return paint(lights)
