"""Reads Pillow's images as 8-bit pixels, whatever their mode. Pillow itself is not imported here.

| mode                                   | becomes                                              |
| 1, L                                   | grey                                                 |
| RGB, RGBX, P, CMYK, YCbCr, HSV         | RGB                                                  |
| LA, La, PA, RGBA, RGBa; P, L and RGB   | RGBA                                                 |
| with a transparent colour              |                                                      |
| I;16 and its byte orders               | grey, by 16 bits                                     |
| I, F                                   | grey, by the scale of an array of their numbers      |
| all others, such as LAB                | refused                                              |

Colours with a profile are converted to sRGB before (`color_profile.py`).
"""

from typing import Any

import numpy as np

from gradstream.media.pictures.color_profile import in_srgb
from gradstream.media.pictures.scale import Levels, NumberScale
from gradstream.media.pictures.types import PictureError

_GREY = frozenset({"1", "L"})
_COLORED = frozenset({"RGB", "RGBX", "P", "CMYK", "YCbCr", "HSV"})
_TRANSPARENT = {"LA": ("RGBA",), "PA": ("RGBA",), "RGBA": (), "La": ("LA", "RGBA"), "RGBa": ("RGBA",)}
"""Modes with an alpha channel, and the conversions that lead to RGBA; Pillow has no direct one for `La`."""

_NUMBERS = frozenset({"I", "F"})

_ORIENTATION = 0x0112
"""The Exif tag."""

_FLIPS = {
    1: (False, False),
    2: (False, True),
    3: (True, True),
    4: (True, False),
    5: (False, False),
    6: (False, True),
    7: (True, True),
    8: (True, False),
}
"""Whether rows and columns are reversed, after width and height have changed places from 5 on."""


def is_pillow(value: object) -> bool:
    """Return whether a value is one of Pillow's images."""
    return callable(getattr(value, "getbands", None)) and callable(getattr(value, "convert", None))


def pillow_levels(image: Any, scale: NumberScale) -> Levels:
    """Return new pixels of shape (height, width) or (height, width, 3 or 4). Raises PictureError.

    An image as it was opened from a file is turned as its Exif data say.
    """
    try:
        pixels = _pixels(in_srgb(image, scale.log), scale)
        return pixels if image.format is None else turned(pixels, orientation(image))
    except PictureError:
        raise
    except Exception as error:  # Pillow's formats raise anything for files that are cut or damaged
        raise PictureError(f"a PIL image that cannot be read ({error})") from error


def orientation(image: Any) -> int:
    """Return the Exif orientation of an opened file, 1 for upright; from 5 on the sides change places."""
    found = image.getexif().get(_ORIENTATION, 1)
    return found if found in _FLIPS else 1


def turned(pixels: Levels, exif_orientation: int) -> Levels:
    """Return pixels turned upright."""
    if exif_orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    rows, columns = _FLIPS[exif_orientation]
    return np.ascontiguousarray(pixels[:: -1 if rows else 1, :: -1 if columns else 1])


def _pixels(image: Any, scale: NumberScale) -> Levels:
    mode = image.mode
    if mode.startswith("I;16"):
        return scale.of_16_bits(np.asarray(image))
    if mode in _NUMBERS:
        return scale.levels(_numbers(image))
    if mode in _TRANSPARENT:
        for step in _TRANSPARENT[mode]:
            image = image.convert(step)
        return np.array(image)
    if mode in _GREY or mode in _COLORED:
        if image.has_transparency_data:
            return np.array(image.convert("RGBA"))
        return np.array(image.convert("L" if mode in _GREY else "RGB"))
    raise PictureError(f"a PIL image of mode {mode}; convert it first: image.convert('RGB'), or PIL.ImageCms")


def _numbers(image: Any) -> Any:
    """Return the numbers of an image of 32 bits: files of 16 bits were read as such."""
    numbers = np.asarray(image)
    if numbers.dtype.kind == "i" and numbers.size and numbers.min() >= 0 and 255 < numbers.max() <= 65_535:
        return numbers.astype(np.uint16)
    return numbers
