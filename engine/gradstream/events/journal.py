"""A run's events in order: everything else about a run follows from them.

    append -> entries numbered from 1 -> every feed is woken once
                 |
                 +-- over the bound: the oldest are folded into a base, which replaces them

A step, the events of one yield, is appended as a whole: what has come of one that goes on waits for its last
event, without a number, and is dropped if the run ends first. So every reader, snapshot and state ends with a
whole step.

Bound: `max_events` and `max_bytes` (bodies), whichever is reached first. Policy: fold the oldest eighth, so
that the cost of trimming is spread over the events it makes room for. The newest step is always kept.

A snapshot of large values is made in a thread, once for all readers that wait for it, and so is the state for
all who ask. The thread has the events, which never change, and the base, which is lent to it. Until those
readers have the snapshot, nothing is trimmed, so that it fits what follows; at twice the bound the event loop
waits for the thread.
"""

import asyncio
import logging
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Any, TypeVar

from msgspec import Raw, Struct

from gradstream.events import codec
from gradstream.events.fold import Fold, RunState, later_props
from gradstream.events.held_states import HeldStates
from gradstream.events.loan import Apart, Loan, Result
from gradstream.events.types import TERMINAL, AnyEvent, Entry, Event, Record
from gradstream.limits import Limits

log = logging.getLogger(__name__)

Found = TypeVar("Found")

MAX_EVENTS = 20_000
"""A page replays them in an instant; a generator at full speed makes them in a tenth of a second."""

MAX_BYTES = 16 * 2**20
"""Of bodies. With the entries' own weight some 20 MiB for a run at its bound."""

KEPT_SHARE = 7 / 8

ENTRY_BYTES = 256
"""What an entry weighs beside its body."""

SMALL_BYTES = 2**17
"""Folded and written as JSON in a millisecond: a thread would cost more."""

PUT_OFF = 2
"""How many times its bound a journal may reach before the event loop waits for a thread."""


class Recorded(Struct, frozen=True, kw_only=True, eq=False):
    """What a journal keeps: the fold of the events that were trimmed, None if none were, and all others."""

    base: Fold | None
    base_at_ms: int
    entries: tuple[Entry, ...]


