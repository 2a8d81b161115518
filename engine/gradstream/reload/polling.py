"""Finds changed files by polling, for file systems without change notifications, such as network folders.

    folders --every POLL_S--> {path: (size, time, inode)} --compared with the last--> changed paths

watchfiles can poll as well, but compares times in seconds, and so would miss the second of two quick saves.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR

from gradstream.catalog.discovery import is_ignored

POLL_S = 0.5
"""Short enough after a save; a thousand files take about 20 ms on a local disk."""

MAX_SHARE = 0.1
"""On a slow file system the pause grows, so that polling takes no more than a tenth of the time."""

FileStamp = tuple[int, int, int]


class FolderPoll:
    """Remembers the state of the wanted files at the last look; the first look at a folder yields nothing."""

    def __init__(self, wanted: Callable[[Path], bool], *, recursive: bool) -> None:
        self._wanted = wanted
        self._recursive = recursive
        self._stamps: dict[Path, dict[Path, FileStamp]] = {}

    async def changes(self, folders: Iterable[Path], stop: asyncio.Event) -> AsyncIterator[set[Path]]:
        """Yield the files that changed since the last look, perhaps none, after each look until stopped."""
        folders = tuple(folders)
        clock = asyncio.get_running_loop().time
        pause_s = 0.0
        while not await is_stopped(stop, within_s=pause_s):
            began = clock()
            yield await asyncio.to_thread(self._look, folders)
            pause_s = max(POLL_S, (clock() - began) / MAX_SHARE)

    def _look(self, folders: Iterable[Path]) -> set[Path]:
        stamps = {folder: dict(self._stamps_of(folder)) for folder in folders}
        changed = set()
        for folder, now in stamps.items():
            before = self._stamps.get(folder, now)
            changed |= {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        self._stamps = stamps
        return changed

    def _stamps_of(self, folder: Path) -> Iterator[tuple[Path, FileStamp]]:
        for parent, folders, names in os.walk(folder):
            for path in (Path(parent, name) for name in (*names, *folders)):
                stamp = stamp_of(path) if self._wanted(path) else None
                if stamp is not None:
                    yield path, stamp
            folders[:] = [name for name in folders if self._recursive and not is_ignored(name)]


def files_below(folder: Path, *, recursive: bool) -> Iterator[Path]:
    """Yield the files in a folder, with `recursive` also below it, but in no skipped or linked folder."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if recursive and not is_ignored(name)]
        for name in names:
            yield Path(parent, name)


def stamp_of(path: Path) -> FileStamp | None:
    """Return the file's size, time and inode, of a folder only the last; None if it does not exist."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return (0, 0, stat.st_ino) if S_ISDIR(stat.st_mode) else (stat.st_size, stat.st_mtime_ns, stat.st_ino)


async def is_stopped(stop: asyncio.Event, *, within_s: float = POLL_S) -> bool:
    """Wait for `stop`, at most `within_s`; return whether it was set."""
    try:
        async with asyncio.timeout(within_s):
            await stop.wait()
    except TimeoutError:
        return False
    return True
