"""Gives each run its own current folder, where the system can, so that fixed file names do not collide.

On Linux a thread may leave the folder that a process shares among its threads. Elsewhere, and where a
container forbids it, only a worker that has one run at a time can change its folder;
`gradstream.authoring.folder` always works.
"""

import ctypes
import os
import sys
import threading

CLONE_FS = 0x200
"""unshare(2): have one's own current folder, root and umask. Needs no privilege."""

_thread = threading.local()


def own_thread() -> None:
    """Give the calling thread a current folder of its own, once for all runs that it will do."""
    _thread.owned = sys.platform == "linux" and _unshare()


def enter_folder(folder: str, *, alone: bool) -> None:
    """Make a folder the thread's current one, or the process's when no other run suffers (`alone`)."""
    if alone or getattr(_thread, "owned", False):
        os.chdir(folder)


def _unshare() -> bool:
    return bool(ctypes.CDLL(None).unshare(CLONE_FS) == 0)
