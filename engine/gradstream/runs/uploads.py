"""Files that visitors uploaded, on disk under names of our own, each readable only by its owner's runs.

    stream of bytes --store--> id --find(id, caller)--> Upload, which an input's check accepts

Bounds: one file by the caller of `store`, all together by `total_bytes`, and `MAX_AGE_S`. Policy: the file
that was not used for the longest time is dropped; a visitor who still shows it is asked to upload it again.
"""

import asyncio
import re
import shutil
import time
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from gradstream.components.types import Upload
from gradstream.ids import new_id
from gradstream.runs.caller import Caller
from gradstream.runs.mime import SNIFFED_BYTES, sniff

TOTAL_BYTES = 2**30
"""A gibibyte of disk: fifty of the largest files that are accepted by default."""

MAX_AGE_S = 24 * 3600.0
"""A tab that was left open overnight still has its image."""

LONGEST_NAME = 200
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")


class _Kept(Struct):
    upload: Upload
    owner: str
    used_at: float


class Uploads:
    """Keeps visitors' files in `folder`, which is removed by whatever created it."""

    def __init__(self, *, folder: Path, total_bytes: int = TOTAL_BYTES) -> None:
        self._folder = folder
        self._total_bytes = total_bytes
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0

    async def store(self, source: BinaryIO, *, name: str, caller: Caller) -> str:
        """Copy a file's bytes from its present position to disk and return its new id."""
        key = new_id()
        path = self._folder / f"{key}{_suffix(name)}"
        size, mime = await asyncio.to_thread(_copy, source, path)
        upload = Upload(path=str(path), name=_shown_name(name), mime=mime, size=size)
        self._kept[key] = _Kept(upload, caller.owner, time.monotonic())
        self._size += size
        self._drop_oldest()
        return key

    def find(self, key: str, caller: Caller) -> Upload | None:
        """Return an upload that the caller owns."""
        kept = self._kept.get(key)
        if kept is None or kept.owner != caller.owner:
            return None
        kept.used_at = time.monotonic()
        self._kept.move_to_end(key)
        return kept.upload

    def _drop_oldest(self) -> None:
        """Make room, but never by dropping the newest."""
        now = time.monotonic()
        while len(self._kept) > 1:
            key, kept = next(iter(self._kept.items()))
            if self._size <= self._total_bytes and now - kept.used_at <= MAX_AGE_S:
                return
            del self._kept[key]
            self._size -= kept.upload.size
            Path(kept.upload.path).unlink(missing_ok=True)


def _copy(source: BinaryIO, path: Path) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = source.read(SNIFFED_BYTES)
    with path.open("xb") as target:
        target.write(head)
        shutil.copyfileobj(source, target)
        return target.tell(), sniff(head)


def _suffix(name: str) -> str:
    """Return a harmless suffix: many libraries choose a decoder by it."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def _shown_name(name: str) -> str:
    """Return the name without folders, which some browsers send, and without anything unprintable."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(character for character in base if character.isprintable())[-LONGEST_NAME:]
