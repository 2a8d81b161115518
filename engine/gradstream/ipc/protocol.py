"""The messages between server and worker, over one socket pair.

    frame = u32 big-endian length, then that many bytes of msgpack: one tagged array

    server -> worker (requests)                     worker -> server (updates)
    LoadRequest   import this demo                  Hello        the first frame, once
    RunOrder      call an action                    Taken        an order was read, its code comes next
    CreditRequest more bytes may be sent            Loaded       the report of the import
    CancelRequest ask the generator to end          Events       records of one run, in order
    PingRequest   still alive?                      Blob         bytes stored by digest, before its event
    ExitRequest   end when nothing runs             StreamPart   a piece of a stream, before its event
                                                    Ended        the generator has really ended
                                                    Printed      lines wait in the other socket (prints.py)
                                                    Pong, WorkerLog

Credit counts the bytes of `Events`, `Blob` and `StreamPart` frames of one run that the server has not
processed yet. Each run starts with `INITIAL_CREDIT_BYTES`; when they are used up, the worker stops the
generator at its next yield.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gradstream.authoring import Session
from gradstream.diagnostics import Diagnostic
from gradstream.errors import Fault
from gradstream.events.types import Record
from gradstream.format.types import Demo, PageEvent
from gradstream.limits import WORKER_LIMITS, WorkerLimits

PROTOCOL_VERSION = 12
"""Incremented when the meaning of a frame changes; the server compares it with that in `Hello`."""

MAX_FRAME_BYTES = 64 * 2**20
"""A larger frame is a broken peer. Blobs are the largest frames; they are bounded by the run's blob limit."""

INITIAL_CREDIT_BYTES = 2**20
"""One run may have 1 MiB in transit: some 20 ms of a stream of pictures, or 10,000 text records."""

PING_S = 2.0
"""Between two pings."""

SILENT_S = 10.0
"""A worker that has answered no ping for so long, and has not used the processor, gets no more runs."""

GIVEN_UP_S = 30.0
"""After so long it is killed. Code that computes with the interpreter lock held may take longer."""

STALLED_S = 60.0
"""A run fails when its machinery has stood still for so long: its generator is held, and neither its encoders
nor the server have advanced. Encoding one long chunk may take longer, and advances all the while."""

INIT_INDEX = -1
"""The index of a stream's initialization segment among its parts."""


class Request(Struct, frozen=True, array_like=True, tag=True):
    """Base of the messages from the server."""


class LoadRequest(Request, frozen=True, array_like=True, tag=True):
    """Import what the demo's actions name and check their signatures. Answered by `Loaded`, once.

    `limits` hold for this import, and for all runs of the process from now on.
    """

    demo: Demo
    limits: WorkerLimits = WORKER_LIMITS


class RunOrder(Request, frozen=True, array_like=True, kw_only=True, tag=True):
    """Call an action of a loaded demo. Created by `runs`, passed on unchanged by every engine.

    `demo` is the demo's address. `values` are the checked plain values of the action's inputs; a file is
    {"path": …, "name", "mime"}. `history` is the chat before the new message; `state` the visitor's
    committed values. `folder` is the run's own working folder, which exists. `session` is what a function may
    know of the visitor. `liked` has the index of a message and what the visitor thinks of it, for the action
    of a chat's `like`.
    """

    run: str
    demo: str
    action: str
    values: Mapping[str, Any]
    history: list[Any] | None
    state: Mapping[str, Any]
    folder: str
    session: Session
    accepts: tuple[str, ...] = ("aac",)
    """Audio codecs that the visitor's player supports, in order of preference."""
    exact: bool = False
    """Whether each picture is sent without loss, and not only the last."""
    liked: Mapping[str, Any] = {}
    event: PageEvent | None = None
    """What a visitor did that started the run; None after a press of the button."""


class CreditRequest(Request, frozen=True, array_like=True, tag=True):
    """The server has processed `size` more bytes of this run."""

    run: str
    size: int


class CancelRequest(Request, frozen=True, array_like=True, tag=True):
    """Ask the generator to end: `close()` at its next step, `aclose()`, cancellation. Answered by `Ended`."""

    run: str


