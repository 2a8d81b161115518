"""Globs: what a wildcard stands for in a path."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

MAGIC = frozenset("*?[")


def matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Return whether a path fits a glob, part by part: `**` is any number of folders, `*` part of a name."""
    if not pattern:
        return not parts
    if pattern[0] == "**" and len(pattern) > 1:
        return matches(parts, pattern[1:]) or (len(parts) > 1 and matches(parts[1:], pattern))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and matches(parts[1:], pattern[1:])
