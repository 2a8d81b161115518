"""Gathers the messages of all runs while another thread writes, and writes them at once.

    generator -> RunOutbox: send, send_step, grow, send_blob, send_part, end
                                          pending --Outbox.flush--> Channel

Threads: the one that gets the lock writes for all others (flat combining). Tasks: one write at each turn of
the loop, for all runs. The first event of a run never waits. Of all others only what adds to a value may
wait (`growth.py`): within `MERGE_S` after a write it is held and merged, until a timer sends it.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from gradstream.components.types import UnusableYieldError
from gradstream.events.types import Record
from gradstream.ipc.framing import pack_parts
from gradstream.ipc.protocol import MAX_FRAME_BYTES, Blob, Ended, Events, StreamPart
from gradstream.worker.sending.channel import Channel
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.growth import MERGED_LENGTH, Growing, GrowingEdits, GrowingText
from gradstream.worker.sending.records import check_size

MERGE_S = 0.005
"""What grows is sent 200 times a second: more than a screen shows, in a fraction of the bytes."""

LARGE_BYTES = 2**14
"""An event of this size is written at once: gathering saves nothing, and its bytes must count as spent."""

KEPT_BLOB_BYTES = 128 * 2**20
"""A big value that is yielded again after so many bytes is sent again: the server keeps twice as many and may
have dropped it once no output showed it."""

FRAME_RECORDS_BYTES = MAX_FRAME_BYTES // 4
"""After so many bytes of records another frame starts; a single record has at most twice as many."""

WATCH_S = 0.005
"""When a task blocks the loop for so long, the channel's thread writes what waits for the next turn."""


class Outbox:
    """One process's. `turns` counts the turns of the loop that wrote, so that tasks notice them."""

    def __init__(self, channel: Channel, loop: asyncio.AbstractEventLoop) -> None:
        self.channel = channel
        self.turns = 0
        self._loop = loop
        self._loop_thread = threading.get_ident()
        self._ready: deque[RunOutbox] = deque()
        self._lock = threading.Lock()
        self._requested_at: float | None = None
        self._is_watched = False
        self._turns_watched = 0

    def flush(self) -> None:
        """Write what is ready, unless another thread is writing it."""
        # A loop, because a run may get ready after the writer has looked and before it releases the lock: its
        # own flush found the lock taken, so this thread has to look again.
        while self._ready and self._lock.acquire(blocking=False):
            try:
                self._write_ready()
            finally:
                self._lock.release()

    def settle(self) -> None:
        """Write all that is ready; another thread that is writing has finished when this returns."""
        with self._lock:
            self._write_ready()

    def add_ready(self, run: "RunOutbox", *, may_wait: bool) -> None:
        """Write a run's messages now or, if they may wait, at the next turn of the loop."""
        self._ready.append(run)
        if not may_wait or threading.get_ident() != self._loop_thread:
            self.flush()
        elif self._requested_at is None:
            self._requested_at = time.monotonic()
            self._loop.call_soon(self._take_turn)
            if not self._is_watched:
                self._watch_later()

    def _write_ready(self) -> None:
        parts: list[bytes] = []
        for _ in range(len(self._ready)):
            self._ready.popleft().drain_to(parts)
        self.channel.write(b"".join(parts))

    def _take_turn(self) -> None:
        self._requested_at = None
        self.turns += 1
        self.flush()

    def _watch_later(self) -> None:
        self._is_watched = True
        self.channel.call_at(time.monotonic() + WATCH_S, self._watch)

    def _watch(self) -> None:
        """Write, in the channel's thread, what a blocked loop does not; repeated until tasks are idle."""
        requested_at = self._requested_at
        if requested_at is not None and time.monotonic() - requested_at >= WATCH_S:
            self.flush()
        is_idle = requested_at is None and self.turns == self._turns_watched
        self._turns_watched = self.turns
        self._is_watched = False
        # Read again: a turn requested just before `_is_watched` was cleared has started no watch.
        if not is_idle or self._requested_at is not None:
            self._watch_later()


_Pending = Record | Growing | Blob | StreamPart | Ended


