"""Folders -> what changed in them, in batches: told by the system, or found by looking again and again.

folders --watchfiles--> set of paths
--polling, when asked or when the system refuses--> set of paths
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from watchfiles import Change, awatch

from gradstream.catalog.discovery import is_ignored
from gradstream.reload.polling import Poll, is_stopped

log = logging.getLogger(__name__)

STEP_MS = 10
"""How often the watcher looks: its default of 50 ms would be most of the delay; each look costs a little."""

DEBOUNCE_MS = 60
"""The longest time that a burst of changes (a git checkout) is gathered before it is told."""


def _causes(error: Exception) -> Iterator[Exception]:
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    else:
        yield error


class Watch:
    """A set of folders that is looked at, and starts anew when the set has become another.

    `wanted` tells of each path whether anything rests on it. With `recursive`, folders that come or go are
    told as well, and stand for all files below them. `begun` hears of folders that are watched from now on,
    or no longer, as soon as that is so: what changed in them meanwhile is told by nobody else.
    """

    def __init__(
        self,
        folders: Callable[[], frozenset[Path]],
        *,
        wanted: Callable[[Path], bool],
        begun: Callable[[frozenset[Path]], None],
        recursive: bool,
        poll: bool,
    ) -> None:
        self._folders = folders
        self._wanted = wanted
        self._begun = begun
        self._recursive = recursive
        self._watched: frozenset[Path] | None = None
        self._other = asyncio.Event()
        self._poll = Poll(self._is_of_interest, recursive=recursive)
        self._polls = poll

    def renew(self) -> None:
        """Start anew if the set of folders has changed."""
        if self._folders() != self._watched:
            self._other.set()

    async def changes(self) -> AsyncIterator[set[Path]]:
        """Yield what changed, in batches, without end."""
        while True:
            self._other.clear()
            before, self._watched = self._watched, self._folders()
            if before is not None and before != self._watched:
                # Called when what follows waits for the first time: then it watches.
                asyncio.get_running_loop().call_soon(self._begun, before ^ self._watched)
            if not self._watched:
                await (is_stopped(self._other) if self._polls else self._other.wait())
                continue
            folders = sorted(self._watched)
            async for batch in self._looked_for(folders) if self._polls else self._told(folders):
                yield batch

    async def _told(self, folders: list[Path]) -> AsyncIterator[set[Path]]:
        try:
            async for batch in awatch(
                *folders,
                watch_filter=lambda change, name: self._is_to_be_told(change, Path(name)),
                step=STEP_MS,
                debounce=DEBOUNCE_MS,
                recursive=self._recursive,
                stop_event=self._other,
                ignore_permission_denied=True,
            ):
                yield {Path(path) for _, path in batch}
        except Exception as error:  # noqa: BLE001 (nothing that can go wrong here may end the reloading)
            # What goes wrong while files are watched comes in a group, whatever its kind.
            if all(isinstance(one, FileNotFoundError) for one in _causes(error)):
                return  # a folder went before it was watched: the next set is without it
            # The system watches only so many files, some file systems cannot be watched at all, and names
            # that are not UTF-8 end the watcher.
            why = "; ".join(str(one) for one in _causes(error))
            log.warning("files are looked at twice a second, because they cannot be watched: %s", why)
            self._polls = True
            self._watched = frozenset()  # what changed meanwhile is found by looking at the folders anew

    async def _looked_for(self, folders: list[Path]) -> AsyncIterator[set[Path]]:
        async for batch in self._poll.changes(folders, self._other):
            self.renew()  # nobody tells of folders either
            if batch:
                yield batch

    def _is_to_be_told(self, change: Change, path: Path) -> bool:
        return self._is_of_interest(path) or (self._recursive and self._may_be_folder(change, path))

    def _is_of_interest(self, path: Path) -> bool:
        return self._is_looked_into(path.parent) and self._wanted(path)

    def _may_be_folder(self, change: Change, path: Path) -> bool:
        if not self._is_looked_into(path):
            return False
        return change == Change.deleted or (change == Change.added and path.is_dir())

    def _is_looked_into(self, folder: Path) -> bool:
        """Tell whether no folder between the watched one and this is hidden or foreign."""
        while folder not in (self._watched or ()):
            if is_ignored(folder.name) or folder == folder.parent:
                return False
            folder = folder.parent
        return True
