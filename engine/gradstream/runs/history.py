"""Finished runs that are read from recordings, after they were forgotten or the server was started again.

    find(id) --thread--> Recording --RunService.restore--> the run, as if it had just finished

A run is restored once for all who ask for it at the same time, also when one of them goes away.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial

from gradstream.recordings.shelf import Shelf
from gradstream.recordings.types import Content, Recording
from gradstream.runs.record import RunRecord
from gradstream.runs.recording import record_of
from gradstream.runs.stored_run import StoredRun

_ID = re.compile(r"[0-9a-f]{32}")
"""As `ids.new_id` makes them: nothing else becomes the name of a file."""

Restore = Callable[[Recording, RunRecord], Awaitable[StoredRun | None]]


class History:
    """The recordings of one catalog's runs, named by their ids."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._restoring: dict[str, asyncio.Task[StoredRun | None]] = {}

    def keep(self, content: Content) -> None:
        """Keep a recording; to be called in a thread."""
        self._shelf.add(content.manifest.run, content)

    async def find(self, run: str, restore: Restore) -> StoredRun | None:
        """Return a run that was recorded; None if it was not, or too long ago."""
        if not _ID.fullmatch(run):
            return None
        if run not in self._restoring:
            task = asyncio.get_running_loop().create_task(self._restored(run, restore))
            self._restoring[run] = task
            task.add_done_callback(lambda _: self._restoring.pop(run))
        return await asyncio.shield(self._restoring[run])

    async def _restored(self, run: str, restore: Restore) -> StoredRun | None:
        recording = await asyncio.to_thread(partial(self._shelf.read, run))
        if recording is None or recording.manifest.run != run:
            return None
        return await restore(recording, record_of(recording.manifest))
