"""The runs inside one worker process: routes its updates to them and grants their credit.

Events | Blob | StreamPart --deliver--> RunOutput of the run
Ended, end of the process  ----------> WorkerListener of the run
bytes delivered --CreditRequest--> worker
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from msgspec import Struct

from gradstream.engines.contract import RunOutput, Stored
from gradstream.ipc.prints import PrintStream
from gradstream.ipc.protocol import (
    INITIAL_CREDIT_BYTES,
    AnyRequest,
    Blob,
    CancelRequest,
    CreditRequest,
    Ended,
    Ending,
    Events,
    Pong,
    StreamPart,
)
from gradstream.log_fields import about

log = logging.getLogger("gradstream.worker")

CREDIT_BYTES = INITIAL_CREDIT_BYTES // 4
"""Delivered bytes are granted again in portions of this size: one request for many updates."""

RunUpdate = Events | Blob | StreamPart | Ended
"""What a worker sends about one run."""

_LOST_UPDATE = Ending(fault="server", message="Internal error; the server's log has more")
"""The end of a run of which an update could not be delivered."""


_LOST_END = Ending(
    fault="server",
    message="The demo's process lost track of the run; the server's log has more",
    stalled=True,
)
"""The end of a run whose own end never came."""


class WorkerListener(Protocol):
    """Receives the end of one run in a worker. Exactly one of the two is called, once, last."""

    def ended(self, ending: Ending) -> None:
        """Receive how the generator ended."""

    def lost(self, reason: str, *, was_taken: bool) -> None:
        """Receive why the process ended, as the rest of a sentence that starts with "the process".

        Unless the order `was_taken`, nothing of the run has happened.
        """


class _WorkerRun(Struct):
    """A run of a demo. `ungranted` counts delivered bytes for which no new credit was granted yet."""

    demo: str
    output: RunOutput
    listener: WorkerListener
    ungranted: int = 0
    pings: int = 0
    """The pings that were sent before its order."""
    is_taken: bool = False
    """Whether the process has read its order."""
    has_lost_update: bool = False
    """Whether an update was lost because the output raised."""


class WorkerRuns:
    """One process's. `send` sends a request to it; `pings` is how many pings were sent."""

    def __init__(self, *, send: Callable[[AnyRequest], None]) -> None:
        self._send = send
        self._runs: dict[str, _WorkerRun] = {}
        self.pings = 0

    @property
    def going(self) -> dict[str, str]:
        """The demos of the runs in the process, by run."""
        return {name: run.demo for name, run in self._runs.items()}

    def add(self, run: str, *, demo: str, output: RunOutput, listener: WorkerListener) -> None:
        """Add a run, before its order is sent."""
        self._runs[run] = _WorkerRun(demo, output, listener, pings=self.pings)

    def note_taken(self, run: str) -> None:
        """Note that the process has read a run's order."""
        found = self._runs.get(run)
        if found is not None:
            found.is_taken = True

    def printed(self, run: str, stream: PrintStream, text: str) -> bool:
        """Pass a printed line to its run; return whether it is among the run's events."""
        found = self._runs.get(run)
        return found is not None and found.output.printed(stream, text)

    def cancel(self, run: str) -> None:
        """Ask a run's generator to end."""
        if run in self._runs:
            self._send(CancelRequest(run=run))

    def deliver(self, update: RunUpdate, size: int) -> None:
        """Deliver an update of `size` bytes to its run, if that has not ended."""
        run = self._runs.get(update.run)
        if run is None:
            return
        stored: Stored = None
        try:
            match update:
                case Events():
                    run.output.records(update.records)
                case Blob():
                    stored = run.output.blob(update.digest, update.mime, update.data)
                case StreamPart():
                    stored = run.output.part(update)
                case Ended():
                    del self._runs[update.run]
                    run.listener.ended(_LOST_UPDATE if run.has_lost_update else update.ending)
        except Exception:
            # One run's sink must not end the channel for all others.
            log.exception("an update could not be delivered", extra=about(run=update.run))
            self._end_incomplete(run, update)
        if stored is None:
            self._grant(update.run, run, size)
        else:
            # A generator that outruns the disk waits.
            stored.add_done_callback(lambda _: self._grant(update.run, run, size))

    def compare(self, pong: Pong) -> None:
        """End the runs that the process does not know any more, although their end never came.

        The order and the ping came in this order, and so did the end, if there was one, and the pong.
        """
        known = frozenset(pong.runs)
        lost = [name for name, run in self._runs.items() if run.pings < pong.token and name not in known]
        for name in lost:
            run = self._runs.pop(name)
            log.error("the end of a run was lost", extra=about(demo=run.demo, run=name))
            run.listener.ended(_LOST_END)

    def clear(self, reason: str) -> list[Callable[[], None]]:
        """Remove all runs of a process that has ended; return the calls that notify their listeners."""
        runs, self._runs = self._runs, {}
        return [partial(run.listener.lost, reason, was_taken=run.is_taken) for run in runs.values()]

    def _end_incomplete(self, run: _WorkerRun, update: RunUpdate) -> None:
        """End a run that has lost an update: it must not look like a success."""
        if isinstance(update, Ended):
            run.listener.ended(_LOST_UPDATE)
        else:
            run.has_lost_update = True
            self.cancel(update.run)

    def _grant(self, name: str, run: _WorkerRun, size: int) -> None:
        run.ungranted += size
        if run.ungranted >= CREDIT_BYTES:
            self._send(CreditRequest(run=name, size=run.ungranted))
            run.ungranted = 0
