"""Pictures in any form that generators have them, and as the bytes that browsers show.

    array | PIL image | path | bytes --take--> Picture (a copy) --encode--> bytes, mime

NumPy and Pillow are imported when the first picture comes: the server never has one.
"""

from __future__ import annotations

import io
import os
import threading
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from gradstream.components.types import UnusableYieldError
from gradstream.format.wording import kind_name
from gradstream.signatures import find_signature

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

Format = Literal["png", "jpeg", "webp"]

ACCEPTED = (
    "accepted are arrays of shape (height, width) or (height, width, 1, 3 or 4) with uint8, bool, or floats "
    "in 0..1; PIL images; paths and bytes of picture files"
)

BROWSER_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Files of these types are sent unchanged: every browser shows them."""

SHOWN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "HSV", "LAB"})
"""Pillow's modes with 8 bits or less a channel."""

WEBP_LONGEST_SIDE = 16383
"""WebP has 14 bits for each side."""

JPEG_QUALITY = 85
"""Good enough for a picture that is replaced by the next one, and 1-2 ms for 600 by 600 pixels."""


class Encoded(Struct, frozen=True, kw_only=True):
    """Bytes that a browser shows."""

    data: bytes
    mime: str
    width: int
    height: int


class Picture:
    """A copy of a yielded picture, which may be encoded in several threads at once.

    The generator's thread pays for the copy only: the first encoder that asks converts it to 8-bit pixels,
    once, under a lock, into memory that nobody else has yet. What is shared is never written to.
    """

    def __init__(self, *, pixels: NDArray[Any] | None = None, image: Image | None = None) -> None:
        self._pixels = pixels
        self._image = image
        self._is_transparent = _has_alpha(pixels) if image is None else image.mode in {"LA", "RGBA"}
        self._conversion = threading.Lock()

    @property
    def image(self) -> Image:
        """The picture as L, LA, RGB or RGBA; read it only, or change a copy."""
        with self._conversion:
            if self._image is None:
                self._image = _to_image(self._pixels)
                self._pixels = None
            return self._image

    def is_transparent(self) -> bool:
        """Return whether there is an alpha channel."""
        return self._is_transparent

    def fingerprint(self) -> bytes:
        """Return a digest of the pixels: pictures with the same one look the same."""
        image = self.image
        return blake2b(image.tobytes(), digest_size=20, key=f"{image.mode} {image.size}".encode()).digest()

    def encode(self, wanted: Format) -> Encoded:
        """Return the picture in a format; what the format cannot say is kept in another one."""
        # Pillow keeps the options of a save in the image itself: two threads must not save the same one.
        image = self.image.copy()
        if wanted == "webp" and max(image.size) > WEBP_LONGEST_SIDE:
            wanted = "png"
        if wanted == "jpeg" and self.is_transparent():
            wanted = "webp"
        buffer = io.BytesIO()
        match wanted:
            case "jpeg":
                image.save(buffer, "JPEG", quality=JPEG_QUALITY)
            case "webp":
                # Method 0 takes a third of the time of PNG's fastest level, and the file is smaller too.
                image.save(buffer, "WEBP", lossless=True, method=0, quality=0, exact=True)
            case "png":
                image.save(buffer, "PNG", compress_level=1)
        return Encoded(data=buffer.getvalue(), mime=f"image/{wanted}", width=image.width, height=image.height)


def import_libraries() -> None:
    """Import NumPy and Pillow before the first picture comes, with the formats that are needed.

    Otherwise Pillow would import all of its forty when it is first asked for WebP.
    """
    import numpy as np  # noqa: F401, PLC0415 (heavy, see above)
    from PIL import (  # noqa: PLC0415
        Image,
        JpegImagePlugin,  # noqa: F401
        PngImagePlugin,  # noqa: F401
        WebPImagePlugin,  # noqa: F401
    )

    Image.preinit()


