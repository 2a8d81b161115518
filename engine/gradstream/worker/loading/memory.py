"""Bounds the memory of a worker by what its demos say, so that an allocation fails and not the machine.

    demo: worker.memory --RLIMIT_DATA--> MemoryError in the run that asks for too much

The bound counts what Python, the libraries and their threads have reserved for themselves, beyond what the
worker had before its first demo. What a process shares, and what its children take, is not counted here; the
server looks at that (engines/local/memory_use.py).
"""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")

STACKS_BYTES = 128 * 2**20
"""Each thread reserves 8 MiB for its stack, and uses little of it."""

EXHAUSTED_SHARE = 0.9
"""With more than this in use while nothing runs, the next run is likely to fail."""


class MemoryBound:
    """One process's; without effect where the system has no such bound."""

    def __init__(self) -> None:
        self._base: int | None = None
        self.most: int | None = None

    def set(self, most: int | None) -> None:
        """Let the process take so many bytes; of several demos that share it, the largest number counts."""
        if most is None or (self.most is not None and most <= self.most) or sys.platform != "linux":
            return
        self._base = _reserved() if self._base is None else self._base
        self.most = most
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = self._base + most + STACKS_BYTES
        if hard == resource.RLIM_INFINITY or wanted < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))

    @property
    def is_exhausted(self) -> bool:
        """Whether nearly all is in use."""
        if self.most is None or self._base is None:
            return False
        return _reserved() - self._base > EXHAUSTED_SHARE * self.most


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an exception says that an allocation was refused; PyTorch has no class for it."""
    try:
        return isinstance(error, MemoryError) or "allocate memory" in str(error)
    except Exception:  # noqa: BLE001 (the developer's classes may raise anything)
        return False


def _reserved() -> int:
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
