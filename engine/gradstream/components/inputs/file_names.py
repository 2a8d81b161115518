"""The names that visitors' files get on disk: as near to their own as can be."""

import re
from pathlib import PurePath

MOST_NAME_BYTES = 200
"""File systems allow 255; demos add suffixes of their own."""

MOST_SUFFIX_BYTES = 32

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^[.\s-]+|[.\s]+$')
"""What some system does not allow in a name, what hides a file, and what commands take for an option."""


def clean_name(name: str) -> str:
    """Return a name that no file system reads otherwise, as near to the visitor's as can be."""
    last = re.split(r"[\\/]", name)[-1]
    cleaned = PurePath(_UNSAFE.sub("_", last) or "file")
    suffix = _cut(cleaned.suffix, MOST_SUFFIX_BYTES)
    return _cut(cleaned.stem, MOST_NAME_BYTES - len(suffix.encode())) + suffix


def _cut(text: str, most_bytes: int) -> str:
    return text.encode("utf-8", "ignore")[:most_bytes].decode("utf-8", "ignore")
