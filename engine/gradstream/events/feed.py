"""One reader of a journal: what has happened, then what happens.

    read() -> everything new, in order, once    [entry, entry, …]
    behind trimmed history                      [snapshot of it, entry, entry, …]
    further behind than the backlog bound       [snapshot of everything, and the end if there was one]
    while such a snapshot is being made         []; the journal wakes its readers when it is there

A read ends with a whole step. A feed that starts within a step has the rest of it first.

A feed holds no events of its own, so a reader that does not read costs nothing. Events that were in the
journal before the feed was opened are history to replay, not backlog; the bound is for a reader that cannot
keep up with new ones.
"""

from msgspec.structs import replace

from gradstream.events import codec
from gradstream.events.journal import Journal
from gradstream.events.types import PRINTED, Entry, Failed, Log

WRITE_BYTES = 2**20
"""A replay of a whole journal is written in batches of this size, each once the one before has been sent."""

BACKLOG_BYTES = 4 * 2**20
"""At 50 events a second of 100 bytes, a reader may stop reading for a quarter of an hour."""

_PARTLY_HIDDEN = frozenset({"failed", "log"})
"""Types of events of which visitors may not see all."""


class Feed:
    """A position in a journal. Without `detail`, what is for the developer is removed.

    That is the traceback of a `failed` event, and the text of lines that the generator printed. `failure`,
    if given, takes the place of an exception's text.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        after: int = 0,
        backlog_bytes: int = BACKLOG_BYTES,
        detail: bool = False,
        failure: str | None = None,
    ) -> None:
        self._journal = journal
        self._after = after
        self._replayed = journal.seq
        self._backlog_bytes = backlog_bytes
        self._detail = detail
        self._failure = failure
        self.is_pending = False
        """Whether what is to be read next is being made."""

    @property
    def after(self) -> int:
        """The number of the last event that was read."""
        return self._after

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow what was read."""
        return self._journal.is_over and self._after >= self._journal.seq

    @property
    def has_more(self) -> bool:
        """Whether there is something to read at once."""
        return self._after < self._journal.seq and not self.is_pending

    def read(self, *, max_bytes: int = WRITE_BYTES) -> list[Entry]:
        """Return what is new: whole steps, as many as fit one write but at least one; empty for nothing."""
        journal = self._journal
        new = journal.seq - self._after
        if new <= 0:
            return []
        # With one new event, which is the common case, nothing can be skipped.
        skipped = self._skip() if new > 1 else []
        self.is_pending = skipped is None
        if skipped is None:
            return []
        entries = journal.entries(after=self._after, max_bytes=max_bytes)
        if entries:
            self._after = entries[-1].seq
            if not self._detail:
                entries = [
                    _for_visitors(entry, self._failure) if entry.type in _PARTLY_HIDDEN else entry
                    for entry in entries
                ]
        return skipped + entries if skipped else entries

    def _skip(self) -> list[Entry] | None:
        """Skip events that can no longer be sent one by one; return the snapshot in their place, if made."""
        journal = self._journal
        if self._after < journal.base_seq:
            return self._snapshot(journal.snapshot_at_base())
        if journal.size_after(max(self._after + 1, self._replayed)) <= self._backlog_bytes:
            return []
        if journal.seq - (1 if journal.is_over else 0) <= self._after:
            return []
        return self._snapshot(
            journal.snapshot(after=self._after, replayed=self._replayed, backlog_bytes=self._backlog_bytes)
        )

    def _snapshot(self, made: tuple[int, bytes] | None) -> list[Entry] | None:
        if made is None:
            return None
        seq, body = made
        head = b'"skipped":%d' % (seq - self._after)
        self._after = seq
        return [Entry(seq, "snapshot", None, body, self._journal.at_ms(seq), head=head)]


def _for_visitors(entry: Entry, failure: str | None) -> Entry:
    event = codec.event(entry)
    if isinstance(event, Failed):
        message = failure if failure is not None and event.fault == "developer" else event.message
        return replace(entry, body=codec.record(replace(event, message=message, detail=None)).body)
    if isinstance(event, Log) and event.level in PRINTED:
        return replace(entry, body=codec.record(replace(event, text="")).body)
    return entry
