"""A run's events in order: everything else about a run follows from them.

    append -> entries numbered from 1 -> every feed is woken once
                 |
                 +-- over the bound: the oldest are folded into a base, which replaces them

A step, the events of one yield, is appended as a whole: what has come of one that goes on waits for its last
event, without a number, and is dropped if the run ends first. So every reader, snapshot and state ends with a
whole step.

Bound: `max_events` and `max_bytes` (bodies), whichever is reached first. Policy: fold the oldest eighth, so
that the cost of trimming is spread over the events it makes room for. The newest step is always kept.
"""

import logging
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Raw, json

from gradstream.events import codec
from gradstream.events.fold import Fold, RunState
from gradstream.events.types import TERMINAL, Entry, Event, Record

log = logging.getLogger(__name__)

MAX_EVENTS = 20_000
"""A page replays them in an instant; a generator at full speed makes them in a tenth of a second."""

MAX_BYTES = 16 * 2**20
"""Of bodies. With the entries' own weight some 20 MiB for a run at its bound."""

KEPT_SHARE = 7 / 8

ENTRY_BYTES = 256
"""What an entry weighs beside its body."""


class Journal:
    """Append-only; readers are `events.feed.Feed`s.

    `seq` is the last event's number, 0 when there is none. `base_seq` is the last one that was folded,
    `base_at_ms` its time; the events after it are kept, `size` bytes of bodies. Once `is_over`, nothing
    follows.
    """

    def __init__(
        self,
        *,
        max_events: int = MAX_EVENTS,
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seq = 0
        self.base_seq = 0
        self.base_at_ms = 0
        self.size = 0
        self.is_over = False
        self._max_events = max_events
        self._max_bytes = max_bytes
        self._clock = clock
        self._created_s = clock()
        self._entries: list[Entry] = []
        self._open: list[Record] = []
        """What has come of a step that goes on."""
        self._ends: list[int] = []
        """The sum of all bodies up to each entry's end, so that a range is measured by subtraction."""
        self._total = 0
        self._base = Fold()
        self._head: Fold | None = None
        self._wakes: set[Callable[[], None]] = set()
        self._near_end = self._at_base = 0, b""
        """The snapshots that were made last, with their numbers."""

    def append(self, records: Sequence[Record]) -> None:
        """Append these records with the next numbers and the present time, and wake each feed once.

        Those of a step that goes on wait for its last event.
        """
        if self._open or (records and records[-1].more):
            records = self._close_steps(records)
            if not records:
                return
        seq, total = self.seq, self._total
        at_ms = int((self._clock() - self._created_s) * 1000)
        for record in records:
            seq += 1
            total += len(record.body)
            self._entries.append(Entry(seq, record.type, record.output, record.body, at_ms, record.more))
            self._ends.append(total)
        self.size += total - self._total
        self.seq, self._total = seq, total
        self.is_over = bool(records) and records[-1].type in TERMINAL
        if self.size > self._max_bytes or seq - self.base_seq > self._max_events:
            self._trim()
        for wake in self._wakes:
            try:
                wake()
            except Exception:
                log.exception("a reader could not be woken; the others were")

    @property
    def memory(self) -> int:
        """How many bytes are kept: events, those of a step that goes on, and values that were folded."""
        memory = self.size + ENTRY_BYTES * len(self._entries)
        memory += len(self._near_end[1]) + len(self._at_base[1])
        # Asked after each append, and most runs have none of these.
        if self._open:
            memory += sum(len(record.body) for record in self._open)
        if self.base_seq:
            memory += self._base.size
        if self._head is not None:
            memory += self._head.size
        return memory

    def is_larger(self, most: int) -> bool:
        """Return whether more is kept than so many bytes, exactly if it is near them."""
        if self.memory <= most:
            return False
        self._head = None
        self._near_end = self._at_base = 0, b""
        self._base.outputs()
        return self.memory > most

    def add(self, event: Event) -> None:
        """Append an event made in this process."""
        self.append((codec.record(event),))

    def entries(self, *, after: int, max_bytes: int | None = None) -> list[Entry]:
        """Return kept entries with greater numbers, up to a step's end: at most `max_bytes`, or one step."""
        if after == self.seq - 1:
            # The common case: the one new event ends a step.
            return self._entries[-1:]
        start = max(0, after - self.base_seq)
        if max_bytes is None or self.size_after(after) <= max_bytes:
            return self._entries[start:]
        stop = self._step_start(bisect_right(self._ends, self._start(start) + max_bytes, start))
        return self._entries[start : stop if stop > start else self._step_end(start)]

    def size_after(self, seq: int) -> int:
        """Return the bytes of the kept bodies with greater numbers."""
        if seq >= self.seq:
            return 0
        return self._total - self._start(max(0, seq - self.base_seq))

    def at_ms(self, seq: int) -> int:
        """Return when the event with this number was appended; for a trimmed one, the time of the base."""
        return self.base_at_ms if seq <= self.base_seq else self._entries[seq - self.base_seq - 1].at_ms

    def snapshot(self, *, after: int, replayed: int, backlog_bytes: int) -> tuple[int, bytes]:
        """Return a snapshot that takes a reader of this position near the end: its number, and its body.

        One is made for all readers that fall behind, as long as it is near enough to the end.
        """
        seq, body = self._near_end
        too_old = seq <= after or seq < self.base_seq
        if too_old or self.size_after(max(seq + 1, replayed)) > backlog_bytes:
            # The terminal event is sent as itself, after a snapshot of everything before it.
            seq = self.seq - 1 if self.is_over else self.seq
            state = self.state()
            body = _snapshot_body(state.outputs, state.props)
            self._near_end = seq, body
        return seq, body

    def snapshot_at_base(self) -> tuple[int, bytes]:
        """Return the snapshot of all events that were trimmed: its number, and its body."""
        if self._at_base[0] != self.base_seq:
            self._at_base = self.base_seq, _snapshot_body(self._base.outputs(), self._base.props())
        return self._at_base

    def outputs_at_base(self) -> dict[str, Raw]:
        """Return each output's value after the events that were trimmed."""
        return self._base.outputs()

    def state(self) -> RunState:
        """Return the state after all events so far."""
        if self._head is None:
            self._head = self._base.copy()
        for entry in self.entries(after=self._head.seq):
            self._head.apply(entry)
        if self.is_over:
            self._head.compact()
        return self._head.state()

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` after each append; the returned function ends that. `wake` must not call back."""
        self._wakes.add(wake)

        def leave() -> None:
            self._wakes.discard(wake)
            if not self._wakes:
                self._drop_copies()

        return leave

    def _drop_copies(self) -> None:
        """Drop what was made for readers and can be made again."""
        self._near_end = self._at_base = 0, b""
        if self.is_over:
            self._head = None
            self._base.compact()

    def _close_steps(self, records: Sequence[Record]) -> Sequence[Record]:
        """Return what makes whole steps, and keep the rest; a run's end takes the place of an open step."""
        waiting = [*self._open, *records]
        end = _length_without_open_step(waiting, len(waiting))
        whole, self._open = waiting[:end], waiting[end:]
        if whole and whole[-1].type in TERMINAL:
            del whole[_length_without_open_step(whole, end - 1) : -1]
        return whole

    def _step_start(self, index: int) -> int:
        """Return the greatest index up to this one at which a step starts."""
        while index > 0 and self._entries[index - 1].more:
            index -= 1
        return index

    def _step_end(self, index: int) -> int:
        """Return the index after the step that the entry at `index` belongs to."""
        while self._entries[index].more:
            index += 1
        return index + 1

    def _start(self, index: int) -> int:
        """Return the sum of all bodies before the entry at `index`."""
        return self._ends[index] - len(self._entries[index].body)

    def _trim(self) -> None:
        keep_events, keep_bytes = self._max_events * KEPT_SHARE, self._max_bytes * KEPT_SHARE
        count = 0
        while len(self._entries) - count > keep_events or self.size > keep_bytes:
            end = self._step_end(count)
            if end == len(self._entries):
                break
            for entry in self._entries[count:end]:
                self._base.apply(entry)
                self.size -= len(entry.body)
            count = end
        if count:
            self.base_at_ms = self._entries[count - 1].at_ms
        del self._entries[:count]
        del self._ends[:count]
        self.base_seq += count
        if self._head is not None and self._head.seq < self.base_seq:
            self._head = None


def _snapshot_body(outputs: Mapping[str, Raw], props: Mapping[str, Mapping[str, Any]]) -> bytes:
    changed = b',"props":%s' % json.encode(props) if props else b""
    return b'"outputs":%s%s}' % (json.encode(outputs), changed)


def _length_without_open_step(records: Sequence[Record], length: int) -> int:
    """Return how many of the first `length` records there are before a step without an end."""
    while length and records[length - 1].more:
        length -= 1
    return length
