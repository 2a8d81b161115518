"""The marker that makes a YAML file a demo: the key `gradstream` at the top."""

import re
from collections.abc import Mapping

from gradstream.document.types import Reading

WRITTEN = re.compile(r"^(?:gradstream|'gradstream'|\"gradstream\")\s*:", re.MULTILINE)
"""Finds the marker in a text that is no YAML, so that a demo with a syntax mistake is not passed over."""


RUNS = frozenset({"generator", "actions", "function", "fn"})
"""Keys one of which says what a demo runs."""


def looks_like_demo(reading: Reading) -> bool:
    """Tell whether a file without the marker has what demos have, and nothing else has by chance."""
    values = None if reading.document is None else reading.document.values
    return isinstance(values, Mapping) and "outputs" in values and bool(RUNS & set(values))


def is_demo(reading: Reading) -> bool:
    """Tell whether the file says that it is a demo."""
    if reading.document is None:
        return WRITTEN.search(reading.source) is not None
    return isinstance(reading.document.values, Mapping) and "gradstream" in reading.document.values
