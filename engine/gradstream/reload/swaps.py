"""Finds folders and links that were replaced, which notifications of files do not show.

    watched folders ------every POLL_S--> (device, inode, real path) --+
    links in them -----every POLL_S--> (size, time, device, inode, real path) --+--differs--> Swap

A folder that is renamed, mounted or made again at a watched path is another one, and the system goes on
watching the old one. A link shows another file when its target, or a link on the way to that, is replaced or
saved.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from gradstream.reload.polling import POLL_S, is_stopped

Stamp = tuple[int | str, ...]


class Swap(Struct, frozen=True):
    """What was replaced: `folders` and `links` by the paths that they are watched at.

    `before` are the real paths that these led to: modules are imported by them.
    """

    folders: frozenset[Path]
    links: frozenset[Path]
    before: frozenset[Path]


class SwapPoll:
    """Compares folders and links with what they were at the last look; the first look yields nothing.

    `folders` returns those to look at, which may be missing. Links are added and removed by `note`, and
    compared with what they were then: one that is replaced before the next look is seen.
    """

    def __init__(self, folders: Callable[[], Iterable[Path]]) -> None:
        self._folders = folders
        self._links: dict[Path, Stamp] = {}
        self._looking = asyncio.Lock()
        self._stamps: Mapping[Path, Stamp] = {}

    def begin(self) -> None:
        """Look for the first time, now: the first look of `changes` comes later."""
        self._look(frozenset(self._folders()), {})

    def note(self, paths: Iterable[Path]) -> None:
        """Look at those of these paths that are links from now on, and no longer at the others."""
        for path in paths:
            if path.is_symlink():
                self._links.setdefault(path, _link_stamp(path))
            else:
                self._links.pop(path, None)

    async def changes(self) -> AsyncIterator[Swap]:
        """Yield what was replaced, for ever."""
        never = asyncio.Event()
        while not await is_stopped(never, within_s=POLL_S):
            swap = await self.look()
            if swap is not None:
                yield swap

    async def look(self) -> Swap | None:
        """Return what was replaced since the last look.

        To be called before changed files are read: else a folder that is back and read would still count as
        missing, and nobody would see that it goes again.
        """
        async with self._looking:
            folders, links = frozenset(self._folders()), dict(self._links)
            return await asyncio.to_thread(self._look, folders, links)

    def _look(self, folders: frozenset[Path], links: Mapping[Path, Stamp]) -> Swap | None:
        before = {**links, **self._stamps}
        now = {path: _folder_stamp(path) for path in folders}
        now |= {path: _link_stamp(path) for path in links.keys() - folders}
        self._stamps = now
        changed = {path for path, stamp in now.items() if before.get(path, stamp) != stamp}
        if not changed:
            return None
        led_to = {Path(str(before[path][-1])) for path in changed}
        return Swap(frozenset(changed & folders), frozenset(changed - folders), frozenset(led_to))


def _folder_stamp(path: Path) -> Stamp:
    real = os.path.realpath(path)
    try:
        stat = Path(real).stat()
    except OSError:
        return (real,)
    return stat.st_dev, stat.st_ino, real


def _link_stamp(path: Path) -> Stamp:
    real = os.path.realpath(path)
    try:
        stat = Path(real).stat()
    except OSError:
        return (real,)
    return stat.st_size, stat.st_mtime_ns, stat.st_dev, stat.st_ino, real
