"""How much memory this process holds: what is allocated and not freed, whatever allocators keep for later.

The size of a process says something else: threads that a busy machine lets run at once have arenas of their
own, in each of which freed memory stays. So a process may be larger, and hold no more.
"""

import ctypes
import gc
import sys

SMALL_OBJECT_BYTES = 64
"""The usual size of an object that Python's own allocator holds, of at most 512 bytes."""


class MallocInfo(ctypes.Structure):
    """What `mallinfo2` of glibc returns, over all arenas: see mallinfo(3)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks",
            "keepcost",
        )
    )  # fmt: skip


def held_bytes() -> int:
    """Return it: objects of Python, and where the C library counts them, arrays and what encoders hold."""
    gc.collect()
    objects = sys.getallocatedblocks() * SMALL_OBJECT_BYTES
    count = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if count is None:
        return objects
    count.restype = MallocInfo
    found = count()
    return int(found.uordblks + found.hblkhd) + objects
