"""Files looked at again and again, where nobody tells of changes: on network file systems.

    folders --every POLL_S--> {path: (size, time, inode)} --compared with the last--> paths that differ

watchfiles can poll as well, and compares times by the second: the second of two quick saves would be missed.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path

from gradstream.catalog.discovery import is_ignored

POLL_S = 0.5
"""Soon enough for somebody who saves and looks; a thousand files take some 20 ms on a local disk."""

LOOKS_SHARE = 0.1
"""On a slow file system the pause grows, so that looking takes no more than a tenth of the time."""

Mark = tuple[int, int, int]


class Poll:
    """Remembers how the wanted files were at the last look; a folder's first look tells nothing."""

    def __init__(self, wanted: Callable[[Path], bool], *, recursive: bool) -> None:
        self._wanted = wanted
        self._recursive = recursive
        self._marks: dict[Path, dict[Path, Mark]] = {}

    async def changes(self, folders: Iterable[Path], stop: asyncio.Event) -> AsyncIterator[set[Path]]:
        """Yield after each look the files that came, changed or went, none included, until stopped."""
        folders = tuple(folders)
        clock = asyncio.get_running_loop().time
        pause_s = 0.0
        while not await is_stopped(stop, within_s=pause_s):
            began = clock()
            yield await asyncio.to_thread(self._look, folders)
            pause_s = max(POLL_S, (clock() - began) / LOOKS_SHARE)

    def _look(self, folders: Iterable[Path]) -> set[Path]:
        marks = {folder: dict(self._marked(folder)) for folder in folders}
        changed = set()
        for folder, now in marks.items():
            before = self._marks.get(folder, now)
            changed |= {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        self._marks = marks
        return changed

    def _marked(self, folder: Path) -> Iterator[tuple[Path, Mark]]:
        for path in self._files(folder):
            mark = mark_of(path) if self._wanted(path) else None
            if mark is not None:
                yield path, mark

    def _files(self, folder: Path) -> Iterator[Path]:
        for parent, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if self._recursive and not is_ignored(name)]
            for name in names:
                yield Path(parent, name)


def mark_of(path: Path) -> Mark | None:
    """Return the file's size, time and inode; None when it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


async def is_stopped(stop: asyncio.Event, *, within_s: float = POLL_S) -> bool:
    """Wait until it is time to look again; tell whether nobody should."""
    try:
        async with asyncio.timeout(within_s):
            await stop.wait()
    except TimeoutError:
        return False
    return True
