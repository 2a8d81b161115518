"""Gives each run its own current folder where the system can, so that fixed file names do not collide.

On Linux a thread can have a current folder of its own. Elsewhere, and where a container forbids it, only a
worker with one run at a time can change its folder; `gradstream.authoring.folder` always works.
"""

import ctypes
import os
import sys
import threading

CLONE_FS = 0x200
"""unshare(2): a current folder, root and umask of its own. Needs no privilege."""

_thread = threading.local()


def own_thread() -> None:
    """Give the calling thread a current folder of its own, once for all runs in it."""
    _thread.owned = sys.platform == "linux" and _unshare()


def enter_folder(folder: str, *, alone: bool) -> None:
    """Make a folder the current one of the thread or, if no other run is affected (`alone`), the process."""
    if alone or getattr(_thread, "owned", False):
        os.chdir(folder)


def _unshare() -> bool:
    return bool(ctypes.CDLL(None).unshare(CLONE_FS) == 0)
