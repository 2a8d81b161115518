"""Arrays that Plotly and Bokeh write in base64, as lists: of one that grows, the new items alone are sent."""

import base64
import struct
import zlib
from typing import Any

from gradstream.components.types import UnusableYieldError

FORMATS = {
    "i1": "b", "int8": "b", "u1": "B", "uint8": "B", "bool": "?",
    "i2": "h", "int16": "h", "u2": "H", "uint16": "H",
    "i4": "i", "int32": "i", "u4": "I", "uint32": "I",
    "f4": "f", "float32": "f", "f8": "d", "float64": "d",
}  # fmt: skip
"""The letters of `struct` for types of numbers, as Plotly (first) and Bokeh call them."""

GZIP = 31
"""What zlib calls data with gzip's header."""


def unpack(text: str, *, dtype: str, most_bytes: int, is_zipped: bool = False) -> list[Any] | None:
    """Return the items of an array, the lowest byte of each first; None for a type that has no list.

    Raises UnusableYieldError if it is damaged.
    """
    letter = FORMATS.get(dtype)
    if letter is None:
        return None
    try:
        data = base64.b64decode(text, validate=True)
        return [
            item
            for (item,) in struct.iter_unpack(f"<{letter}", _unzip(data, most_bytes) if is_zipped else data)
        ]
    except (ValueError, struct.error, zlib.error) as error:
        raise UnusableYieldError(f"an array of the figure is damaged: {error}") from error


def _unzip(data: bytes, most_bytes: int) -> bytes:
    """Decompress no more than a figure may have."""
    return zlib.decompressobj(GZIP).decompress(data, most_bytes)
