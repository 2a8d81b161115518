"""The marker that makes a YAML file a demo: the key `gradstream` at the top."""

import re
from collections.abc import Mapping

from gradstream.document.types import Reading

WRITTEN = re.compile(r"^\ufeff?(?:gradstream|'gradstream'|\"gradstream\")\s*:", re.MULTILINE)
"""Finds the marker in a text with a YAML syntax error, so that such a demo is still reported."""


RUNS = frozenset({"generator", "actions", "function", "fn"})
"""Keys one of which says what a demo runs."""


def looks_like_demo(reading: Reading) -> bool:
    """Return whether a file without the marker has the keys that are typical of demos."""
    values = None if reading.document is None else reading.document.values
    return isinstance(values, Mapping) and "outputs" in values and bool(RUNS & set(values))


def is_demo(reading: Reading) -> bool:
    """Return whether the file has the marker."""
    if reading.document is None:
        return WRITTEN.search(reading.source) is not None
    return isinstance(reading.document.values, Mapping) and "gradstream" in reading.document.values