class RunOutbox:
    """One run's messages, sent in the order of the calls, which may come from any thread.

    After `end` nothing is sent: the server ignores what follows a run's end.
    """

    def __init__(self, run: str, *, outbox: Outbox, flow: FlowControl, in_loop: bool) -> None:
        self._has_ended = False
        self._run = run
        self._outbox = outbox
        self._flow = flow
        self._in_loop = in_loop
        self._lock = threading.Lock()
        self._pending: list[_Pending] = []
        self._queued = False
        self._timed = False
        self._written_at = 0.0
        # False at first, so that the run's first write does not wait for a turn; always false in a thread.
        self._may_wait = False
        self._sent: dict[str, int] = {}
        self._sent_bytes = 0

    def check(self, event: Record) -> None:
        """Raise UnusableYieldError if an event is too large."""
        check_size(event, most_bytes=self._flow.limits.event_bytes)

    def send(self, event: Record) -> bool:
        """Send one event; return False if the run has ended."""
        is_small = len(event.body) < LARGE_BYTES
        with self._lock:
            if self._has_ended:
                return False
            self._pending.append(event)
            if self._queued and is_small:
                return True
            self._queued = True
        self._outbox.add_ready(self, may_wait=self._may_wait and is_small)
        return True

    def send_step(self, step: Sequence[Record]) -> None:
        """Send the events of one yield, with nothing between them.

        A step of short appended texts may wait like a text alone; it is not merged with others.
        """
        if len(step) == 1:
            self.send(step[0])
            return
        is_small = sum(len(event.body) for event in step) < LARGE_BYTES
        is_text = is_small and all(event.type == "append" for event in step)
        with self._lock:
            self._pending += step
            if (self._queued and is_small) or (is_text and self._must_wait()):
                return
            self._queued = True
        self._outbox.add_ready(self, may_wait=self._may_wait and is_small)

    def grow(self, growing: Growing) -> None:
        """Add to an output's value, merged with what was added to it and is still waiting."""
        if growing.length > MERGED_LENGTH:
            self.send(growing.record())
            return
        with self._lock:
            if not (self._pending and growing.continues(self._pending[-1])):
                self._pending.append(growing)
            if self._queued or self._must_wait():
                return
            self._queued = True
        self._outbox.add_ready(self, may_wait=self._may_wait)

    def send_blob(self, data: bytes, mime: str) -> str:
        """Send bytes ahead of the event that refers to them, once, and return their digest.

        Raises UnusableYieldError if there are too many: later, the thread of another run may write them.
        """
        most_bytes = self._flow.limits.value_bytes
        if len(data) > most_bytes:
            found, most = len(data) / 1e6, most_bytes / 1e6
            raise UnusableYieldError(f"a value of {found:.3g} MB; one has at most {most:.3g} MB")
        digest = blake2b(data, digest_size=20).hexdigest()
        with self._lock:
            if digest not in self._sent:
                self._pending.append(Blob(run=self._run, digest=digest, mime=mime, data=data))
                self._remember_blob(digest, len(data))
        return digest

    def send_part(self, part: StreamPart) -> None:
        """Send a part of a stream ahead of the event that announces it."""
        # Not queued yet: the event that follows makes the run ready.
        with self._lock:
            self._pending.append(part)

    def end(self, ended: Ended) -> None:
        """Send, as the last message, how the run ended."""
        with self._lock:
            self._pending.append(ended)
            self._has_ended = True
            self._queued = True
        self._outbox.add_ready(self, may_wait=False)

    def drain_to(self, parts: list[bytes]) -> None:
        """Move everything that is pending to the parts of a write, and count its bytes as credit spent."""
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
        self._flow.spend(size)

    def _remember_blob(self, digest: str, size: int) -> None:
        self._sent[digest] = size
        self._sent_bytes += size
        while self._sent_bytes > KEPT_BLOB_BYTES:
            oldest = next(iter(self._sent))
            self._sent_bytes -= self._sent.pop(oldest)

    def _must_wait(self) -> bool:
        """Return whether text must wait, because of a recent write; if so, set the timer that sends it."""
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
        self._outbox.add_ready(self, may_wait=False)

    def _messages(self, pending: list[_Pending]) -> Iterator[Events | Blob | StreamPart | Ended]:
        """Combine consecutive records to one message, up to the length of a frame."""
        records: list[Record] = []
        size = 0
        for one in pending:
            message = one.record() if isinstance(one, GrowingText | GrowingEdits) else one
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