class Journal:
    """Append-only; readers are `events.feed.Feed`s.

    `seq` is the last event's number, 0 when there is none. `base_seq` is the last one that was folded,
    `base_at_ms` its time; the events after it are kept, `size` bytes of bodies. Once `is_over`, nothing
    follows. `apart` does work in a thread; without it all is done at once.
    """

    def __init__(
        self,
        *,
        max_events: int = MAX_EVENTS,
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
        apart: Apart | None = None,
        held_states: int = Limits().held_states,
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
        """The fold of all events that were there when the state was asked for last."""
        self._held = HeldStates(held_states)
        self._state: RunState | None = None
        """The state that was made last, while it is that of all events."""
        self._asked: list[tuple[int, asyncio.Future[RunState]]] = []
        """Who waits for the state, and after which event."""
        self._wakes: set[Callable[[], None]] = set()
        self._near_end = self._at_base = 0, b""
        """The snapshots that were made last, with their numbers; one of them is kept."""
        self._loan = None if apart is None else Loan(apart)
        self._is_awaited = False
        """Whether readers that wait for a snapshot may not have it yet, although it is made."""

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
        self._state = None
        self.is_over = bool(records) and records[-1].type in TERMINAL
        if self.size > self._max_bytes or seq - self.base_seq > self._max_events:
            self._make_room()
        self._wake_all()

    @property
    def kept(self) -> int:
        """How many bytes cannot be made again: events, those of an open step, and values that were folded."""
        kept = self.size + ENTRY_BYTES * len(self._entries)
        # Asked after each append, and most runs have none of these.
        if self._open:
            kept += sum(len(record.body) for record in self._open)
        if self.base_seq:
            kept += self._base.size
        return kept

    @property
    def memory(self) -> int:
        """How many bytes there are, with what was made for readers."""
        copies = len(self._near_end[1]) + len(self._at_base[1])
        if self._state is not None:
            copies += sum(len(memoryview(value)) for value in self._state.outputs.values())
        copies = max(copies, self._held.size)
        return self.kept + copies + (0 if self._head is None else self._head.size)

    def is_larger(self, most: int) -> bool:
        """Return whether more is kept than so many bytes, exactly if it is near them."""
        if self.kept <= most:
            return False
        self._take_back()
        self._base.measure()
        put_off = max(0, self.size - self._max_bytes) if self._is_awaited else 0
        return self.kept - put_off > most

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

    def snapshot(self, *, after: int, replayed: int, backlog_bytes: int) -> tuple[int, bytes] | None:
        """Return a snapshot that takes a reader of this position near the end: its number, and its body.

        One is made for all readers that fall behind, as long as it is near enough to the end. None while it
        is being made: all readers are woken when it is there.
        """
        if not self._is_near_end(after, replayed, backlog_bytes):
            # The terminal event is sent as itself, after a snapshot of everything before it.
            seq = self.seq - 1 if self.is_over else self.seq
            entries = self._entries[: seq - self.base_seq]
            self._make(partial(_body_after, self._base, entries), partial(self._keep_near_end, seq))
            if not self._is_near_end(after, replayed, backlog_bytes):
                return None
        return self._near_end

    def snapshot_at_base(self) -> tuple[int, bytes] | None:
        """Return the snapshot of all events that were trimmed: its number, and its body; None as above."""
        if self._at_base[0] != self.base_seq:
            self._make(self._base.snapshot_body, partial(self._keep_at_base, self.base_seq))
        return self._at_base if self._at_base[0] == self.base_seq else None

    def outputs_at_base(self) -> dict[str, Raw]:
        """Return each output's value after the events that were trimmed."""
        self._take_back()
        return self._base.outputs()

    def end(self) -> AnyEvent | None:
        """Return the terminal event, once there is one."""
        return codec.event(self._entries[-1]) if self.is_over else None

    def props(self) -> dict[str, dict[str, Any]]:
        """Return the properties that the function has changed so far, by component, without any values."""
        return later_props(self._base.props(), self._entries)

    def state(self) -> RunState:
        """Return the state after all events so far, made at once."""
        self._take_back()
        self._head, state = self._read_head(Fold.state)()
        return state

    def state_soon(self) -> "asyncio.Future[RunState]":
        """Return the state after all events so far, and maybe some more; a large one is made in a thread.

        Where as many large ones are being read as may be, of a run that goes on, it is the newest of these.
        """
        answer: asyncio.Future[RunState] = asyncio.get_running_loop().create_future()
        if self._state is not None and self._state.seq == self.seq:
            # All who read it share its values, however long they take.
            answer.set_result(self._state)
        elif not self.is_over and (held := self._held.newest()) is not None:
            answer.set_result(held)
        else:
            self._asked.append((self.seq, answer))
            self._make_states()
        return answer

    def find_soon(
        self, find: Callable[[Iterable[bytes]], Found], use: Callable[[Found, Iterable[bytes]], None]
    ) -> None:
        """Let `find` look through the JSON of all values, in a thread if they are large.

        `use` gets what it found, and the bodies that came meanwhile. Does nothing while a thread has other
        work: it is to be called again.
        """
        if not self._is_lent:
            seq = self.seq
            self._make(
                self._read_head(lambda head: find(head.pieces())),
                partial(self._keep_head, lambda found: use(found, self._bodies_after(seq))),
            )

    def recorded(self) -> Recorded:
        """Return all that is kept of the events, of a journal that is over."""
        self._take_back()
        base = self._base.copy() if self.base_seq else None
        return Recorded(base=base, base_at_ms=self.base_at_ms, entries=tuple(self._entries))

    def restore(self, recorded: Recorded) -> None:
        """Fill an empty journal with what another one had recorded."""
        if recorded.base is not None:
            self._base, self.base_at_ms = recorded.base, recorded.base_at_ms
            self.seq = self.base_seq = recorded.base.seq
        self._entries = list(recorded.entries)
        self._ends = list(accumulate(len(entry.body) for entry in self._entries))
        self._total = self.size = self._ends[-1]
        self.seq += len(self._entries)
        self.is_over = self._entries[-1].type in TERMINAL

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` after each append; the returned function ends that. `wake` must not call back."""
        self._wakes.add(wake)

        def leave() -> None:
            self._wakes.discard(wake)
            if not self._wakes:
                self._drop_copies()

        return leave

    @property
    def _is_lent(self) -> bool:
        return self._loan is not None and self._loan.is_out

    def _read_head(self, read: Callable[[Fold], Result]) -> Callable[[], tuple[Fold, Result]]:
        """Return work that brings the head up to date and reads from it; its result is for `_keep_head`."""
        head, self._head = self._head, None
        entries = self.entries(after=self.base_seq if head is None else head.seq)
        return partial(_advance, self._base, head, entries, read)

    def _keep_head(self, use: Callable[[Result], None], made: tuple[Fold, Result]) -> None:
        self._head, result = made
        use(result)

    def _make_states(self) -> None:
        """Make the state for all who have asked, unless a thread is at work."""
        self._asked = [(seq, answer) for seq, answer in self._asked if not answer.done()]
        if not self._asked or self._is_lent:
            return
        try:
            self._make(self._read_head(Fold.state), partial(self._keep_head, self._answer_asked))
        except Exception as error:  # noqa: BLE001 (whatever it is, those who have asked get it)
            for _, answer in self._asked:
                answer.set_exception(error)

    def _answer_asked(self, state: RunState) -> None:
        state = self._state = self._held.note(state)
        for seq, answer in self._asked:
            if seq <= state.seq and not answer.done():
                answer.set_result(state)

    def _bodies_after(self, seq: int) -> Iterator[bytes]:
        """Yield the bodies of events with greater numbers, and of those that wait for their step's end."""
        for entry in self.entries(after=seq):
            yield entry.body
        for record in self._open:
            yield record.body

    def _drop_copies(self, *, with_head: bool = True) -> None:
        """Drop what was made for readers and can be made again."""
        self._near_end = self._at_base = 0, b""
        if self.is_over:
            if with_head:
                self._head = self._state = None
            if not self._base.is_compact:
                self._make(self._base.compact, _use_nothing)

    def _is_near_end(self, after: int, replayed: int, backlog_bytes: int) -> bool:
        """Return whether the last snapshot is one for such a reader."""
        seq, _ = self._near_end
        if seq <= after or seq < self.base_seq:
            return False
        return self._is_awaited or self.size_after(max(seq + 1, replayed)) <= backlog_bytes

    def _keep_near_end(self, seq: int, body: bytes) -> None:
        self._near_end, self._at_base = (seq, body), (0, b"")

    def _keep_at_base(self, seq: int, body: bytes) -> None:
        self._at_base, self._near_end = (seq, body), (0, b"")

    def _make(self, work: Callable[[], Result], use: Callable[[Result], None]) -> None:
        """Do work with the base and events, in a thread if they are large; `use` gets what it made."""
        if self._loan is None:
            use(work())
        elif self._loan.is_out:
            # Who waits for other work asks again.
            return
        elif self._base.size + self.size <= SMALL_BYTES:
            use(work())
        else:
            self._loan.begin(work, use, back=self._note_back)

    def _take_back(self) -> None:
        """Return once no thread has the base."""
        if self._loan is not None:
            self._loan.take_back()

    def _note_back(self) -> None:
        """Let the readers that waited have what was made, and trim after that."""
        if not self._wakes:
            self._drop_copies(with_head=False)
        self._is_awaited = True
        self._wake_all()
        # The tasks of these readers go on first: they are woken in this order.
        asyncio.get_running_loop().call_soon(self._note_served)

    def _note_served(self) -> None:
        self._is_awaited = False
        if self._is_over_bound(1) and not self._is_lent:
            self._trim()
        self._make_states()

    def _is_over_bound(self, times: int) -> bool:
        events = self.seq - self.base_seq
        return self.size > times * self._max_bytes or events > times * self._max_events

    def _make_room(self) -> None:
        """Trim, unless a thread has the base or readers wait for what it made."""
        if self._loan is not None and (self._loan.is_out or self._is_awaited):
            if self._is_over_bound(PUT_OFF):
                self._loan.take_back()
        else:
            self._trim()

    def _wake_all(self) -> None:
        for wake in self._wakes:
            try:
                wake()
            except Exception:
                log.exception("a reader could not be woken; the others were")

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


def _advance(
    base: Fold, head: Fold | None, entries: Sequence[Entry], read: Callable[[Fold], Result]
) -> tuple[Fold, Result]:
    """Return the fold of these events over a head, or a copy of the base, and what is read from it."""
    folding = base.copy() if head is None else head
    for entry in entries:
        folding.apply(entry)
    if entries and entries[-1].type in TERMINAL:
        folding.compact()
    return folding, read(folding)


def _body_after(base: Fold, entries: Sequence[Entry]) -> bytes:
    """Return the body of a snapshot of a base and what follows it."""
    folding = base.copy()
    for entry in entries:
        folding.apply(entry)
    return folding.snapshot_body()


def _use_nothing(_: None) -> None:
    """Use nothing: the work changed what it was given."""


def _length_without_open_step(records: Sequence[Record], length: int) -> int:
    """Return how many of the first `length` records there are before a step without an end."""
    while length and records[length - 1].more:
        length -= 1
    return length
