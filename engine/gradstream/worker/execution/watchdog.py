"""Fails runs whose machinery has stood still: what their generators wait for does not come.

    ping --> somebody is held, nothing that is awaited has advanced, no encoder has used the processor
             so many times in a row that they make STALLED_S --> `stalled`

A generator that computes or sleeps is not held, and nothing is owed to it. Time is counted in pings, one at a
time: no ping comes from a server that is suspended, and those that a suspended worker finds when it goes on
count as one. On a busy machine encoders use the processor slowly, but they do.
"""

import time
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from gradstream.ipc.protocol import PING_S, STALLED_S
from gradstream.worker.sending.flow_control import FlowControl


class Watched(Protocol):
    """What the watchdog knows of a run."""

    @property
    def flow(self) -> FlowControl:
        """The run's flow control."""


R = TypeVar("R", bound=Watched)

Work = tuple[float, tuple[int, ...]]
"""Processor time of the encoders, and the counts of one run's flow control."""


class Watchdog(Generic[R]):
    """One worker's. `runs` returns the runs in it, `worked_s` the processor time of all its encoders.

    `stalled` is called, once per run, in the thread of `tick`.
    """

    def __init__(
        self,
        *,
        runs: Callable[[], Iterable[R]],
        worked_s: Callable[[], float],
        stalled: Callable[[R], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runs = runs
        self._worked_s = worked_s
        self._stalled = stalled
        self._now = now
        self._ticked_at = now()
        self._seen: dict[R, tuple[Work, int]] = {}

    def tick(self) -> None:
        """Look at all runs; called at every ping."""
        now = self._now()
        if now - self._ticked_at < PING_S / 2:
            return
        self._ticked_at = now
        worked_s = self._worked_s()
        held = {run: (worked_s, counts) for run in self._runs() if (counts := run.flow.held()) is not None}
        before, self._seen = self._seen, {}
        for run, work in held.items():
            last, times = before.get(run, (None, 0))
            times = times + 1 if last == work else 0
            if times * PING_S >= STALLED_S:
                self._stalled(run)
            else:
                self._seen[run] = (work, times)
