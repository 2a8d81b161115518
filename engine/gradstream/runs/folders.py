"""The runs' folders on disk: created at once, removed in a thread.

FOLDER/RUN/work    the generator's own working folder, until it has ended
FOLDER/RUN/blobs   the run's big values, as long as the run can be read
FOLDER/RUN/streams the run's streams, equally long
"""

import asyncio
import shutil
from pathlib import Path

from gradstream.file_ref import FileRef


class Folders:
    """Owns one folder a run below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._discarded: asyncio.Queue[Path] = asyncio.Queue()
        """At most two entries for each run that is kept, whose number is bounded."""
        self._going: dict[Path, asyncio.Event] = {}
        """Whole folders of runs among these, and what is set once they are gone."""

    def work(self, run: str) -> Path:
        """Return the generator's working folder of a run, which may not exist yet."""
        return self.root / f"{run}/work"

    def blobs(self, run: str) -> Path:
        """Return where a run's big values go, which may not exist yet."""
        return self.root / f"{run}/blobs"

    def streams(self, run: str) -> Path:
        """Return where a run's streams go, which may not exist yet."""
        return self.root / f"{run}/streams"

    def ref(self, run: str, path: Path) -> FileRef:
        """Return the reference to a file or folder of a run."""
        return FileRef("run", run, path.relative_to(self.root / run).as_posix())

    def discard_work(self, run: str) -> None:
        """Remove the working folder of a generator that has ended, soon."""
        self._discarded.put_nowait(self.work(run))

    def discard(self, run: str) -> None:
        """Remove all folders of a run, soon."""
        self._going.setdefault(self.root / run, asyncio.Event())
        self._discarded.put_nowait(self.root / run)

    async def gone(self, run: str) -> None:
        """Return once a run's folder that was discarded is removed, so that the run can be there again."""
        removed = self._going.get(self.root / run)
        if removed is not None:
            await removed.wait()

    def remove(self, run: str) -> None:
        """Remove all folders of a run now; to be called in a thread."""
        shutil.rmtree(self.root / run, ignore_errors=True)

    async def remove_discarded(self) -> None:
        """Remove what is discarded, until canceled."""
        while True:
            folder = await self._discarded.get()
            try:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            finally:
                if (removed := self._going.pop(folder, None)) is not None:
                    removed.set()

    async def remove_all(self) -> None:
        """Remove every run's folder."""
        await asyncio.to_thread(shutil.rmtree, self.root, ignore_errors=True)
