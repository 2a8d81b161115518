"""What `runs/` asks of an engine, and what an engine tells a run. No behaviour.

    service --RunOrder--> Engine.start --RunSink.records / blob / part / ended--> journal

`engines/` fulfils these protocols by shape; neither package imports the other.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from gradstream.errors import Fault
from gradstream.events.types import Record
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded


class Limits(Struct, frozen=True, kw_only=True):
    """The server's own bounds, each with what happens at it; a demo's are in its `RunLimits`."""

    journal_events: int = 20_000
    """Of a run. Beyond, the oldest are folded into a snapshot."""
    journal_bytes: int = 16 * 2**20
    """Of a run, the same."""
    feed_backlog_bytes: int = 4 * 2**20
    """A reader further behind gets a snapshot in place of what it missed."""
    run_blob_bytes: int = 256 * 2**20
    """Beyond, the oldest that no output shows are dropped; a run that shows more than this fails."""
    finished_run_s: float = 3600.0
    """How long a finished run can be read."""
    finished_runs: int = 1000
    """Beyond, the one that finished first is forgotten."""
    finished_bytes: int = 512 * 2**20
    """Journals of finished runs together, in memory; the same."""
    finished_blob_bytes: int = 4 * 2**30
    """Big values and streams of finished runs together, on disk; the same."""
    run_stream_bytes: int = 2**30
    """Of a run's streams together. Beyond, the oldest segments are dropped: a window that slides."""
    session_stream_bytes: int = 2 * 2**30
    """Over all runs of one session. Beyond, its finished runs are forgotten, then the oldest segments go."""
    first_reader_s: float = 5.0
    """With `on_disconnect: stop`, how long a run waits for its first reader."""
    state_bytes: int = 64 * 2**20
    """What visitors' `state` takes in all. Beyond, the visitor who was away longest starts anew."""


class RunOrder(Struct, frozen=True, kw_only=True):
    """Everything a slot needs to begin. `folder` is the run's own working folder.

    `accepts` are the codecs of sound that the visitor's player has, the preferred first.
    """

    run: str
    demo: Demo
    action: str
    values: Mapping[str, Any]
    history: list[Any] | None
    state: Mapping[str, Any]
    folder: str
    accepts: tuple[str, ...] = ("aac",)


class Ending(Struct, frozen=True, kw_only=True):
    """How a generator ended; `fault` is None for success or when it was asked to cancel."""

    canceled: bool = False
    fault: Fault | None = None
    message: str = ""
    detail: str | None = None
    state: Mapping[str, Any] | None = None


class RunSink(Protocol):
    """Where an engine delivers what one run tells; called on the server's event loop, never blocking.

    `ended` comes exactly once, last, also when the worker died.
    """

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Hear that a worker must be started first."""

    def running(self) -> None:
        """Hear that the worker has the order."""

    def records(self, records: Sequence[Record]) -> None:
        """Take new events, in order."""

    def blob(self, digest: str, mime: str, data: bytes) -> None:
        """Take a big value, before the record that refers to it."""

    def part(self, output: str, index: int, *, start_s: float, duration_s: float, data: bytes) -> None:
        """Take a piece of a stream, before the record that tells of it; index -1 goes before all others."""

    def ended(self, ending: Ending) -> None:
        """Hear that the generator has ended and the slot is free."""


class Slot(Protocol):
    """One run in a worker. The slot counts as taken until its sink has been told `ended`."""

    def cancel(self, *, grace_s: float) -> None:
        """Ask the generator to end; poison the slot after the grace, which may be infinite. Idempotent."""


class Engine(Protocol):
    """Where workers live. All methods run on the server's event loop."""

    async def open(self, demo: Demo) -> Loaded:
        """Have a worker with this demo imported, starting one if need be; return what the import said.

        Raises nothing for bad code (it is in `Loaded.diagnostics`); a worker that dies importing gives an
        `E-WORKER-DIED` diagnostic.
        """

    def start(self, order: RunOrder, sink: RunSink) -> Slot:
        """Begin a run as soon as a worker is ready. Everything else is told to the sink."""

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Hear of a new snapshot: a changed demo's worker gets no more runs once its replacement is ready."""

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Renew the workers that imported one of these saved files; return the demos concerned."""

    def watch(self, told: Callable[[str, Loaded], None]) -> Callable[[], None]:
        """Call `told(address, loaded)` after every import; the returned function ends that."""

    async def aclose(self) -> None:
        """End all workers: asked, then after a stated time killed. Nothing is left behind."""
