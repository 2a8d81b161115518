"""The runs' folders on disk: made at once, removed beside the event loop.

FOLDER/RUN/work    the generator's own working folder, until it has ended
FOLDER/RUN/blobs   the run's big values, as long as the run can be read
FOLDER/RUN/streams the run's streams, as long
"""

import asyncio
import shutil
from pathlib import Path


class Folders:
    """Makes and removes one folder a run below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._doomed: asyncio.Queue[Path] = asyncio.Queue()
        """At most two entries for each run that is kept: bounded by what bounds those."""

    def work(self, run: str) -> Path:
        """Return the generator's working folder of a run, which may not exist yet."""
        return self._root / run / "work"

    def blobs(self, run: str) -> Path:
        """Return where a run's big values go, which may not exist yet."""
        return self._root / run / "blobs"

    def streams(self, run: str) -> Path:
        """Return where a run's streams go, which may not exist yet."""
        return self._root / run / "streams"

    def discard_work(self, run: str) -> None:
        """Have the working folder removed of a generator that has ended."""
        self._doomed.put_nowait(self.work(run))

    def discard(self, run: str) -> None:
        """Have all of a run's folders removed."""
        self._doomed.put_nowait(self._root / run)

    async def remove_discarded(self) -> None:
        """Remove what is discarded, until canceled."""
        while True:
            folder = await self._doomed.get()
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def remove_all(self) -> None:
        """Remove every run's folder."""
        await asyncio.to_thread(shutil.rmtree, self._root, ignore_errors=True)
