"""Gives each run its own current folder where the system can, so that fixed file names do not collide.

    thread of a run      --own_thread, enter_folder--> its own, for as long as the run goes on
    tasks in the loop    --LoopFolders--> each step of a run's tasks begins where its last one has ended
    threads of such a run --enter_thread--> the same

On Linux a thread can have a current folder of its own. Elsewhere, and where a container forbids it, only a
worker with one run at a time can change its folder; `gradstream.authoring.folder` always works.
"""

import asyncio
import ctypes
import os
import sys
import threading
from collections.abc import Coroutine, Generator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from gradstream import authoring
from gradstream.errors import RunFolderError

CLONE_FS = 0x200
"""unshare(2): a current folder, root and umask of its own. Needs no privilege."""

_thread = threading.local()

_chdir, _fchdir = os.chdir, os.fchdir

_NONE = -1

_HANDLE = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY


def own_thread() -> None:
    """Give the calling thread a current folder of its own, once for all runs in it."""
    _thread.owned = sys.platform == "linux" and _unshare()


def is_owned() -> bool:
    """Return whether the calling thread has a current folder of its own."""
    return bool(getattr(_thread, "owned", False))


def enter_folder(folder: str, *, alone: bool) -> None:
    """Make a folder the current one of the thread or, if no other run is affected (`alone`), the process."""
    if alone or is_owned():
        _chdir(folder)


def make_folder(folder: str) -> None:
    """Make a run's folder, for this user alone, if it was removed meanwhile, as cleaners of such folders do.

    Raises RunFolderError.
    """
    path = Path(folder)
    try:
        if path.is_dir():
            return
        for each in (*reversed(path.parents), path):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise RunFolderError(f"The run's folder could not be made: {error.strerror}") from error


def _unshare() -> bool:
    return bool(ctypes.CDLL(None).unshare(CLONE_FS) == 0)


class RunFolder:
    """The current folder of one run in the loop, wherever its code has changed it to.

    It is entered at each step of each task, and three times as fast by its descriptor as by its path.
    """

    def __init__(self, path: str) -> None:
        self._descriptor = _NONE
        self.change(path)

    def change(self, path: str) -> None:
        """Note another folder."""
        self.close()
        self.path = path
        with suppress(OSError):
            self._descriptor = os.open(path, _HANDLE)

    def enter(self) -> None:
        """Make it the current one of the thread, also if the run has removed it. Raises OSError."""
        if self._descriptor != _NONE:
            _fchdir(self._descriptor)
        else:
            # Descriptors are used up, or the run is over.
            _chdir(self.path)

    def close(self) -> None:
        """Give the descriptor back."""
        if self._descriptor != _NONE:
            os.close(self._descriptor)
            self._descriptor = _NONE


class LoopFolders:
    """The current folders of all runs in one loop. Created in the loop's thread, which it owns."""

    def __init__(self) -> None:
        own_thread()
        self._home = RunFolder(_current())
        self._inside = self._home

    def follow(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the tasks of runs take their folder along, and the changes that a run makes be its own."""
        if is_owned():
            loop.set_task_factory(self._make_task)
            os.chdir, os.fchdir = _follow(_chdir), _follow(_fchdir)

    def of(self, path: str) -> RunFolder | None:
        """Return a run's folder; None where the loop cannot have one for each."""
        return RunFolder(path) if is_owned() else None

    def steps(self, work: Coroutine[Any, Any, None], folder: RunFolder) -> Coroutine[Any, Any, None]:
        """Return a coroutine that does the same, each step in the folder."""
        return _Steps(work, folder, self)

    def enter(self, folder: RunFolder) -> None:
        """Make a run's folder the current one of the loop's thread."""
        if folder is not self._inside:
            self._inside = folder
            try:
                folder.enter()
            except OSError:
                # What goes on after its run must not find itself in the folder of another one.
                self._home.enter()

    def leave(self, folder: RunFolder | None = None) -> None:
        """Go back to where the process was started, for imports and when the run of this folder is over."""
        self.enter(self._home)
        if folder is not None:
            folder.close()

    def _make_task(self, loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> "asyncio.Task[Any]":
        folder = _folder_of(authoring.current())
        steps = work if folder is None or not asyncio.iscoroutine(work) else _Steps(work, folder, self)
        return asyncio.Task(steps, loop=loop, **options)


def enter_thread(run: authoring.RunContext | None) -> None:
    """Make the folder of a run in the loop that of a thread which works for it.

    A pool's thread that has worked for such a run goes to the folder of each run that it works for later.
    """
    folder = _folder_of(run)
    if folder is not None and not is_owned():
        own_thread()
    if run is not None and is_owned():
        with suppress(OSError):
            _chdir(str(run.folder) if folder is None else folder.path)


def _folder_of(run: authoring.RunContext | None) -> RunFolder | None:
    return getattr(run, "loop_folder", None)


def _current() -> str:
    """Return the current folder; the root where it was removed."""
    try:
        return str(Path.cwd())
    except OSError:
        return os.sep


def _follow(change: Any) -> Any:
    """Return a function that changes the current folder, and notes it for the run that calls it."""

    def change_folder(path: Any) -> None:
        change(path)
        folder = _folder_of(authoring.current())
        if folder is not None:
            folder.change(_current())

    return change_folder


class _Steps(Coroutine[Any, Any, Any]):
    """A coroutine of a run: each of its steps begins in the run's folder."""

    __slots__ = ("_enter", "_folder", "_send", "_work")

    def __init__(self, work: Coroutine[Any, Any, Any], folder: RunFolder, folders: LoopFolders) -> None:
        self._work = work
        self._send = work.send
        self._enter = folders.enter
        self._folder = folder

    def __getattr__(self, name: str) -> Any:
        """Return what others want to know of the coroutine, such as `cr_frame`."""
        return getattr(self._work, name)

    def __await__(self) -> Generator[Any, Any, Any]:
        """Return itself, which is driven as a generator is."""
        return self

    def __iter__(self) -> Any:
        """Return itself."""
        return self

    def __next__(self) -> Any:
        """Take a step: what the loop calls."""
        self._enter(self._folder)
        return self._send(None)

    def send(self, value: Any) -> Any:
        """Take a step."""
        self._enter(self._folder)
        return self._send(value)

    def throw(
        self, kind: Any, value: BaseException | object = None, place: TracebackType | None = None, /
    ) -> Any:
        """Take a step that begins with an exception."""
        self._enter(self._folder)
        if value is None and place is None:
            return self._work.throw(kind)
        return self._work.throw(kind, value, place)

    def close(self) -> None:
        """Close the coroutine."""
        self._work.close()
