"""A run's first failure, and the release of what its exceptions hold.

An exception holds its traceback, the traceback all frames, and a frame all its variables. Where a frame also
has the exception in a variable, they hold each other until Python's collector comes: with them everything
that the generator had, such as a model on a GPU.
"""

import traceback
from asyncio import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import Any

from gradstream.format.types import Demo
from gradstream.format.units import format_size
from gradstream.ipc.protocol import STALLED_S
from gradstream.worker.loading.faults import Failure, explain, note_beside, traceback_of
from gradstream.worker.loading.memory import is_out_of_memory
from gradstream.worker.sending.flow_control import FlowControl

MAX_CHAIN = 1_000
"""Exceptions whose frames are cleared: causes, contexts, members. More are left to the collector."""

_LINKS: tuple[Any, ...] = (BaseException.__dict__["__cause__"], BaseException.__dict__["__context__"])
"""The descriptors of the built-in class: a developer's class may override the attributes."""

_MEMBERS: Any = BaseExceptionGroup.__dict__["exceptions"]


class Failures:
    """One run's. `first` is the failure that is reported; `has_stalled`: the run's machinery has.

    `is_interruption`: the first exception is one by which Python ends what is stopped.
    """

    def __init__(self, demo: Demo, flow: FlowControl) -> None:
        self.first: Failure | None = None
        self.is_interruption = False
        self.has_stalled = False
        self._demo = demo
        self._flow = flow

    def add(self, error: BaseException) -> None:
        """Record a failure; a generator that is still running ends at its next step. Raises nothing."""
        if self.first is None:
            # By its type: the developer's class may override `__class__`, which `isinstance` asks.
            self.is_interruption = issubclass(type(error), CancelledError | GeneratorExit)
            self._add_hint(error)
            self.first = self._bounded(
                error, explain(error, secrets=self._demo.secrets, limits=self._flow.limits)
            )
        self._flow.stop()
        with suppress(BaseException):
            # What is left then is freed by Python's collector.
            clear_frames(error)

    def stall(self) -> None:
        """Record that the run's machinery has stood still; nothing of it is waited for any more."""
        message = f"What the run had yielded was not delivered for {STALLED_S:g} s; the server's log has more"
        self.first = self.first or Failure(fault="server", message=message, detail=None)
        self.has_stalled = True
        self._flow.stop(drop=True)
        self._flow.end()

    def _bounded(self, error: BaseException, failure: Failure) -> Failure:
        """Say which bound it was, when an allocation was refused."""
        most = self._demo.worker.memory_bytes
        if most is None or failure.fault != "developer" or not is_out_of_memory(error):
            return failure
        message = f"MemoryError: the demo may take at most {format_size(most)} of memory"
        return Failure(fault="limit", message=message, detail=failure.detail)

    def _add_hint(self, error: BaseException) -> None:
        """Add a hint about the run's folder if that is probably why a file was not found."""
        try:
            if isinstance(error, FileNotFoundError):
                note_beside(error, folder=Path(self._demo.folder))
        except BaseException:  # noqa: BLE001 (a hint only, about an exception that may have attributes of any kind)
            return


def clear_frames(error: BaseException) -> None:
    """Clear the variables of all frames that an exception holds, except those still running."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < MAX_CHAIN:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        traceback.clear_frames(traceback_of(one))
        waiting.extend(linked for link in _LINKS if (linked := link.__get__(one)) is not None)
        # Of the type: the developer's class may override `__class__`, which `isinstance` asks.
        if issubclass(type(one), BaseExceptionGroup):
            waiting.extend(_MEMBERS.__get__(one))
