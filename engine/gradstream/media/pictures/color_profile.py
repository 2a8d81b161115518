"""Converts Pillow's images to sRGB where they carry an ICC profile that says otherwise.

A browser shows a file's numbers by the file's profile. What is sent of an opened image has no profile any
more, and browsers take its numbers for sRGB: the colours of a photo in Display P3 would be pale.
"""

import io
from collections.abc import Callable
from typing import Any

_OUTPUT = {"RGB": "RGB", "RGBX": "RGB", "CMYK": "RGB", "RGBA": "RGBA"}
"""The modes that are converted, and what they become; grey is left, as are numbers that are not colours."""


def in_srgb(image: Any, log: Callable[[str, str], None]) -> Any:
    """Return an image whose numbers are those of sRGB; one with a profile that cannot be used is logged."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in _OUTPUT:
        return image
    from PIL import ImageCms  # noqa: PLC0415 (heavy, and hardly any image has a profile)

    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(given):
            return image
        wanted = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, given, wanted, outputMode=_OUTPUT[image.mode])
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        log("profile", f"the color profile of a picture cannot be used, and it is shown as sRGB ({error})")
        return image
