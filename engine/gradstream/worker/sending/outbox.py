"""What runs tell, on its way to the channel: gathered while somebody writes, and written in one go.

    generator -> RunOutbox.put | append | blob | part | end -> pending --Outbox.flush--> frames -> Channel

Threads: whoever gets the lock writes for all who came meanwhile (flat combining). Tasks: one write at each
turn of the loop, for all runs. The first event of a run never waits, nor does any other but the growing of
texts: while the last write is less than `MERGE_S` ago it is held, and merged with its like; a timer sends
what is left.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Iterator
from hashlib import blake2b

from msgspec import Struct

from gradstream.components.types import UnusableYield
from gradstream.events.types import Append, Record
from gradstream.ipc.framing import pack_parts
from gradstream.ipc.protocol import MAX_FRAME_BYTES, Blob, Ended, Events, StreamPart
from gradstream.worker.sending.channel import Channel
from gradstream.worker.sending.flow_control import Gate
from gradstream.worker.sending.records import record

MERGE_S = 0.005
"""Texts that grow are told 200 times a second: more than a screen shows, and a fraction of the bytes."""

MERGED_LENGTH = 2**16
"""Characters at which a merged text is long enough; what is longer by itself is not merged at all."""

LARGE_BYTES = 2**14
"""An event of this size is written at once: to gather it saves nothing, and would count credit late."""

KEPT_BLOB_BYTES = 128 * 2**20
"""A big value that comes again after so many bytes is sent again: the server keeps twice as many and may have
dropped it when nothing showed it any more."""

MAX_BLOB_BYTES = MAX_FRAME_BYTES - 2**10
"""The rest of a frame is for what goes with a value: run, digest and type."""

FRAME_RECORDS_BYTES = MAX_FRAME_BYTES // 4
"""After so many bytes of records another frame begins; a single record has at most as many."""

WATCH_S = 0.005
"""When a generator does not give way to the loop for so long, what waits for a turn is written anyway."""


class Outbox:
    """One process's. `turns` counts the loop's turns that wrote, so that tasks can tell if one went by."""

    def __init__(self, channel: Channel, loop: asyncio.AbstractEventLoop) -> None:
        self.channel = channel
        self.turns = 0
        self._loop = loop
        self._loop_thread = threading.get_ident()
        self._ready: deque[RunOutbox] = deque()
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._is_watched = False
        self._turns_watched = 0

    def flush(self) -> None:
        """Write what is ready, unless somebody does it already."""
        while self._ready and self._lock.acquire(blocking=False):
            try:
                parts: list[bytes] = []
                for _ in range(len(self._ready)):
                    self._ready.popleft().take(parts)
                self.channel.write(b"".join(parts))
            finally:
                self._lock.release()

    def ready(self, run: "RunOutbox", *, may_wait: bool) -> None:
        """Write a run's records now, or at the loop's next turn if they may wait."""
        self._ready.append(run)
        if not may_wait or threading.get_ident() != self._loop_thread:
            self.flush()
        elif self._asked_at is None:
            self._asked_at = time.monotonic()
            self._loop.call_soon(self._take_turn)
            if not self._is_watched:
                self._watch_later()

    def _take_turn(self) -> None:
        self._asked_at = None
        self.turns += 1
        self.flush()

    def _watch_later(self) -> None:
        self._is_watched = True
        self.channel.call_at(time.monotonic() + WATCH_S, self._watch)

    def _watch(self) -> None:
        """See to it, in the channel's thread, that nothing waits for long; until tasks tell nothing more."""
        asked_at = self._asked_at
        if asked_at is not None and time.monotonic() - asked_at >= WATCH_S:
            self.flush()
        is_idle = asked_at is None and self.turns == self._turns_watched
        self._turns_watched = self.turns
        self._is_watched = False
        # Looked at again, because somebody may have asked just before it was said that nobody watches.
        if not is_idle or self._asked_at is not None:
            self._watch_later()


class _Growth(Struct):
    """Pieces of text for one output, not yet a record, and how many characters they have."""

    output: str
    pieces: list[str]
    length: int

    def record(self) -> Record:
        """Return the pieces as one event."""
        return record(Append(output=self.output, text="".join(self.pieces)))


_Pending = Record | _Growth | Blob | StreamPart | Ended


