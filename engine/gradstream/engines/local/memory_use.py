"""Reads how much memory a process and all that is below it take, without the files that they map."""

from pathlib import Path

from gradstream.format.units import format_size
from gradstream.process_tree import read_processes, tree_of

RUNTIME_BYTES = 256 * 2**20
"""What a worker may take without its demo, with room: where it can, the allocation should fail before."""

COUNTED = ("RssAnon:", "RssShmem:")


def exceeds(pid: int, allowed: int) -> str | None:
    """Return how a process ends that takes more than its demos may, in words; None if it takes less."""
    used = memory_use(pid)
    if used <= allowed + RUNTIME_BYTES:
        return None
    most = f"{format_size(allowed)} of `worker.memory`"
    return f"used {format_size(used)} of memory, more than the {most}, and was ended"


def memory_use(pid: int) -> int:
    """Return the memory of a process and of all below it, in bytes; 0 where the system does not say."""
    return sum(_used(process.pid) for process in tree_of(pid, read_processes()))


def _used(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(COUNTED))
