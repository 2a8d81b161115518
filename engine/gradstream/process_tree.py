"""The processes below a process, and how none of them outlives it.

    adopt_orphans     whatever is started below this process stays below it, in a session of its own too
    end_with_parent   the kernel kills this process when its parent ends, whatever it is doing
    end_children      kill what is below this process, until nothing is left

On Linux. Elsewhere a system does not say what is below a process: `IS_KNOWN` is false, and only process
groups can be ended.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Collection
from typing import NamedTuple

IS_KNOWN = sys.platform == "linux"
"""Whether the processes below a process can be found."""

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_SET_CHILD_SUBREAPER = 36
"""prctl(2)."""

PAUSE_S = 0.001
"""Between two looks: a killed process needs a moment to end."""


class Process(NamedTuple):
    """A process. `started` is when, in ticks since the system began; a later one with its id has another."""

    pid: int
    name: str
    state: str
    parent: int
    started: int

    @property
    def is_zombie(self) -> bool:
        """Whether it has ended, and its parent has not asked how."""
        return self.state in {"Z", "X"}


def adopt_orphans() -> None:
    """Become the parent of every process below this one whose own parent ends."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent, the process with this id, ends; or end at once."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It had ended before the kernel was asked.
        os._exit(1)


def set_name(name: str) -> None:
    """Set what the system calls this process, in at most 15 bytes."""
    _prctl(PR_SET_NAME, name.encode())


def has_children() -> bool:
    """Return whether this process has any child, also one that has ended; costs a microsecond."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def own_children() -> set[int]:
    """Return the ids of this process's children, ended ones included; of one thread, as its main thread's."""
    own = os.getpid()
    try:
        with open(f"/proc/self/task/{own}/children") as file:  # noqa: PTH123 (read at each end of a process)
            return set(map(int, file.read().split()))
    except OSError:
        # A system that is built without this list.
        return {process.pid for process in children_of(own, read_processes().values())}


def read_process(pid: int) -> Process | None:
    """Return the process with this id; None if there is none, or the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 (read for every process of the system)
            stat = file.read()
    except OSError:
        return None
    # The name is in parentheses and may have any character, parentheses included.
    name, _, rest = stat.partition(b"(")[2].rpartition(b") ")
    fields = rest.split()
    return Process(pid, name.decode(errors="replace"), fields[0].decode(), int(fields[1]), int(fields[19]))


def read_processes() -> dict[int, Process]:
    """Return all processes of the system by their id."""
    if not IS_KNOWN:
        return {}
    pids = (int(name) for name in os.listdir("/proc") if name.isdecimal())  # noqa: PTH208 (as above)
    return {pid: process for pid in pids if (process := read_process(pid)) is not None}


def children_of(pid: int, among: Collection[Process]) -> list[Process]:
    """Return the children of a process."""
    return [process for process in among if process.parent == pid]


def tree_of(pid: int, among: dict[int, Process]) -> list[Process]:
    """Return a process, if it is there, and all that is below it, parents first."""
    by_parent: dict[int, list[Process]] = {}
    for process in among.values():
        by_parent.setdefault(process.parent, []).append(process)
    found = [among[pid]] if pid in among else []
    for process in found:
        found += by_parent.get(process.pid, [])
    return found


def kill(pid: int) -> None:
    """Kill a process, if it is there and may be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_children(
    chosen: Callable[[Process], bool], *, timeout_s: float, reap: Callable[[int], None]
) -> list[Process]:
    """Kill the chosen children of this process with all that is below them; return what was killed.

    `reap` is called for children that have ended. What is below a killed process becomes a child of this one,
    and is killed too, if this process adopts orphans.
    """
    give_up_at = time.monotonic() + timeout_s
    killed: dict[int, Process] = {}
    while True:
        known = read_processes()
        left = [one for child in children_of(os.getpid(), known.values()) if chosen(child)
                for one in tree_of(child.pid, known)]  # fmt: skip
        for process in left:
            if process.is_zombie:
                reap(process.pid)
            else:
                killed.setdefault(process.pid, process)
                kill(process.pid)
        if not left or time.monotonic() > give_up_at:
            return list(killed.values())
        time.sleep(PAUSE_S)


def _prctl(option: int, value: int | bytes) -> None:
    if IS_KNOWN:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
