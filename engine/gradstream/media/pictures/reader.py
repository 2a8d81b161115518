"""Reads the pictures of one output in one run, in the generator's thread: all of them by one rule.

    array | tensor | PIL image --picture--> 8-bit pixels (height, width) or (height, width, 3 or 4)
    one or a list of them, or an array of several --frames--> 8-bit pixels (pictures, height, width, 3)

Pixels are new memory: nothing is shared with the generator, and nothing is converted later. Alpha is kept
in a picture; frames have none, and are blended with black.
"""

from typing import Any

import numpy as np

from gradstream.media.arrays import as_numpy
from gradstream.media.pictures.alpha import note_hidden
from gradstream.media.pictures.pillow import is_pillow, pillow_levels
from gradstream.media.pictures.scale import Levels, NumberScale, Warn
from gradstream.media.pictures.shape import check_picture, check_pictures, check_size, is_single
from gradstream.media.pictures.types import PictureError


class PictureReader:
    """One output's. `warn` receives, once each, what is not shown as given; without it that is refused."""

    def __init__(self, warn: Warn | None = None) -> None:
        self._scale = NumberScale(warn)
        self.log = self._scale.log

    def picture(self, value: Any) -> Levels:
        """Return the pixels of one picture. Raises PictureError."""
        if is_pillow(value):
            check_size(value.size)
            pixels = pillow_levels(value, self._scale)
            check_picture(pixels)
            note_hidden(pixels, self._scale.log)
            return pixels
        array = _to_array(value)
        check_picture(array)
        pixels = self._scale.levels(array)
        note_hidden(pixels, self._scale.log)
        return pixels[:, :, 0] if pixels.shape[2:] == (1,) else pixels

    def frames(self, value: Any) -> Levels:
        """Return the pixels of one picture or several; shape (0, 0, 0, 3) for none. Raises PictureError."""
        if is_pillow(value):
            return blended(self.picture(value))[np.newaxis]
        if isinstance(value, list | tuple) and any(map(is_pillow, value)):
            return _joined([blended(self.picture(one)) for one in value])
        array = _to_array(value)
        if not array.size:
            return np.zeros((0, 0, 0, 3), np.uint8)
        check_pictures(array)
        levels = self._scale.levels(array)
        note_hidden(levels, self._scale.log)
        return np.stack([blended(one) for one in (levels[np.newaxis] if is_single(array) else levels)])


def _joined(pictures: list[Levels]) -> Levels:
    sizes = {picture.shape[:2] for picture in pictures}
    if len(sizes) > 1:
        raise PictureError("a list of pictures of several sizes cannot be shown; yield them one by one")
    return np.stack(pictures)


def blended(pixels: Levels) -> Levels:
    """Return RGB: grey is repeated, and what is transparent is blended with black."""
    if pixels.ndim == 2:
        pixels = pixels[:, :, np.newaxis]
    match pixels.shape[-1]:
        case 1:
            return np.repeat(pixels, 3, axis=-1)
        case 4:
            weighted = pixels[..., :3].astype(np.uint16) * pixels[..., 3:]
            return np.asarray((weighted + 127) // 255, np.uint8)
        case _:
            return pixels


def _to_array(value: Any) -> Any:
    try:
        return as_numpy(value)
    except Exception as error:  # a library's own code may raise anything
        found = type(value).__name__
        raise PictureError(f"a value of type {found} that is not an array of pictures ({error})") from error
