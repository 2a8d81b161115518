"""Files that a function has written in memory, in place of their bytes."""

import io
from typing import Any


def unbuffered(value: Any) -> Any:
    """Return all bytes of a buffer, wherever it stands, and anything else as it is."""
    return value.getvalue() if isinstance(value, io.BytesIO) else value
