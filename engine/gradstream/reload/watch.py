"""Yields what changed in folders, in batches: reported by the system, or found by polling.

folders --watchfiles--> set of paths
--polling, when asked or when the system refuses--> set of paths
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from watchfiles import Change, awatch

from gradstream.catalog.discovery import is_ignored
from gradstream.reload.polling import FolderPoll, is_stopped

log = logging.getLogger(__name__)

STEP_MS = 10
"""How often watchfiles checks for changes: its default of 50 ms would be most of the delay."""

DEBOUNCE_MS = 60
"""The longest time that a burst of changes (a git checkout) is collected before it is reported."""

FIRST_PAUSE_S = 0.01
LONGEST_PAUSE_S = 2.0
"""Before a watch starts over after a folder had vanished: doubled each time until something is seen."""


def _causes(error: Exception) -> Iterator[Exception]:
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    else:
        yield error


class FolderWatch:
    """Watches a set of folders, and starts over when the set changes.

    `wanted` returns for a path whether anything depends on it. With `recursive`, added and removed folders
    are reported as well, and mean all files below them. `started` is called with the folders that are watched
    from now on, or no longer: changes in them up to this moment are not reported.
    """

    def __init__(
        self,
        folders: Callable[[], frozenset[Path]],
        *,
        wanted: Callable[[Path], bool],
        started: Callable[[frozenset[Path]], None],
        recursive: bool,
        poll: bool,
    ) -> None:
        self._folders = folders
        self._wanted = wanted
        self._started = started
        self._recursive = recursive
        self._watched: frozenset[Path] | None = None
        self._other = asyncio.Event()
        self._poll = FolderPoll(self._is_of_interest, recursive=recursive)
        self._polls = poll
        self._pause_s = FIRST_PAUSE_S

    def renew(self) -> None:
        """Start over if the set of folders has changed."""
        if self._folders() != self._watched:
            self._other.set()

    def restart(self) -> None:
        """Start over, since a folder may be another one at the same path."""
        self._other.set()

    async def changes(self) -> AsyncIterator[set[Path]]:
        """Yield what changed, in batches, forever; called again after a failure, report all folders."""
        if self._watched is not None:
            self._watched = frozenset()
        while True:
            self._other.clear()
            before, self._watched = self._watched, self._folders()
            if before is not None and before != self._watched:
                # Called when the code below waits for the first time: then it is watching.
                asyncio.get_running_loop().call_soon(self._started, before ^ self._watched)
            if not self._watched:
                await (is_stopped(self._other) if self._polls else self._other.wait())
                continue
            folders = sorted(self._watched)
            async for batch in self._polled(folders) if self._polls else self._notified(folders):
                yield batch

    async def _notified(self, folders: list[Path]) -> AsyncIterator[set[Path]]:
        try:
            async for batch in awatch(
                *folders,
                watch_filter=lambda change, name: self._is_reported(change, Path(name)),
                step=STEP_MS,
                debounce=DEBOUNCE_MS,
                recursive=self._recursive,
                stop_event=self._other,
                ignore_permission_denied=True,
            ):
                self._pause_s = FIRST_PAUSE_S
                yield {Path(path) for _, path in batch}
        except Exception as error:  # noqa: BLE001 (no failure here may end reloading)
            # watchfiles raises errors of any kind in a group.
            if all(isinstance(one, FileNotFoundError) for one in _causes(error)):
                # A folder was removed before it was watched: it will not be in the next set. One that comes
                # and goes all the time must not keep the server busy.
                self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)
                await asyncio.sleep(self._pause_s)
                return
            # The system limits the number of watched files, some file systems cannot be watched at all, and
            # the watcher fails on names that are not UTF-8.
            why = "; ".join(str(one) for one in _causes(error))
            log.warning("files cannot be watched, so they are polled twice a second: %s", why)
            self._polls = True
            self._watched = frozenset()  # `started` then reports the folders, so that no change is lost

    async def _polled(self, folders: list[Path]) -> AsyncIterator[set[Path]]:
        async for batch in self._poll.changes(folders, self._other):
            self.renew()  # added and removed folders are not reported either
            if batch:
                yield batch

    def _is_reported(self, change: Change, path: Path) -> bool:
        return self._is_of_interest(path) or (self._recursive and self._may_be_folder(change, path))

    def _is_of_interest(self, path: Path) -> bool:
        return self._is_reachable(path.parent) and self._wanted(path)

    def _may_be_folder(self, change: Change, path: Path) -> bool:
        if not self._is_reachable(path):
            return False
        return change == Change.deleted or (change == Change.added and path.is_dir())

    def _is_reachable(self, folder: Path) -> bool:
        """Return whether no folder between the watched one and this one is skipped."""
        while folder not in (self._watched or ()):
            if is_ignored(folder.name) or folder == folder.parent:
                return False
            folder = folder.parent
        return True