class RunOutbox:
    """One run's events, in the order in which they were put, from any thread."""

    def __init__(self, run: str, *, outbox: Outbox, gate: Gate, in_loop: bool) -> None:
        self._run = run
        self._outbox = outbox
        self._gate = gate
        self._in_loop = in_loop
        self._lock = threading.Lock()
        self._pending: list[_Pending] = []
        self._queued = False
        self._timed = False
        self._written_at = 0.0
        # The run's first write does not wait for the loop's turn, nor does any of a run in a thread.
        self._may_wait = False
        self._sent: dict[str, int] = {}
        self._sent_bytes = 0

    def put(self, event: Record) -> None:
        """Tell one event."""
        is_small = len(event.body) < LARGE_BYTES
        with self._lock:
            self._pending.append(event)
            if self._queued and is_small:
                return
            self._queued = True
        self._outbox.ready(self, may_wait=self._may_wait and is_small)

    def append(self, output: str, text: str) -> None:
        """Tell that an output's text has grown, merged with what else it grew lately."""
        if len(text) > MERGED_LENGTH:
            self.put(record(Append(output=output, text=text)))
            return
        with self._lock:
            last = self._pending[-1] if self._pending else None
            if type(last) is _Growth and last.output == output and last.length < MERGED_LENGTH:
                last.pieces.append(text)
                last.length += len(text)
            else:
                self._pending.append(_Growth(output, [text], len(text)))
            if self._queued or self._must_wait():
                return
            self._queued = True
        self._outbox.ready(self, may_wait=self._may_wait)

    def blob(self, data: bytes, mime: str) -> str:
        """Send bytes ahead of the event that refers to them, once, and return their digest.

        Raises UnusableYield when they are too many: whoever writes them may be another run.
        """
        if len(data) > MAX_BLOB_BYTES:
            found, most = len(data) / 1e6, MAX_BLOB_BYTES / 1e6
            raise UnusableYield(f"a value of {found:.0f} MB; one has at most {most:.0f} MB")
        digest = blake2b(data, digest_size=20).hexdigest()
        with self._lock:
            if digest not in self._sent:
                self._pending.append(Blob(run=self._run, digest=digest, mime=mime, data=data))
                self._remember(digest, len(data))
        return digest

    def part(self, part: StreamPart) -> None:
        """Send a piece of a stream ahead of the event that tells of it."""
        with self._lock:
            self._pending.append(part)

    def end(self, ended: Ended) -> None:
        """Tell, as the last thing, how the run ended."""
        with self._lock:
            self._pending.append(ended)
            self._queued = True
        self._outbox.ready(self, may_wait=False)

    def take(self, parts: list[bytes]) -> None:
        """Add all that is pending to the parts of a write, and count its bytes against the run's credit."""
        with self._lock:
            self._queued = False
            self._written_at = time.monotonic()
            self._may_wait = self._in_loop
            pending, self._pending = self._pending, []
        size = 0
        for message in self._messages(pending):
            header, payload = pack_parts(message)
            parts += header, payload
            size += len(payload)
        self._gate.spend(size)

    def _remember(self, digest: str, size: int) -> None:
        self._sent[digest] = size
        self._sent_bytes += size
        while self._sent_bytes > KEPT_BLOB_BYTES:
            oldest = next(iter(self._sent))
            self._sent_bytes -= self._sent.pop(oldest)

    def _must_wait(self) -> bool:
        """Tell whether the last write is too short ago; then see to it that what waits is sent."""
        due = self._written_at + MERGE_S
        if time.monotonic() >= due:
            return False
        if not self._timed:
            self._timed = True
            self._outbox.channel.call_at(due, self._send_due)
        return True

    def _send_due(self) -> None:
        with self._lock:
            self._timed = False
            if self._queued or not self._pending or self._must_wait():
                return
            self._queued = True
        self._outbox.ready(self, may_wait=False)

    def _messages(self, pending: list[_Pending]) -> Iterator[Events | Blob | StreamPart | Ended]:
        """Put records that follow one another into one message, as long as its frame is not too long."""
        records: list[Record] = []
        size = 0
        for one in pending:
            message = one.record() if isinstance(one, _Growth) else one
            if records and (not isinstance(message, Record) or size > FRAME_RECORDS_BYTES):
                yield Events(self._run, tuple(records))
                records, size = [], 0
            if isinstance(message, Record):
                records.append(message)
                size += len(message.body)
            else:
                yield message
        if records:
            yield Events(self._run, tuple(records))
