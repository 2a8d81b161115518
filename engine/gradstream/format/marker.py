"""The marker that makes a YAML file a demo: the key `gradstream` at the top."""

import re
from collections.abc import Mapping

from gradstream.document.types import Reading

CLINGING = r"(?:(?:\+|>+|\||\d+[:.|)]?)[ \t]*)?"
"""What is in front of each line of a copied text: of a difference, a mail, a console or a listing."""

WRITTEN = re.compile(
    rf"^\ufeff?{CLINGING}(?:gradstream|'gradstream'|\"gradstream\"|[\"']gradstream(?=: ?1[\"']))\s*[:=]",
    re.MULTILINE,
)
"""Finds the marker in a text that is not a mapping, so that such a demo is still reported."""

COPIED = re.compile(rf"{CLINGING}gradstream")

RUNS = frozenset({"generator", "actions", "function", "fn"})
"""Keys one of which says what a demo runs."""


def looks_like_demo(reading: Reading) -> bool:
    """Return whether a file without the marker has the keys that are typical of demos."""
    values = None if reading.document is None else reading.document.values
    return isinstance(values, Mapping) and "outputs" in values and bool(RUNS & set(values))


def is_demo(reading: Reading) -> bool:
    """Return whether the file has the marker."""
    values = None if reading.document is None else reading.document.values
    if isinstance(values, Mapping):
        return "gradstream" in values or any(isinstance(key, str) and COPIED.fullmatch(key) for key in values)
    return (values is None or isinstance(values, str)) and WRITTEN.search(reading.source) is not None
