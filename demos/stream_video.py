"""A clip that is worked on picture by picture, and watched while the rest of it is still to be done."""

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from clips import FPS, RATE_HZ, Sound, read_pictures, read_sound, to_sound, write_clip
from lights import drifting
from melody import compose
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
FILM_S = 12
CONTOUR = 20
"""Levels of brightness, of 256, between two contour lines."""

STOPS = {0: (16, 18, 58), 90: (140, 48, 110), 170: (250, 130, 90), 255: (255, 244, 205)}
"""Which brightness gets which red, green and blue; what lies between is mixed."""

PALETTE = np.stack(
    [np.interp(range(256), list(STOPS), part) for part in zip(*STOPS.values(), strict=True)], axis=1
).astype(np.uint8)


def process(clip: str | None, effect: str, kind: str, seconds: int) -> Iterator[str]:
    """Yield the clip in parts of so many seconds, each as soon as the effect is on its last picture."""
    pictures = map(EFFECTS[effect], read_pictures(clip) if clip else _film())
    sound = read_sound(clip) if clip else to_sound(compose(FILM_S // 2))
    with tempfile.TemporaryDirectory() as folder:
        start = 0
        while part := list(islice(pictures, seconds * FPS)):
            path = Path(folder, f"part{start}.{kind}")
            write_clip(str(path), part, sound=_cut(sound, start, start + len(part)), kind=kind)
            yield str(path)
            start += len(part)


def _film() -> Iterator[Picture]:
    return (drifting(number / FPS) for number in range(FILM_S * FPS))


def _cut(sound: Sound | None, start: int, end: int) -> Sound | None:
    """Return what is heard while these pictures are shown, as long as they are; None without sound."""
    if sound is None:
        return None
    part = sound[start * RATE_HZ // FPS : end * RATE_HZ // FPS]
    silence = (end - start) * RATE_HZ // FPS - len(part)
    return np.pad(part, ((0, silence), (0, 0)))


def _contours(picture: Picture) -> Picture:
    """Draw a line wherever brightness passes a level, as a map does with height."""
    red, green, blue = np.moveaxis(picture, 2, 0)
    height = np.maximum(np.maximum(red, green), blue) // CONTOUR
    line = np.zeros(height.shape, bool)
    line[1:] |= height[1:] != height[:-1]
    line[:, 1:] |= height[:, 1:] != height[:, :-1]
    drawn = picture // 3
    drawn[line] = np.minimum(picture[line].astype(np.uint16) * 2 + 40, 255)
    return drawn


def _mirrored(picture: Picture) -> Picture:
    """Put the left half's mirror image in the place of the right half."""
    left = picture[:, : picture.shape[1] // 2]
    return np.concatenate([left, left[:, ::-1]], axis=1)


def _tinted(picture: Picture) -> Picture:
    """Give each brightness its colour of the palette."""
    red, green, blue = np.moveaxis(picture.astype(np.uint16), 2, 0)
    return PALETTE[(red + green + blue) // 3]


EFFECTS: dict[str, Callable[[Picture], Picture]] = {
    "contours": _contours,
    "mirrored": _mirrored,
    "tinted": _tinted,
}
