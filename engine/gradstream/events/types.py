"""The events of a run, exactly as in `docs/architecture/wire.md`. Structs without behaviour.

An event is sent as a `Record`: its type and output, plain, so that a server can fold and route it, and
`body`, the JSON of all other fields without the opening brace, encoded once where the value was made:

    set image -> Record(type="set", output="image", body=b'"output":"image","value":{…}}')

Tens of thousands of records and entries are kept, and hold nothing that could refer back to them: without
`gc=False` the garbage collector would visit all of them again and again.

The journal assigns `seq`. "{" and a body are complete JSON; the body of an event without fields is b"}".

One yield for several outputs is one step: `more` is true on each of its events but the last, and nothing
comes between them. Readers apply a step as a whole.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from gradstream.errors import Fault

Status = Literal["queued", "starting", "running", "succeeded", "failed", "canceled"]
TERMINAL: frozenset[str] = frozenset({"succeeded", "failed", "canceled"})
PRINTED: frozenset[str] = frozenset({"stdout", "stderr"})
"""Levels of `Log` for lines that the generator printed."""

CanceledBy = Literal["visitor", "superseded", "left", "server"]
EditOp = Literal["set", "append", "insert", "delete"]
Edit = tuple[EditOp, list[str | int], Any]


class Record(Struct, frozen=True, array_like=True, gc=False):
    """An event before it has a number: what crosses from worker to server. `more`: its step goes on."""

    type: str
    output: str | None
    body: bytes
    more: bool = False


class Entry(Struct, frozen=True, gc=False):
    """A journaled event: `seq` counts from 1 without gaps. `more`: its step goes on with the next one.

    `at_ms` is when it was appended, in milliseconds since the run was created. It never decreases, and it is
    kept for recordings: no transport sends it. `head` has the fields before those of the body: what is large
    and the same for several readers is in the body, which they share.
    """

    seq: int
    type: str
    output: str | None
    body: bytes
    at_ms: int = 0
    more: bool = False
    head: bytes = b""


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """Common root of the events below; the tag is the event's type."""


class Queued(Event, frozen=True, kw_only=True, tag="queued"):
    """Waiting for a slot: `position` counts from 1; `eta_s` is an estimate in seconds, null when unknown."""

    position: int
    eta_s: float | None


class Starting(Event, frozen=True, kw_only=True, tag="starting"):
    """A worker is being started; `usual_s` is how long that took last time, null when unknown."""

    reason: str
    usual_s: float | None


class Running(Event, frozen=True, kw_only=True, tag="running"):
    """The generator has been called."""


class Set(Event, frozen=True, kw_only=True, tag="set", omit_defaults=True):
    """The output's value is now `value`; `final` marks the exact copy sent at success."""

    output: str
    value: Any
    final: bool = False
    more: bool = False


class Append(Event, frozen=True, kw_only=True, tag="append", omit_defaults=True):
    """The output's text has grown by `text`."""

    output: str
    text: str
    more: bool = False


class Patch(Event, frozen=True, kw_only=True, tag="patch", omit_defaults=True):
    """The output's value is changed by `edits`, in order; see `events.value`."""

    output: str
    edits: list[Edit]
    more: bool = False


class StreamBegun(Event, frozen=True, kw_only=True, tag="stream"):
    """The output's value is now a stream of fragments, none yet; `mime` has the codecs.

    Its value is {"mime", "timescale", "segments": [[start_s, duration_s, peaks], …]}.
    """

    output: str
    mime: str
    timescale: int


class SegmentAdded(Event, frozen=True, kw_only=True, tag="segment", omit_defaults=True):
    """The stream has one more segment, which can be fetched; `index` counts from 0.

    It starts where the one before ended. `peaks`: the loudest samples of each 1/20 s of sound, 0 to 100.
    """

    output: str
    index: int
    start_s: float
    duration_s: float
    peaks: tuple[int, ...] = ()


class Progress(Event, frozen=True, kw_only=True, tag="progress"):
    """The progress that the run reports; `fraction` in 0..1, null when unknown."""

    fraction: float | None = None
    index: int | None = None
    total: int | None = None
    unit: str | None = None
    description: str | None = None


class Log(Event, frozen=True, kw_only=True, tag="log"):
    """A line for those who watch the run.

    With the level `stdout` or `stderr` it is a line that the generator printed, for the developer only.
    """

    level: Literal["debug", "info", "warning", "error", "stdout", "stderr"]
    text: str


class Props(Event, frozen=True, kw_only=True, tag="props", omit_defaults=True):
    """The function has changed these properties of an input or output, for this visitor."""

    component: str
    changes: Mapping[str, Any]
    more: bool = False


class Snapshot(Event, frozen=True, kw_only=True, tag="snapshot", omit_defaults=True):
    """In place of `skipped` events that were trimmed: every output's value at this feed's new position.

    `props` has the properties that were changed, by component.
    """

    outputs: Mapping[str, Any]
    skipped: int
    props: Mapping[str, Mapping[str, Any]] = {}


class Succeeded(Event, frozen=True, kw_only=True, tag="succeeded"):
    """The generator ended by itself."""

    duration_s: float


class Failed(Event, frozen=True, kw_only=True, tag="failed", omit_defaults=True):
    """The run ended by a failure; `message` is meant for the visitor, `detail` for the developer.

    `inputs` has what of the message is about which input.
    """

    duration_s: float
    fault: Fault
    message: str
    detail: str | None = None
    inputs: Mapping[str, str] = {}


class Canceled(Event, frozen=True, kw_only=True, tag="canceled"):
    """The run was stopped; journaled at the request, before the generator has ended."""

    duration_s: float
    by: CanceledBy


AnyEvent = (
    Queued
    | Starting
    | Running
    | Set
    | Append
    | Patch
    | StreamBegun
    | SegmentAdded
    | Progress
    | Log
    | Props
    | Snapshot
    | Succeeded
    | Failed
    | Canceled
)
