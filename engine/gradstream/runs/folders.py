"""The runs' folders on disk, made and removed in threads: one may be ready when its run comes.

FOLDER/RUN/work    the generator's own working folder, until it has ended
FOLDER/RUN/blobs   the run's big values, as long as the run can be read
FOLDER/RUN/streams the run's streams, equally long

    a run has ended --thread--> its work folder is removed, and one for the next run made
    a run within READY_S -----> has that one, and does not wait for a thread
    any other run ------------> has its folder made in a thread
"""

import asyncio
import shutil
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from gradstream.file_ref import FileRef
from gradstream.ids import new_id
from gradstream.runs.disk import Disk

READY_S = 1.0
"""How long a folder that was made ahead stands for a disk that has room."""


class Folders:
    """Owns one folder a run below `root`."""

    def __init__(self, root: Path, *, disk: Disk) -> None:
        self.root = root
        self._disk = disk
        self._ready: tuple[str, float] | None = None
        """The id of a run that is to come, whose work folder was made, and when."""
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

    def ready(self) -> str | None:
        """Return the id for a run whose work folder is there already; `take` it before anything waits."""
        if self._ready is None or time.monotonic() - self._ready[1] <= READY_S:
            return self._ready and self._ready[0]
        self.discard(self.take())
        return None

    def take(self) -> str:
        """Return the id that is ready, which is not given again."""
        if self._ready is None:
            raise LookupError("no folder is ready")
        (run, _), self._ready = self._ready, None
        return run

    async def make_work(self, run: str) -> None:
        """Make the working folder of a run, with room made on a full disk. Raises OSError."""
        await self._disk.write(partial(_make, self.work(run)))

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
                await asyncio.to_thread(self._replace, folder)
            finally:
                if (removed := self._going.pop(folder, None)) is not None:
                    removed.set()

    def _replace(self, folder: Path) -> None:
        """Remove a folder, and see that one is ready; called in a thread."""
        _remove(folder)
        if self._ready is None:
            run = new_id()
            with suppress(OSError):
                # The next run makes its own, and says so if it cannot.
                self._disk.write_now(partial(_make, self.work(run)))
                self._ready = run, time.monotonic()

    async def remove_all(self) -> None:
        """Remove every run's folder."""
        await asyncio.to_thread(shutil.rmtree, self.root, ignore_errors=True)


def _make(work: Path) -> None:
    """Make a run's working folder, and the run's above it. Raises OSError."""
    try:
        # The run's is nearly always missing, and the one above it there.
        work.parent.mkdir()
        work.mkdir()
    except (FileExistsError, FileNotFoundError):
        work.mkdir(parents=True, exist_ok=True)


def _remove(folder: Path) -> None:
    """Remove a folder, as far as the system lets us; most working folders are empty."""
    try:
        folder.rmdir()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
