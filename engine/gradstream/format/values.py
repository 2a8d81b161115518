"""Plain values, which are what YAML and JSON have: comparing them, and writing them in messages."""

import re
from typing import Any

from msgspec import json

Plain = Any
"""None, bool, int, float, str, list, dict with text keys. A recursive type here finds too little."""

PLAIN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9 ,_-]*")
RESERVED = frozenset({"true", "false", "null"})


def is_same(one: Plain, other: Plain) -> bool:
    """Compare two values as YAML does: 1 is 1.0, and `true` is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def word(value: Plain) -> str:
    """Return a scalar without quotes: `true`, `3`, `cat`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def written(value: Plain) -> str:
    """Return a value as it can be written in YAML, on one line; texts have quotes where they need them."""
    match value:
        case list():
            return f"[{', '.join(written(one) for one in value)}]"
        case str() if PLAIN_TEXT.fullmatch(value) and "," not in value and value.lower() not in RESERVED:
            return value.strip()
        case _:
            return json.encode(value).decode()
