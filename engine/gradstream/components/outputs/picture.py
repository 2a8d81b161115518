"""Pictures in any form that generators have them, and as the bytes that browsers show.

    array | PIL image | path | bytes --take--> Picture (8-bit pixels) --encode--> bytes, mime

What arrays and PIL images become is decided in `media/pictures/`, for the output `video` as well.
NumPy and Pillow are imported when the first picture comes: the server never has one.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from gradstream.components.buffer import unbuffered
from gradstream.components.outputs.picture_text import bytes_in
from gradstream.components.plain import repair_text
from gradstream.components.types import UnusableYieldError
from gradstream.format.wording import kind_name
from gradstream.media.pictures.types import MAX_SIDE, PictureError
from gradstream.signatures import find_signature

if TYPE_CHECKING:
    from PIL.Image import Image

Format = Literal["png", "jpeg", "webp"]

ACCEPTED = (
    "accepted are arrays of shape (height, width) or (height, width, 1, 3 or 4) with uint8, bool, or floats "
    "in 0..1; PIL images; paths, bytes and buffers of picture files"
)

BROWSER_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Files of these types are sent unchanged: every browser shows them."""

LONGEST_SIDES: dict[Format, int] = {"webp": 16_383, "jpeg": 65_500, "png": MAX_SIDE}
"""WebP has 14 bits for each side, and libjpeg a limit of its own; a longer picture is sent as PNG."""

JPEG_QUALITY = 85
"""Good enough for a picture that is replaced by the next one, and 1-2 ms for 600 by 600 pixels."""


class Encoded(Struct, frozen=True, kw_only=True):
    """Bytes that a browser shows."""

    data: bytes
    mime: str
    width: int
    height: int


class Picture:
    """A yielded picture, converted and copied at the yield: several threads may encode it at once.

    `image` has one of the modes L, RGB and RGBA; read it only, or change a copy.
    """

    def __init__(self, image: Image) -> None:
        self.image = image

    def is_transparent(self) -> bool:
        """Return whether there is an alpha channel."""
        return self.image.mode == "RGBA"

    def fingerprint(self) -> bytes:
        """Return a digest of the pixels: pictures with the same one look the same."""
        image = self.image
        return blake2b(image.tobytes(), digest_size=20, key=f"{image.mode} {image.size}".encode()).digest()

    def possible(self, wanted: Format) -> Format:
        """Return the format that the picture is encoded in, where another one is asked for."""
        if wanted == "jpeg" and self.is_transparent():
            wanted = "webp"
        return "png" if max(self.image.size) > LONGEST_SIDES[wanted] else wanted

    def encode(self, wanted: Format) -> Encoded:
        """Return the picture in a format; what the format cannot say is kept in another one."""
        # Pillow keeps the options of a save in the image itself: two threads must not save the same one.
        image = self.image.copy()
        wanted = self.possible(wanted)
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


MOST_SHOWN = 80
"""Characters of a file's name in a message."""


class PictureTaker:
    """Takes the yields of one output in one run, in the generator's thread.

    `warn` receives, once each, what is not shown as given; without it that is refused.
    """

    def __init__(self, warn: Callable[[str], None] | None = None) -> None:
        from gradstream.media.pictures.reader import PictureReader  # noqa: PLC0415 (heavy, see above)

        self._reader = PictureReader(warn)

    def take(self, value: Any) -> Picture | Encoded:
        """Return a picture that shares nothing with the generator. Raises UnusableYieldError."""
        value = unbuffered(value)
        if isinstance(value, bytes | bytearray | memoryview):
            return self._take_file(bytes(value))
        inner = bytes_in(value, accepted=ACCEPTED) if isinstance(value, str) else None
        if inner is not None:
            return self._take_file(inner)
        if isinstance(value, str | os.PathLike):
            return self._take_path(Path(value))
        if is_picture(value):
            return self._read(value)
        raise UnusableYieldError(f"{kind_name(value)} is not a picture; {ACCEPTED}")

    def _read(self, value: Any) -> Picture:
        from PIL import Image  # noqa: PLC0415 (heavy, see above)

        with _refusing():
            return Picture(Image.fromarray(self._reader.picture(value)))

    def _take_path(self, path: Path) -> Picture | Encoded:
        name = repair_text(path.name)[:MOST_SHOWN]
        try:
            if path.exists() and not path.is_file():
                raise UnusableYieldError(f"{name} is not a file with an end; {ACCEPTED}")
            data = path.read_bytes()
        except OSError as error:
            text = f"the picture {name} cannot be read: {error.strerror}; {ACCEPTED}"
            raise UnusableYieldError(text) from error
        except ValueError as error:
            raise UnusableYieldError(f"{name!r:.60} is not a path; {ACCEPTED}") from error
        return self._take_file(data)

    def _take_file(self, data: bytes) -> Picture | Encoded:
        from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (heavy, see above)

        try:
            with Image.open(io.BytesIO(data)) as image:
                return self._take_opened(image, data)
        except UnusableYieldError:
            raise
        except UnidentifiedImageError as error:
            raise UnusableYieldError(f"{len(data)} bytes that are not a picture file; {ACCEPTED}") from error
        except Exception as error:  # Pillow's formats raise anything for files that are cut or damaged
            text = f"{len(data)} bytes of a picture file that cannot be read ({error}); {ACCEPTED}"
            raise UnusableYieldError(text) from error

    def _take_opened(self, image: Image, data: bytes) -> Picture | Encoded:
        from gradstream.media.pictures.file_end import is_cut  # noqa: PLC0415 (of workers only)
        from gradstream.media.pictures.pillow import orientation  # noqa: PLC0415 (heavy, see above)

        mime = _browser_mime(data)
        if mime is None:
            self._log_others(getattr(image, "n_frames", 1) - 1)
            return self._read(image)
        # Browsers turn a file as its Exif data say.
        width, height = image.size[:: -1 if orientation(image) >= 5 else 1]
        if is_cut(data):
            with _refusing():
                self._reader.log("cut", "a picture file is not complete: what is missing is not shown")
        return Encoded(data=data, mime=mime, width=width, height=height)

    def _log_others(self, count: int) -> None:
        if count:
            with _refusing():
                self._reader.log(
                    "others",
                    f"a file with {count + 1} pictures, of which the first is shown; yield them one by one, "
                    "or an animation as gif or webp",
                )


@contextmanager
def _refusing() -> Iterator[None]:
    """Say what is accepted beside what cannot be shown."""
    try:
        yield
    except PictureError as error:
        raise UnusableYieldError(f"{error}; {ACCEPTED}") from error


def is_picture(value: Any) -> bool:
    """Return whether `take` would try: here a text is not taken for a path."""
    from gradstream.media.pictures.pillow import is_pillow  # noqa: PLC0415 (heavy, see above)

    return not isinstance(value, str) and (
        isinstance(value, bytes | bytearray | memoryview | io.BytesIO | os.PathLike)
        # A data frame is an array as well.
        or (hasattr(value, "__array__") and not hasattr(value, "columns"))
        or is_pillow(value)
    )


def _browser_mime(data: bytes) -> str | None:
    signature = find_signature(data)
    return signature.mime if signature is not None and signature.mime in BROWSER_TYPES else None
