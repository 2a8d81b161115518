"""What the reading of pictures exchanges with those who ask for it."""

from gradstream.errors import GradstreamError

MAX_SIDE = 65_535
"""Browsers show no picture with a longer side."""


MAX_PIXELS = 2**27
"""More take minutes to encode without loss, and gigabytes of memory in the browser."""


class PictureError(GradstreamError):
    """Raised for a value that cannot be shown as a picture; the text says what it is, and what helps."""
