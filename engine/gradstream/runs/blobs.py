"""The big values of one run: files under their content's digest, readable only under their run.

Bounds: `max_bytes` and `max_files`. Policy: the oldest that no output shows any more are dropped, down to
three quarters; when what is shown needs more than the bound, `drop_unshown` raises and the run fails.
"""

import mimetypes
import re
from collections.abc import Collection, Iterable
from functools import partial
from itertools import takewhile
from pathlib import Path

from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.runs.disk import Disk, write_file

KEPT_SHARE = 0.75

_WORD = re.compile(rb'"blob":"([^"]*)"')
LONGEST_WORD = 256
"""Of what `_WORD` finds, several times."""

UNKNOWN_MIME = "application/octet-stream"
_MIME = re.compile(r"[a-z]+/[A-Za-z0-9.+_-]{1,100}(?:; ?[a-z]+=[A-Za-z0-9.,_-]{1,100})*")
"""What a worker, which runs the developer's code, may write into a header."""


class BlobFile(Struct, frozen=True, kw_only=True):
    """One big value; its bytes are in the file at `path`."""

    path: Path
    mime: str
    size: int


class TooManyBlobsError(GradstreamError):
    """What a run's outputs show does not fit its bound."""


class Blobs:
    """Keeps what one run's records refer to; `folder` is made when the first comes."""

    def __init__(
        self, folder: Path, *, max_bytes: int, max_files: int = 10_000, disk: Disk | None = None
    ) -> None:
        self._disk = disk or Disk()
        self._folder = folder
        self._max_files = max_files
        self._max_bytes = max_bytes
        self._blobs: dict[str, BlobFile] = {}
        self._count = 0
        self.size = 0

    async def add(self, digest: str, mime: str, data: bytes) -> None:
        """Store bytes under their digest; the same digest again is the same bytes. Raises OSError."""
        if digest in self._blobs:
            return
        mime = mime if _MIME.fullmatch(mime) else UNKNOWN_MIME
        # The digest comes from a worker that runs the developer's code, so it must not become a path. The
        # suffix is for functions that are handed the file.
        path = self._folder / f"{self._count}{mimetypes.guess_extension(mime) or ''}"
        self._count += 1
        await self._disk.write(partial(write_file, path, data))
        self._blobs[digest] = BlobFile(path=path, mime=mime, size=len(data))
        self.size += len(data)

    @property
    def is_over_bound(self) -> bool:
        """Whether `drop_unshown` is due."""
        return self.size > self._max_bytes or len(self._blobs) > self._max_files

    @property
    def newest(self) -> str | None:
        """The digest that came last."""
        return next(reversed(self._blobs), None)

    def drop_unshown(self, shown: Collection[str], *, before: str | None) -> None:
        """Drop the oldest that are not among `shown`, of those that came before `before`.

        Raises TooManyBlobsError when that is not enough.
        """
        for digest in list(takewhile(lambda each: each != before, self._blobs)):
            few = (
                self.size <= self._max_bytes * KEPT_SHARE and len(self._blobs) <= self._max_files * KEPT_SHARE
            )
            if few:
                return
            if digest not in shown:
                blob = self._blobs.pop(digest)
                self._disk.remove(blob.path)
                self.size -= blob.size
        if self.is_over_bound and self.newest == before:
            raise TooManyBlobsError

    def restore(self, digest: str, blob: BlobFile) -> None:
        """Add a big value whose file exists already, in this run's folder."""
        self._blobs[digest] = blob
        self._count += 1
        self.size += blob.size

    def all(self) -> dict[str, BlobFile]:
        """Return the blobs that are kept, by digest."""
        return dict(self._blobs)

    def get(self, digest: str) -> BlobFile | None:
        """Return a blob that is still kept."""
        return self._blobs.get(digest)


def find_digests(pieces: Iterable[bytes]) -> set[str]:
    """Return the digests in JSON that comes in pieces, which may end anywhere."""
    found, end = set[bytes](), b""
    for piece in pieces:
        text = end + piece
        found.update(_WORD.findall(text))
        end = text[-LONGEST_WORD:]
    return {word.decode(errors="replace") for word in found}
