"""The temporary folder of a server, and the removal of those that servers have left behind.

    gradstream-XXXXXXXX/owner   locked by the server; its process id and when that process began

A folder is removed only if its lock is free, which the system sees to when a process ends in whatever way,
and if the process that it names has ended too: not every network folder has locks.
"""

import fcntl
import logging
import os
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct, json

from gradstream.process_tree import read_process

log = logging.getLogger(__name__)

PREFIX = "gradstream-"
OWNER = "owner"

UNOWNED_S = 3600.0
"""After so long, a folder whose server ended before it could write its name is nobody's."""


class Owner(Struct, frozen=True):
    """The server process of a folder; `started` is None where the system does not say."""

    pid: int
    started: int | None


class Scratch:
    """A folder of this process, which is made again if somebody removes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._owner: IO[bytes] | None = None
        self._lock = threading.Lock()

    def keep(self) -> None:
        """See to it that the folder is there, for this user alone. Raises OSError."""
        if self.path.exists():
            return
        with self._lock:
            if not self.path.exists():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.mkdir(mode=0o700)
                self.own()
                log.warning("the temporary folder was removed, with all that runs had in it: %s", self.path)

    def own(self) -> None:
        """Write whose it is, and lock that."""
        self.disown()
        self._owner = (self.path / OWNER).open("wb", buffering=0)
        with suppress(OSError):
            # Without locks, the process id has to do.
            fcntl.flock(self._owner, fcntl.LOCK_EX)
        self._owner.write(json.encode(Owner(pid=os.getpid(), started=_started(os.getpid()))))

    def disown(self) -> None:
        """Give up the lock."""
        if self._owner is not None:
            self._owner.close()


@contextmanager
def scratch_folder() -> Iterator[Scratch]:
    """Return a new temporary folder, which is this process's until the context ends, and is removed then."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        scratch = Scratch(Path(name))
        try:
            scratch.own()
            yield scratch
        finally:
            scratch.disown()


def remove_abandoned() -> int:
    """Remove the temporary folders of servers that have ended; return how many there were."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            is_abandoned = _is_own(folder) and _take(folder)
        except OSError:
            # It was removed meanwhile, or is not ours to read.
            continue
        removed += is_abandoned
    if removed:
        log.info("removed %d temporary folders that servers had left behind", removed)
    return removed


def _is_own(folder: Path) -> bool:
    """Return whether this is a folder, and no link, of this user."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()


def _take(folder: Path) -> bool:
    """Remove a folder if its server has ended; return whether it was removed."""
    with (folder / OWNER).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if not _has_ended(file.read(), since=folder.stat().st_mtime):
            return False
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _has_ended(written: bytes, *, since: float) -> bool:
    try:
        owner = json.decode(written, type=Owner)
    except msgspec.DecodeError:
        return time.time() - since > UNOWNED_S
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        # Another user's process has this id now.
        return True
    return owner.started is not None and _started(owner.pid) != owner.started


def _started(pid: int) -> int | None:
    process = read_process(pid)
    return None if process is None or process.is_zombie else process.started
