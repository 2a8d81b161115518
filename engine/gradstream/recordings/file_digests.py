"""Digests of files: what a recording rests on is compared by content. To be used in threads.

Bound: `MOST` digests are remembered. Policy: all are forgotten, and files are read again.
"""

import hashlib
import os
from collections.abc import Iterable

MOST = 10_000
DIGEST_BYTES = 16

CLOCK_NS = 50_000_000
"""File timestamps lag behind the clock by at most this: the kernel updates them once a tick."""

_Stamp = tuple[int, int, int, int]


class FileDigests:
    """Reads a file only if its size, its times or its number on the disk have changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Stamp, str]] = {}

    def of(self, path: str) -> str:
        """Return the digest of a file's content; empty when it cannot be read."""
        try:
            with open(path, "rb") as file:  # noqa: PTH123 (many, on each press)
                stamp = _stamp(os.fstat(file.fileno()))
                known = self._known.get(path)
                if known is not None and known[0] == stamp:
                    return known[1]
                digest = hashlib.file_digest(
                    file, lambda: hashlib.blake2b(digest_size=DIGEST_BYTES)
                ).hexdigest()
        except OSError:
            return ""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[path] = stamp, digest
        return digest


def are_older(paths: Iterable[str], moment_ns: int) -> bool:
    """Return whether all of these files and folders are there, and none has changed since a moment."""
    try:
        # Unlike the modification time, it cannot be set back.
        return all(os.stat(path).st_ctime_ns < moment_ns - CLOCK_NS for path in paths)  # noqa: PTH116 (as above)
    except OSError:
        return False


def _stamp(stat: os.stat_result) -> _Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
