"""What is painted over goes away: the colours around it flow in, from the edge inwards."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from gradstream import UserError, progress

Picture = NDArray[np.float32]
Mask = NDArray[np.bool_]

STEP_S = 0.06
ROUNDS = 2
"""Of work in each step that is shown."""

SOFT_STEPS = 40
FADE_STEPS = 12


def edit(photo: dict[str, NDArray[np.uint8]] | None, effect: str) -> Iterator[NDArray[np.uint8]]:
    """Yield the picture as it changes; `photo["mask"]` is 255 where the visitor has painted."""
    if photo is None:
        raise UserError("There is no picture yet.")
    painted = photo["mask"] == 255
    if not painted.any():
        raise UserError("Paint over something in the picture first, such as the balloon.")
    if painted.all():
        raise UserError("Leave a part of the picture as it is.")
    for picture in EFFECTS[effect](photo["image"].astype(np.float32), painted):
        yield picture.astype(np.uint8)
        time.sleep(STEP_S)


def erase(picture: Picture, painted: Mask) -> Iterator[Picture]:
    """Fill in each painted pixel as soon as some of its neighbours are known, then soften the seams."""
    rows, columns = _box(painted)
    part, open_pixels = picture[rows, columns], painted[rows, columns].copy()
    size = open_pixels.sum()
    while open_pixels.any():
        for _ in range(ROUNDS):
            known = (~open_pixels)[..., None].astype(np.float32)
            count = _around(known)
            edge = open_pixels & (count[..., 0] > 0)
            part[edge] = _around(part * known)[edge] / count[edge]
            open_pixels &= ~edge
        progress(1 - open_pixels.sum() / size, "Filling in")
        yield picture
    yield from blur(picture, painted)


def blur(picture: Picture, painted: Mask) -> Iterator[Picture]:
    """Give each painted pixel the mean of its neighbours, again and again."""
    rows, columns = _box(painted)
    part, inside = picture[rows, columns], painted[rows, columns]
    count = _around(np.ones_like(part))
    for step in range(SOFT_STEPS):
        for _ in range(ROUNDS):
            part[inside] = (_around(part) / count)[inside]
        progress((step + 1) / SOFT_STEPS, "Softening")
        yield picture


def keep_colours(picture: Picture, painted: Mask) -> Iterator[Picture]:
    """Let the colours of all that is not painted fade to grey."""
    grey = picture.mean(axis=2, keepdims=True)
    for step in range(1, FADE_STEPS + 1):
        faded = picture + (grey - picture) * step / FADE_STEPS
        yield np.where(painted[..., None], picture, faded)


EFFECTS: dict[str, Callable[[Picture, Mask], Iterator[Picture]]] = {
    "erase": erase,
    "blur": blur,
    "keep_colours": keep_colours,
}


def _box(painted: Mask) -> tuple[slice, slice]:
    """Return the rows and columns that have something painted, and those beside them."""
    sides = (np.flatnonzero(painted.any(axis=axis)) for axis in (1, 0))
    rows, columns = (slice(max(0, each[0] - 1), each[-1] + 2) for each in sides)
    return rows, columns


def _around(values: Picture) -> Picture:
    """Return the sum of the eight neighbours of each pixel; beyond the edge there is nothing."""
    height, width = values.shape[:2]
    wide = np.pad(values, ((1, 1), (1, 1), (0, 0)))
    shifts = ((down, right) for down in range(3) for right in range(3) if (down, right) != (1, 1))
    total = np.zeros_like(values)
    for down, right in shifts:
        total += wide[down : down + height, right : right + width]
    return total
