"""The state that follows from a run's events: its status and its outputs' values. The page has the same fold.

    fold(events 1..n) == fold(events k+1..n) over fold(events 1..k)

So a journal may drop its oldest events once they are folded, and a feed may get a snapshot in their place.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from msgspec import Raw, Struct, json
from msgspec.structs import asdict

from gradstream.errors import Fault
from gradstream.events import codec
from gradstream.events.types import (
    Append,
    Canceled,
    CanceledBy,
    Entry,
    Failed,
    Log,
    Patch,
    Progress,
    Props,
    Queued,
    Record,
    Running,
    SegmentAdded,
    Set,
    Snapshot,
    Starting,
    Status,
    StreamBegun,
    Succeeded,
)
from gradstream.events.value import RawEdit, Value


class RunState(Struct, frozen=True, kw_only=True):
    """What a run's events amount to.

    `outputs` has the value of each output that got one, as JSON, `props` the properties that the function has
    changed, by component. `position` and `eta_s` are those of the last `queued`, None once the run has left
    the queue. `started_ms` is when the generator was called, in milliseconds since the run was created.
    """

    seq: int = 0
    status: Status = "queued"
    outputs: Mapping[str, Raw] = {}
    props: Mapping[str, Mapping[str, Any]] = {}
    progress: Progress | None = None
    position: int | None = None
    eta_s: float | None = None
    started_ms: int | None = None
    duration_s: float | None = None
    fault: Fault | None = None
    message: str | None = None
    detail: str | None = None
    inputs: Mapping[str, str] = {}
    by: CanceledBy | None = None


class _SetBody(Struct):
    output: str
    value: Raw


class _AppendBody(Struct):
    output: str
    text: Raw


class _PatchBody(Struct):
    output: str
    edits: list[RawEdit]


class _SnapshotBody(Struct):
    outputs: dict[str, Raw]
    props: dict[str, dict[str, Any]] = {}


class _SnapshotFacts(Struct):
    started_ms: int | None = None
    progress: Progress | None = None


class _PropsBody(Struct):
    component: str
    changes: dict[str, Any]


_facts_decoder = json.Decoder(_SnapshotFacts)
_props_decoder = json.Decoder(_PropsBody)
_append_decoder = json.Decoder(_AppendBody)
_patch_decoder = json.Decoder(_PatchBody)
_set_decoder = json.Decoder(_SetBody)
_snapshot_decoder = json.Decoder(_SnapshotBody)


class Fold:
    """Applies events one after the other; the state can be read at any time."""

    def __init__(self) -> None:
        self.seq = 0
        self._values: dict[str, Value] = {}
        self._facts: dict[str, Any] = {"status": "queued"}
        self._props: dict[str, dict[str, Any]] = {}

    def apply(self, entry: Entry) -> None:
        """Apply one more event."""
        self.seq = entry.seq
        # Those that are frequent and may be large: their values are kept without being decoded.
        if entry.type == "set":
            body = _set_decoder.decode(b"{" + entry.body)
            self._value(body.output).set(body.value)
        elif entry.type == "append":
            added = _append_decoder.decode(b"{" + entry.body)
            self._value(added.output).append(added.text)
        elif entry.type == "patch":
            patch = _patch_decoder.decode(b"{" + entry.body)
            # Copied, so that a small value does not keep its whole event.
            edits = [(op, path, value.copy()) for op, path, value in patch.edits]
            self._value(patch.output).patch(edits, size=len(entry.body))
        elif entry.type == "snapshot":
            snapshot = _snapshot_decoder.decode(b"{" + entry.body)
            self._values = {name: Value(raw) for name, raw in snapshot.outputs.items()}
            self._props = snapshot.props
            self._facts |= {"status": "running", "position": None, "eta_s": None}
        elif entry.type == "props":
            changed = _props_decoder.decode(b"{" + entry.body)
            self._props.setdefault(changed.component, {}).update(changed.changes)
        else:
            self._apply_small(entry)

    @property
    def size(self) -> int:
        """How many bytes the values have, or more where edits have taken something away."""
        return sum(value.size for value in self._values.values())

    def measure(self) -> None:
        """Let `size` be exact."""
        for value in self._values.values():
            value.measure()

    def pieces(self) -> Iterator[bytes]:
        """Yield all values as JSON in pieces, one after the other."""
        for value in self._values.values():
            yield from value.pieces()

    def outputs(self) -> dict[str, Raw]:
        """Return each output's value as JSON."""
        return {name: value.json() for name, value in self._values.items()}

    def props(self) -> dict[str, dict[str, Any]]:
        """Return the properties that the function has changed, by component."""
        return {name: dict(changes) for name, changes in self._props.items()}

    def snapshot_body(self) -> bytes:
        """Return the body of a snapshot of this state, without the number of events that were skipped."""
        parts = [b'"outputs":{']
        for name, value in self._values.items():
            parts += (b"" if len(parts) == 1 else b",", json.encode(name), b":", *value.pieces())
        changed = b',"props":%s' % json.encode(self._props) if self._props else b""
        # One copy of what may be large, for which Python gives up its lock.
        return b"".join((*parts, b"}", changed, b"}"))

    def state(self) -> RunState:
        """Return the state after all events so far."""
        return RunState(seq=self.seq, outputs=self.outputs(), props=self.props(), **self._facts)

    @property
    def is_compact(self) -> bool:
        """Whether no value is kept in another form than JSON."""
        return all(value.is_compact for value in self._values.values())

    def compact(self) -> None:
        """Keep each value once: what follows are reads."""
        for value in self._values.values():
            value.compact()

    def facts(self) -> bytes:
        """Return as JSON what a snapshot leaves out of this state."""
        return json.encode(
            _SnapshotFacts(started_ms=self._facts.get("started_ms"), progress=self._facts.get("progress"))
        )

    @classmethod
    def of_snapshot(cls, entry: Entry, facts: bytes) -> "Fold":
        """Return the fold whose snapshot and facts these are. Raises msgspec.DecodeError."""
        folding = cls()
        folding.apply(entry)
        read = _facts_decoder.decode(facts)
        folding._facts |= {name: value for name, value in asdict(read).items() if value is not None}
        return folding

    def copy(self) -> "Fold":
        """Return an independent fold in the same state."""
        twin = Fold()
        twin.seq = self.seq
        twin._values = {name: value.copy() for name, value in self._values.items()}
        twin._facts = dict(self._facts)
        twin._props = self.props()
        return twin

    def _apply_small(self, entry: Entry) -> None:
        event = codec.event(entry)
        match event:
            case StreamBegun():
                stream = {"mime": event.mime, "timescale": event.timescale, "segments": []}
                self._value(event.output).set(Raw(json.encode(stream)))
            case SegmentAdded():
                segment = [event.start_s, event.duration_s, list(event.peaks)]
                edit: RawEdit = ("insert", ["segments", event.index], Raw(json.encode(segment)))
                self._value(event.output).patch([edit], size=len(entry.body))
            case Progress():
                self._facts["progress"] = event
            case Starting():
                self._enter(entry.type)
            case Running():
                self._enter(entry.type, started_ms=entry.at_ms)
            case Queued() | Succeeded() | Failed() | Canceled():
                self._enter(entry.type, **asdict(event))
            case Log() | Set() | Append() | Patch() | Snapshot() | Props():
                pass
            case _:
                assert_never(event)

    def _value(self, output: str) -> Value:
        """Return the value to change; a change of an output implies that its run is running."""
        if self._facts["status"] != "running":
            self._enter("running")
        return self._values.setdefault(output, Value())

    def _enter(self, status: str, **facts: Any) -> None:
        self._facts |= {"status": status, "position": None, "eta_s": None, **facts}


def later_props(props: dict[str, dict[str, Any]], entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """Return properties as further events change them."""
    for entry in entries:
        if entry.type == "snapshot":
            props = _snapshot_decoder.decode(b"{" + entry.body).props
        elif entry.type == "props":
            changed = _props_decoder.decode(b"{" + entry.body)
            props.setdefault(changed.component, {}).update(changed.changes)
    return props


def fold(records: Iterable[Record]) -> RunState:
    """Return the state after these events, numbered from 1."""
    folding = Fold()
    for seq, record in enumerate(records, 1):
        folding.apply(Entry(seq, record.type, record.output, record.body))
    return folding.state()