class PingRequest(Request, frozen=True, array_like=True, tag=True):
    """Answered by `Pong` from the channel's own thread, even while generators keep the interpreter busy.

    `token` is the number of the ping, from 1.
    """

    token: int


class ExitRequest(Request, frozen=True, array_like=True, tag=True):
    """Exit when no run is left in the process."""


class Update(Struct, frozen=True, array_like=True, tag=True):
    """Base of the messages from a worker."""


class Hello(Update, frozen=True, array_like=True, tag=True):
    """The runtime is loaded, and requests are read."""

    protocol: int
    version: str
    python: str
    pid: int


class Taken(Update, frozen=True, array_like=True, tag=True):
    """A worker has read the order of a run, or to import a demo, and calls the developer's code next.

    An order that was never taken had no effect: where its worker has ended, another one can carry it out.
    """

    run: str = ""
    demo: str = ""


class ActionReport(Struct, frozen=True, array_like=True):
    """How an imported action binds: the names bound to its parameters, in order (format.md "Binding").

    `is_personal`: it, or what checks its inputs, is given the session.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    streams: bool
    is_personal: bool = False


class Loaded(Update, frozen=True, array_like=True, tag=True):
    """The report of importing a demo's generators. With an error among `diagnostics` the demo cannot run.

    `files` are the absolute paths of modules imported from the demo's roots, for reload. `detail` is a
    traceback.
    """

    demo: str
    diagnostics: tuple[Diagnostic, ...]
    actions: tuple[ActionReport, ...]
    files: tuple[str, ...]
    duration_s: float
    detail: str | None


class Events(Update, frozen=True, array_like=True, tag=True):
    """Records of one run, in order, each once."""

    run: str
    records: tuple[Record, ...]


class Blob(Update, frozen=True, array_like=True, tag=True):
    """A big value's bytes, sent once per run and before the first event that refers to it."""

    run: str
    digest: str
    mime: str
    data: bytes


class StreamPart(Update, frozen=True, array_like=True, tag=True):
    """A part of an output's stream, sent before the event that announces it; times in seconds.

    Segments count from 0. `INIT_INDEX` is the initialization segment, which every reader needs first; its
    `duration_s` is the upper bound of the segments' durations.
    """

    run: str
    output: str
    index: int
    start_s: float
    duration_s: float
    data: bytes


class Ending(Struct, frozen=True, array_like=True, kw_only=True):
    """How a generator ended. `fault` is None for success, and when it was asked to cancel.

    `state` has the values to commit, on success only. `message` is for the visitor, `detail` the traceback.
    `inputs` has what of the message is about which input.
    `stalled`: the process's own machinery failed, and it should get no more runs.
    """

    canceled: bool = False
    fault: Fault | None = None
    message: str = ""
    detail: str | None = None
    inputs: Mapping[str, str] = {}
    state: Mapping[str, Any] | None = None
    stalled: bool = False


class Ended(Update, frozen=True, array_like=True, tag=True):
    """The generator has ended and its thread or task is free."""

    run: str
    ending: Ending


class Printed(Update, frozen=True, array_like=True, tag=True):
    """Python code has printed since the last `Printed`: read that before what follows."""


class Pong(Update, frozen=True, array_like=True, tag=True):
    """The answer to a ping, with its token, and with what the worker still owes an answer to.

    `runs` are the runs without `Ended`, `loads` the demos without `Loaded`. What was sent before the ping, is
    not answered and not here will never be answered.
    """

    token: int
    runs: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Names of threads that should have ended with their runs, and have not."""
    is_exhausted: bool = False
    """Whether nearly all memory that the demos may take is in use."""


class WorkerLog(Update, frozen=True, array_like=True, tag=True):
    """A line for the server's log that is not about a single run."""

    level: str
    text: str
    files: tuple[str, ...] = ()
    """Files imported since the last report (lazy imports inside a generator), for reload."""


AnyRequest = LoadRequest | RunOrder | CreditRequest | CancelRequest | PingRequest | ExitRequest
AnyUpdate = Hello | Taken | Loaded | Events | Blob | StreamPart | Ended | Printed | Pong | WorkerLog
