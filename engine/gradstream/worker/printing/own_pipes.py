"""The pipes that are a worker's standard output and error: what compiled code and other processes write to.

os.write, printf, subprocess --> pipe --> the server reads it
next write to the channel: is there anything in a pipe? --> `Printed` first (ipc/prints.py)
"""

import ctypes
import fcntl
import os
import stat
import termios
from contextlib import suppress

IOLBF = 1
"""`_IOLBF` in stdio.h of glibc, musl, macOS and the BSDs."""

STDOUT_NAMES = ("stdout", "__stdoutp")
"""What the C libraries of Linux and of macOS call the stream."""


class OwnPipes:
    """Copies of the descriptors, so that it can be asked whatever the developer's code does with 1 and 2."""

    def __init__(self) -> None:
        self._copies = [os.dup(each) for each in (1, 2) if _is_pipe(each)]
        self._waiting = bytearray(4)

    def hold_something(self) -> bool:
        """Return whether anything was written that the server has not read yet; Linux alone knows."""
        for each in self._copies:
            fcntl.ioctl(each, termios.FIONREAD, self._waiting)
            if any(self._waiting):
                return True
        return False


def write_lines_at_once() -> None:
    """Let C's `printf` and `puts` write each line when it ends, as in a terminal: not once 4 KiB are full."""
    library = ctypes.CDLL(None)
    for name in STDOUT_NAMES:
        with suppress(ValueError):
            library.setvbuf(ctypes.c_void_p.in_dll(library, name), None, IOLBF, ctypes.c_size_t(0))


def _is_pipe(descriptor: int) -> bool:
    return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
