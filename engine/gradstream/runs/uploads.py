"""Files that visitors uploaded, on disk under names of our own, each readable only by its owner's runs.

    stream of bytes --store--> id --find(id, caller)--> Upload, which an input's check accepts

Bounds: one file by the caller of `store`; the files of one visitor, and of all together, by bytes and by
number; the time that a file is not used. Policy: a visitor's own oldest file makes room for the visitor's new
one; beyond the bound for all, the address that has most, and there the visitor who has most, loses the file
not used for the longest time. A visitor who still shows it is asked to upload it again.
"""

import asyncio
import re
import shutil
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from gradstream.components.types import Upload
from gradstream.ids import new_id
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.disk import Disk
from gradstream.runs.mime import SNIFFED_BYTES, sniff

SWEEP_S = 60.0
"""How often files are checked for their age."""

LONGEST_NAME = 200
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")


class _Kept(Struct):
    upload: Upload
    caller: Caller
    used_at: float


class _Share:
    """The files of one visitor, or of one address."""

    def __init__(self) -> None:
        self.size = 0
        self.kept: OrderedDict[str, _Kept] = OrderedDict()
        """The one not used for the longest time first."""


class Uploads:
    """Keeps visitors' files in `folder`, which is removed by whatever created it; `sweep` has to run."""

    def __init__(self, *, folder: Path, limits: Limits, disk: Disk | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk(in_threads=True)
        self._limits = limits
        self._all = _Share()
        self._visitors: dict[str, _Share] = {}
        self._addresses: dict[str, _Share] = {}

    async def store(self, source: BinaryIO, *, name: str, caller: Caller) -> str:
        """Copy a file's bytes from its present position to disk and return its new id. Raises OSError."""
        key = new_id()
        path = self._folder / f"{key}{_suffix(name)}"
        start = source.tell()
        size, mime = await self._disk.write(partial(_copy, source, path, start=start))
        upload = Upload(path=str(path), name=_shown_name(name), mime=mime, size=size)
        kept = _Kept(upload, caller, time.monotonic())
        for share in self._shares(caller):
            share.kept[key] = kept
            share.size += size
        await self._drop(self._excess(key, caller))
        return key

    def find(self, key: str, caller: Caller) -> Upload | None:
        """Return an upload that the caller owns."""
        kept = self._all.kept.get(key)
        if kept is None or kept.caller.owner != caller.owner:
            return None
        kept.used_at = time.monotonic()
        for share in self._shares(kept.caller):
            share.kept.move_to_end(key)
        return kept.upload

    async def sweep(self) -> None:
        """Drop files that were not used for their time, until canceled."""
        while True:
            await asyncio.sleep(SWEEP_S)
            oldest = time.monotonic() - self._limits.upload_s
            await self._drop([key for key, kept in self._all.kept.items() if kept.used_at < oldest])

    def _shares(self, caller: Caller) -> tuple[_Share, _Share, _Share]:
        return (
            self._all,
            self._visitors.setdefault(caller.visitor, _Share()),
            self._addresses.setdefault(caller.address, _Share()),
        )

    def _excess(self, newest: str, caller: Caller) -> Iterator[str]:
        """Yield the files that make room for the newest, which stays, each once the one before is dropped."""
        limits, own = self._limits, self._visitors[caller.visitor]
        while _is_over(own, limits.visitor_upload_bytes, limits.visitor_upload_files):
            if (key := _oldest(own, newest)) is None:
                break
            yield key
        while _is_over(self._all, limits.uploads_bytes, limits.upload_files):
            if (key := self._of_the_largest(newest) or _oldest(self._all, newest)) is None:
                break
            yield key

    def _of_the_largest(self, newest: str) -> str | None:
        """Return the oldest file of the visitor who has most, of those at the address that has most."""
        address = max(self._addresses.values(), key=lambda share: share.size)
        visitors = {kept.caller.visitor for key, kept in address.kept.items() if key != newest}
        largest = max((self._visitors[one] for one in visitors), key=lambda share: share.size, default=None)
        return None if largest is None else _oldest(largest, newest)

    async def _drop(self, keys: Iterable[str]) -> None:
        paths = [self._forget(key) for key in keys]
        if paths:
            await asyncio.to_thread(_remove, paths)

    def _forget(self, key: str) -> str:
        kept = self._all.kept[key]
        for share in self._shares(kept.caller):
            del share.kept[key]
            share.size -= kept.upload.size
        # Or every visitor who ever came would be remembered.
        for shares, name in (
            (self._visitors, kept.caller.visitor),
            (self._addresses, kept.caller.address),
        ):
            if not shares[name].kept:
                del shares[name]
        return kept.upload.path


def _is_over(share: _Share, most_bytes: int, most_files: int) -> bool:
    return share.size > most_bytes or len(share.kept) > most_files


def _oldest(share: _Share, newest: str) -> str | None:
    """Return the file that was not used for the longest time, unless it is the newest."""
    key = next(iter(share.kept), newest)
    return None if key == newest else key


def _remove(paths: Sequence[str]) -> None:
    for path in paths:
        Path(path).unlink(missing_ok=True)


def _copy(source: BinaryIO, path: Path, *, start: int) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    source.seek(start)
    head = source.read(SNIFFED_BYTES)
    try:
        with path.open("xb") as target:
            target.write(head)
            shutil.copyfileobj(source, target)
            size = target.tell()
    except OSError:
        # Usually a full disk, on which a part of a file would stay for nothing.
        path.unlink(missing_ok=True)
        raise
    return size, sniff(head)


def _suffix(name: str) -> str:
    """Return a harmless suffix: many libraries choose a decoder by it."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def _shown_name(name: str) -> str:
    """Return the name without folders, which some browsers send, and without anything unprintable."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(character for character in base if character.isprintable())[-LONGEST_NAME:]
