"""Reads what this process may use: memory and processors, of the machine or of its control groups."""

import math
import os
from pathlib import Path

from msgspec import Struct

MEMINFO = Path("/proc/meminfo")
OWN_GROUP = Path("/proc/self/cgroup")
GROUPS = Path("/sys/fs/cgroup")


class Memory(Struct, frozen=True, kw_only=True):
    """Bytes in all, and those that can be had without taking them from another process."""

    total: int
    available: int


def read_memory() -> Memory | None:
    """Return what there is; None where the system does not say."""
    try:
        lines = dict(line.split(":", 1) for line in MEMINFO.read_text().splitlines())
        total, available = (_kib(lines[name]) for name in ("MemTotal", "MemAvailable"))
    except (OSError, KeyError, ValueError):
        return None
    for group in _groups():
        most, used = _number(group / "memory.max"), _number(group / "memory.current")
        if most is not None and used is not None and most < total:
            # What files have left in memory counts as used, and is given back.
            total, available = most, min(available, most - used + _files(group))
    return Memory(total=total, available=max(0, available))


def count_processors() -> int:
    """Return how many processors this process may keep busy, at least 1."""
    most = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for group in _groups():
        try:
            quota, period = map(int, (group / "cpu.max").read_text().split())
        except (OSError, ValueError):
            # Not there, or "max".
            continue
        most = min(most, math.ceil(quota / period))
    return max(1, most)


def _groups() -> list[Path]:
    """Return the folders of the control groups around this process, the innermost last."""
    try:
        own = OWN_GROUP.read_text().strip().rpartition("::")[2].strip("/")
    except OSError:
        own = ""
    folder = GROUPS / own
    return [each for each in (*reversed(folder.parents), folder) if each.is_relative_to(GROUPS)]


def _files(group: Path) -> int:
    try:
        lines = (group / "memory.stat").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        # Not there, or "max".
        return None


def _kib(text: str) -> int:
    return int(text.split(maxsplit=1)[0]) * 1024
