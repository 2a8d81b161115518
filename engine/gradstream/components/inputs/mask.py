"""The mask that a visitor paints on a picture: grey, as large as the picture, 0 or 255.

{"path", "name", "mime"} | None --read_mask--> image of mode L --write_mask--> path of a PNG
"""

import os
import tempfile
from collections.abc import Mapping
from typing import Any

from gradstream.authoring import folder
from gradstream.components.inputs.file_checks import damaged
from gradstream.components.types import UnusableInputError
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input

PAINTED = 128
"""From this grey on a pixel is painted: the edges of strokes are smooth."""


def read_mask(plain: Mapping[str, str] | None, field: Input, *, size: tuple[int, int]) -> Any:
    """Return the mask of a picture of this size, none painted where there is no file.

    Raises UnusableInputError for a file that is damaged or of another shape than the picture.
    """
    from PIL import Image  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

    if plain is None:
        return Image.new("L", size, 0)
    try:
        with Image.open(plain["path"]) as file:
            if not _has_shape(file.size, size):
                raise UnusableInputError(_other_shape(field, file.size, size))
            grey = file.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise damaged(plain, field, form="a mask", expected="a PNG in black and white") from error
    painted = grey.point([255 if level >= PAINTED else 0 for level in range(256)])
    # Phones have no canvas as large as their pictures: a mask is painted smaller then.
    return painted if painted.size == size else painted.resize(size, Image.Resampling.NEAREST)


def write_mask(mask: Any, field: Input) -> str:
    """Write a mask into the run's own folder, which goes with the run, and return its path."""
    handle, path = tempfile.mkstemp(prefix=f"{field.name}-mask-", suffix=".png", dir=folder())
    os.close(handle)
    mask.save(path)
    return path


def _has_shape(found: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Return whether a mask covers the picture when it is enlarged, to a pixel of the mask."""
    return found[0] <= wanted[0] and abs(found[0] * wanted[1] - found[1] * wanted[0]) <= max(wanted)


def _other_shape(field: Input, found: tuple[int, int], wanted: tuple[int, int]) -> InvalidValue:
    return InvalidValue(
        code="E-FILE-SIZE",
        message=f"The mask of {field.label} has another shape than the picture",
        expected=f"a mask of {wanted[0]} x {wanted[1]} pixels, or a smaller one of the same shape",
        found=f"{found[0]} x {found[1]}",
        repair="paint the mask on this picture",
    )
