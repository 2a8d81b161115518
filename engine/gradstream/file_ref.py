"""Files named by reference: the name of a file for every process that does not own it.

    FileRef("run", RUN, "streams/0/12")  --owner's roots-->  ROOT/RUN/streams/0/12

Only the owner of a file, and a worker beside it, knows where its folders are; others read through the owner.
"""

from pathlib import Path
from typing import Literal

from msgspec import Struct

FileOwner = Literal["run", "upload", "catalog"]


class FileRef(Struct, frozen=True):
    """A file, or a folder, of one run, upload or catalog; `name` is a path relative to the owner's folder."""

    owner: FileOwner
    id: str
    name: str


class StoredFile(Struct, frozen=True, kw_only=True):
    """A file that can be read through its owner; `size` in bytes."""

    ref: FileRef
    mime: str
    size: int


class FileSlice(Struct, frozen=True):
    """The bytes of a file from `start` to before `stop`."""

    ref: FileRef
    start: int
    stop: int


def whole(file: StoredFile) -> FileSlice:
    """Return the slice that is all of a file."""
    return FileSlice(file.ref, 0, file.size)


def read_slices(root: Path, slices: list[FileSlice]) -> bytes:
    """Return the bytes of slices of files below `root`, joined. Raises OSError when a file is gone."""
    parts = []
    for one in slices:
        with (root / one.ref.id / one.ref.name).open("rb") as file:
            file.seek(one.start)
            parts.append(file.read(one.stop - one.start))
    return b"".join(parts)