def take(value: Any) -> Picture | Encoded:
    """Copy a picture, so that the generator may reuse its own. Raises UnusableYieldError for other values."""
    if isinstance(value, bytes | bytearray | memoryview):
        return _take_file(bytes(value))
    if isinstance(value, str | os.PathLike):
        return _take_path(Path(value))
    if callable(getattr(value, "getbands", None)) and callable(getattr(value, "convert", None)):
        return Picture(image=_eight_bits(value.copy()))
    if hasattr(value, "__array__"):
        return Picture(pixels=_copy_pixels(value))
    raise UnusableYieldError(f"{kind_name(value)} is not a picture; {ACCEPTED}")


def is_picture(value: Any) -> bool:
    """Return whether `take` would try: here a text is not taken for a path."""
    return not isinstance(value, str) and (
        isinstance(value, bytes | bytearray | memoryview | os.PathLike)
        or hasattr(value, "__array__")
        or callable(getattr(value, "getbands", None))
    )


def _take_path(path: Path) -> Picture | Encoded:
    try:
        return _take_file(path.read_bytes())
    except OSError as error:
        text = f"the picture {path.name} cannot be read: {error.strerror}; {ACCEPTED}"
        raise UnusableYieldError(text) from error


def _take_file(data: bytes) -> Picture | Encoded:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (heavy, see above)

    try:
        with Image.open(io.BytesIO(data)) as image:
            mime = _browser_mime(data)
            if mime is not None:
                return Encoded(data=data, mime=mime, width=image.width, height=image.height)
            return Picture(image=_eight_bits(image))
    except UnidentifiedImageError as error:
        raise UnusableYieldError(f"{len(data)} bytes that are not a picture file; {ACCEPTED}") from error


def _browser_mime(data: bytes) -> str | None:
    signature = find_signature(data)
    return signature.mime if signature is not None and signature.mime in BROWSER_TYPES else None


def _eight_bits(image: Image) -> Image:
    if image.mode not in SHOWN_MODES:
        raise UnusableYieldError(f"a PIL image of mode {image.mode}; convert it first: image.convert('RGB')")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _copy_pixels(value: Any) -> NDArray[Any]:
    """Check shape and type in the generator's thread, where an error still has a traceback, and copy."""
    import numpy as np  # noqa: PLC0415 (heavy, see above)

    array = np.asarray(value)
    _check_shape(array)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    kind = array.dtype.kind
    if kind == "b" or array.dtype == np.uint8:
        return np.array(array, order="C")
    if kind == "f":
        # Half of the bytes to copy, and far more digits than 8 bits need.
        return array.astype(np.float32, order="C")
    if kind not in "iu":
        raise UnusableYieldError(f"an array of {array.dtype} is not a picture; {ACCEPTED}")
    lowest, highest = array.min(), array.max()
    if lowest < 0 or highest > 255:
        raise UnusableYieldError(f"an array of {array.dtype} from {lowest} to {highest}; {ACCEPTED}")
    return array.astype(np.uint8, order="C")


def _check_shape(array: NDArray[Any]) -> None:
    shape = array.shape
    if array.size and (array.ndim == 2 or (array.ndim == 3 and shape[2] in {1, 3, 4})):
        return
    hint = ""
    if array.ndim == 3 and shape[0] in {1, 3, 4}:
        hint = "; channels come last here: transpose(1, 2, 0)"
    elif array.ndim == 4:
        hint = "; that is a batch of pictures: yield one of them"
    raise UnusableYieldError(f"an array of shape {shape} is not a picture{hint}; {ACCEPTED}")


def _has_alpha(pixels: Any) -> bool:
    return bool(pixels.ndim == 3 and pixels.shape[2] == 4)


def _to_image(pixels: Any) -> Image:
    import numpy as np  # noqa: PLC0415 (heavy, see above)
    from PIL import Image  # noqa: PLC0415

    if pixels.dtype.kind == "b":
        pixels = pixels.view(np.uint8) * np.uint8(255)
    elif pixels.dtype.kind == "f":
        # fmax makes a new array, which the next steps may overwrite, and turns NaN into 0: casting NaN to
        # uint8 is undefined.
        levels = np.fmax(pixels, 0)
        np.minimum(levels, 1, out=levels)
        np.multiply(levels, 255, out=levels)
        pixels = np.rint(levels, out=levels).astype(np.uint8)
    return Image.fromarray(pixels)
