"""A picture that is given as text, and not as a path: a data URL, base64 alone, the source of an SVG.

data:image/png;base64,iVBORw0…  --bytes_in--> the file's bytes
"""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from gradstream.components.types import UnusableYieldError

DATA_URL = re.compile(r"data:(?P<mime>[\w.+/-]*)(?P<more>(?:;[\w.+=-]+)*),(?P<data>.*)", re.DOTALL)
"""https://www.rfc-editor.org/rfc/rfc2397."""

BASE64 = re.compile(r"(?:iVBORw0KGgo|/9j/|R0lGOD|UklGR|Qk0)[A-Za-z0-9+/\s]{40,}={0,2}\s*")
"""The first letters of PNG, JPEG, GIF, WebP and BMP in base64, which no path has with so many more."""

SVG = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<svg\b", re.IGNORECASE)


def bytes_in(text: str, *, accepted: str) -> bytes | None:
    """Return the bytes of a data URL; None for a path. Raises UnusableYieldError for other pictures."""
    found = DATA_URL.fullmatch(text)
    if found is not None:
        return _decoded(found, accepted)
    if SVG.match(text):
        raise UnusableYieldError(
            f"the text is the source of an SVG, which an output of type html shows; {accepted}"
        )
    if BASE64.fullmatch(text):
        raise UnusableYieldError(
            f"the text is a picture in base64, and not a path: yield base64.b64decode(text); {accepted}"
        )
    return None


def _decoded(found: re.Match[str], accepted: str) -> bytes:
    if not found["more"].endswith(";base64"):
        return unquote_to_bytes(found["data"])
    try:
        return base64.b64decode("".join(found["data"].split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableYieldError(f"a data URL whose base64 is damaged; {accepted}") from error
