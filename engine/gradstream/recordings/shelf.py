"""A folder of recordings that is bounded. To be used in threads only: everything here waits for the disk.

    add(name) --write--> FOLDER/NAME.zip --over a bound--> the one that was not used for the longest time goes
    find(name) --there, and young enough--> its path

Several servers may share a folder: what is in it counts, and not what one of them remembers. Nothing here
raises for a disk that is full, read-only or gone: then there is no recording.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from gradstream.errors import NO_SPACE
from gradstream.recordings.reader import read_recording
from gradstream.recordings.types import Content, Recording, UnusableRecordingError
from gradstream.recordings.writer import UNFINISHED, write_recording

log = logging.getLogger(__name__)

SUFFIX = ".zip"

KEPT_SHARE = 7 / 8
"""Of a bound that was reached: so the folder is listed once for many recordings."""

ABANDONED_S = 3600.0
"""A file that was begun so long ago has no writer any more."""


class ShelfBounds(Struct, frozen=True, kw_only=True):
    """How many bytes and files a folder may have, how large one recording may be, and how old."""

    bytes: int
    files: int
    recording_bytes: int
    age_s: float | None = None


class Shelf:
    """One folder. With `is_used_last` reading counts as use, and not only writing."""

    def __init__(self, folder: Path, bounds: ShelfBounds, *, is_used_last: bool = False) -> None:
        self.folder = folder
        self.bounds = bounds
        self._is_used_last = is_used_last
        self._lock = threading.Lock()
        self._size: int | None = None
        """Bytes and number of what is there, as far as it is known; None before the folder was listed."""
        self._count = 0
        self._has_complained = False

    def add(self, name: str, content: Content) -> bool:
        """Write a recording, and remove others to make room; return whether it is there."""
        try:
            self._make_folder()
            size = self._written(name, content)
        except UnusableRecordingError as error:
            log.info("a run of %s is not recorded: %s", content.manifest.demo.address, error)
            return False
        except FileNotFoundError:
            # The run was forgotten meanwhile, and its files with it.
            return False
        except OSError as error:
            self._complain(error)
            return False
        self._has_complained = False
        self._note_added(size)
        return True

    def read(self, name: str) -> Recording | None:
        """Return a recording; None if there is none, it is too old, or cannot be used, which removes it."""
        path = self._path(name)
        try:
            if self._is_too_old(path.stat().st_mtime):
                self.drop(name)
                return None
            recording = read_recording(path, max_bytes=self.bounds.recording_bytes)
            if self._is_used_last:
                os.utime(path)
        except UnusableRecordingError as error:
            log.warning("the recording %s is not used, because %s", path.name, error)
            self.drop(name)
            return None
        except OSError:
            return None
        return recording

    def has(self, name: str) -> bool:
        """Return whether there is a recording of this name."""
        return self._path(name).is_file()

    def drop(self, name: str) -> None:
        """Remove a recording."""
        self._remove(self._path(name))

    def drop_like(self, start: str, *, but: str) -> None:
        """Remove the recordings whose names start like this, except one."""
        for path, _ in self._files():
            if path.name.startswith(start) and path != self._path(but):
                self._remove(path)

    def sweep(self) -> None:
        """Remove what is too old, what is over a bound, and what killed servers had begun to write."""
        now = time.time()
        for path in self._listed(lambda name: UNFINISHED in name):
            stat = _stat(path)
            if stat is not None and now - stat.st_mtime > ABANDONED_S:
                self._remove(path)
        for path, stat in self._files():
            if self._is_too_old(stat.st_mtime):
                self._remove(path)
        self._make_room(1)

    def _written(self, name: str, content: Content) -> int:
        most = self.bounds.recording_bytes
        try:
            return write_recording(content, self._path(name), max_bytes=most)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            # A full disk: what was not used for the longest time makes room, once.
            self._make_room(KEPT_SHARE, at_least_one=True)
            return write_recording(content, self._path(name), max_bytes=most)

    def _note_added(self, size: int) -> None:
        with self._lock:
            is_known = self._size is not None
            self._size = (self._size or 0) + size
            self._count += 1
            is_over = self._size > self.bounds.bytes or self._count > self.bounds.files
        if is_over or not is_known:
            self._make_room(KEPT_SHARE if is_known and is_over else 1)

    def _make_room(self, share: float, *, at_least_one: bool = False) -> None:
        """Remove the oldest until bytes and number are within this share of their bounds."""
        with self._lock:
            kept = sorted(self._files(), key=lambda file: file[1].st_mtime, reverse=True)
            size, count = sum(stat.st_size for _, stat in kept), len(kept)
            is_over = size > self.bounds.bytes or count > self.bounds.files
            most = share if is_over else 1
            while kept and (
                at_least_one or size > self.bounds.bytes * most or count > self.bounds.files * most
            ):
                path, stat = kept.pop()
                self._remove(path)
                size, count, at_least_one = size - stat.st_size, count - 1, False
            self._size, self._count = size, count

    def _make_folder(self) -> None:
        if self.folder.is_dir():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Beside it, so that no recording is committed together with the demos.
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{SUFFIX}"

    def _is_too_old(self, changed_at: float) -> bool:
        return self.bounds.age_s is not None and time.time() - changed_at > self.bounds.age_s

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._listed(lambda name: name.endswith(SUFFIX) and not name.startswith(".")):
            stat = _stat(path)
            if stat is not None:
                yield path, stat

    def _listed(self, is_meant: Callable[[str], bool]) -> list[Path]:
        try:
            return [self.folder / name for name in os.listdir(self.folder) if is_meant(name)]  # noqa: PTH208
        except OSError:
            return []

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._complain(error)

    def _complain(self, error: OSError) -> None:
        if not self._has_complained:
            self._has_complained = True
            log.warning("recordings cannot be written to %s: %s", self.folder, error.strerror)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        # Another server has removed it.
        return None
