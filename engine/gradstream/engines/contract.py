"""The contract between runs and engines: orders in, events out. No behaviour.

    runs --Engine.start(demo, RunOrder)--> engine
    runs <--RunSink: starting, running, records, blob, part, ended-- engine

`RunOrder`, `StreamPart` and `Ending` are the structs of the channel (`ipc.protocol`): they pass between runs
and the worker process without being copied. Every method is called on the server's event
loop.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from gradstream.events.types import Record
from gradstream.format.types import Demo
from gradstream.ipc.prints import PrintStream
from gradstream.ipc.protocol import Ending, Loaded, RunOrder, StreamPart

ImportListener = Callable[[str, Loaded], None]
"""Called with a demo's address and the report of its import."""


Stored = asyncio.Future[None] | None
"""Done once something was stored or given up; None where it was at once."""


class ImportedCode(Struct, frozen=True, kw_only=True):
    """The files from which a worker has imported its code, and when it can have begun with that, in ns.

    `is_personal`: the result of a run may be for its visitor alone.
    """

    files: tuple[str, ...]
    since_ns: int
    is_personal: bool = False


class RunOutput(Protocol):
    """Receives what one run's generator produces. No method blocks."""

    def records(self, records: Sequence[Record]) -> None:
        """Receive new events, in order."""

    def blob(self, digest: str, mime: str, data: bytes) -> Stored:
        """Receive a big value, before the record that refers to it."""

    def part(self, part: StreamPart) -> Stored:
        """Receive a part of a stream, before the record that announces it."""

    def printed(self, stream: PrintStream, text: str) -> bool:
        """Receive a line that the run printed; return whether it is among the run's events."""


class RunSink(RunOutput, Protocol):
    """Receives everything that an engine reports about a run.

    `ended` is called exactly once, last, also when the worker died.
    """

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Note that a worker must be started first, which usually takes `usual_s`."""

    def running(self) -> None:
        """Note that the order was sent to the worker."""

    def ended(self, ending: Ending) -> None:
        """Note that the generator has ended and the slot is free."""


class Slot(Protocol):
    """One run in a worker. The slot is occupied until `RunSink.ended` is called."""

    @property
    def imported(self) -> ImportedCode | None:
        """What the worker of the run has imported so far; None while it has none."""

    def cancel(self, *, grace_s: float) -> None:
        """Ask the generator to end; poison the slot after the grace, which may be infinite. Idempotent."""


class Engine(Protocol):
    """Where workers live."""

    async def open(self, demo: Demo) -> Loaded:
        """Import this demo in a worker, which is started if necessary, and return the report of the import.

        An error of the code does not raise: it is in `Loaded.diagnostics`. If the worker dies during the
        import, that is an `E-WORKER-DIED` diagnostic. Raises WorkerStartError.
        """

    async def preview(self, demo: Demo) -> None:
        """Import this demo because its page was opened, if the engine thinks that worth while.

        It ends soon when nobody runs it, and takes nothing from demos that somebody uses.
        """

    def start(self, demo: Demo, order: RunOrder, sink: RunSink) -> Slot:
        """Start a run as soon as a worker is ready; everything else is reported to the sink."""

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Apply a new snapshot: a changed demo's worker gets no more runs once its replacement is ready."""

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Replace the workers that depend on one of these saved files; return their demos' addresses."""

    def watch(self, listener: ImportListener) -> Callable[[], None]:
        """Call `listener` after every import, until the returned function is called."""

    async def aclose(self) -> None:
        """Ask all workers to exit, and kill them after a stated time. No process remains."""
