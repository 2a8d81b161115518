"""Counts how long a process has not answered: stopped by a signal, or stuck in a driver.

    ping --not answered by the next one, no processor time used--> one more interval of silence
         --anything else-----------------------------------------> none

Code that computes with the interpreter lock held does not answer either, but uses the processor. Time is
counted in pings, so neither a suspended server nor a jump of the clock counts.
"""

import os
from collections.abc import Callable

from gradstream.ipc.protocol import PING_S

IDLE_SHARE = 0.02
"""Of a processor: a process that uses less does not compute, not even on a busy machine."""

ProcessorTime = Callable[[int], float | None]


class Silence:
    """One process's. Where the system does not say what it has used, it counts as computing."""

    def __init__(self, *, used_s: ProcessorTime | None = None) -> None:
        self._used_s = processor_time if used_s is None else used_s
        self._last_s: float | None = None
        self._pings = 0

    @property
    def for_s(self) -> float:
        """How long the process has been silent, in seconds."""
        return self._pings * PING_S

    def note(self, pid: int, *, is_answered: bool) -> None:
        """Note, when a ping is due, whether the one before was answered."""
        if is_answered:
            self._pings, self._last_s = 0, None
            return
        before, self._last_s = self._last_s, self._used_s(pid)
        if self._last_s is None or before is None:
            # Not known yet; what was used counts from here on.
            return
        has_computed = self._last_s - before > IDLE_SHARE * PING_S
        self._pings = 0 if has_computed else self._pings + 1


def processor_time(pid: int) -> float | None:
    """Return what a process has used of the processor, in seconds; None if the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 (beside its neighbours in process_tree)
            fields = file.read().rpartition(b") ")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
