"""What one connection follows: several runs and the catalog's changes, under one wake.

    journals, catalog --wake--> Subscriptions --read--> everything new, each run in order --> one write

A `Source` for `runs.follow.Follower`. Bound: `most` runs, one write's bytes read at once; nothing is held
here between two reads but the names of unknown runs.
"""

from collections.abc import Callable
from functools import partial

from msgspec import Struct, json

from gradstream.events import codec
from gradstream.events.feed import WRITE_BYTES
from gradstream.runs.caller import Caller
from gradstream.runs.contract import EntrySource, Presence, RunHandle, Runs
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.http.admission import Admission

CATALOG = "catalog"
GONE = "gone"


class FeedMessage(Struct, frozen=True):
    """One message to the page: `position` is the event's number in its run, or the catalog's version."""

    source: str
    position: int
    type: str
    head: bytes
    """What comes before the body."""
    body: bytes
    """The rest, which several readers may share."""

    @property
    def data(self) -> bytes:
        """The message in one piece."""
        return self.head + self.body


class _Subscription(Struct, frozen=True):
    """A run that is followed."""

    run: RunHandle
    reader: EntrySource


class Subscriptions:
    """Made for one connection, and opened before anything is subscribed to.

    With `stays_open` they are not over when all runs are: more may be subscribed to. A `reader` is the
    client's name for itself, by which it is known when it comes back or says that it leaves.
    """

    def __init__(
        self,
        *,
        runs: Runs,
        changes: CatalogChanges,
        caller: Caller,
        admission: Admission,
        stays_open: bool,
        reader: str | None,
        most: int,
    ) -> None:
        self._runs = runs
        self._changes = changes
        self._caller = caller
        self._admission = admission
        self._stays_open = stays_open
        self._reader = reader
        self.most = most
        """How many runs can be followed."""
        self._wake: Callable[[], None] = _wake_nothing
        self._subscribed: dict[str, _Subscription] = {}
        self._changed: dict[str, None] = {}
        """Runs that may have something new, in the order of their wakes."""
        self._gone: dict[str, None] = {}
        self._catalog: int | None = None
        self._leave_catalog: Callable[[], None] | None = None
        self._unwatch: Callable[[], None] = _wake_nothing
        self.is_shut_out = False
        """Whether the client is signed out, or may open nothing any longer."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is followed any longer, so that nothing can come."""
        if self.is_shut_out:
            return True
        return not (self._stays_open or self._subscribed or self._gone or self._leave_catalog)

    @property
    def is_full(self) -> bool:
        """Whether no further run can be followed."""
        return len(self._subscribed) + len(self._gone) >= self.most

    @property
    def is_pending(self) -> bool:
        """Whether what is to be read next of a run is being made."""
        return any(subscription.reader.is_pending for subscription in self._subscribed.values())

    def open(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever there may be something to read."""
        self._wake = wake
        self._unwatch = self._admission.watch(self._look_again)

    async def subscribe(self, run: str, *, after: int) -> None:
        """Follow a run from a number on; for one that is unknown there is a message that it is gone."""
        self._drop(run)
        found = await self._runs.find(run, self._caller)
        if found is None:
            self._gone[run] = None
        else:
            subscription = _Subscription(found, found.reader(after=after, name=self._reader))
            self._subscribed[run] = subscription
            self._changed[run] = None
            subscription.reader.open(partial(self._note_change, run))
        self._wake()

    def unsubscribe(self, run: str) -> None:
        """Stop following a run, which the client leaves by that."""
        if run in self._subscribed:
            self._note(self._subscribed[run], "left")
        self._drop(run)

    def note_presence(self, presence: Presence) -> None:
        """Note for each run that is followed what is known of the client."""
        for subscription in list(self._subscribed.values()):
            self._note(subscription, presence)

    def _note(self, subscription: _Subscription, presence: Presence) -> None:
        if self._reader is not None:
            subscription.run.note_reader(self._reader, presence)

    def _drop(self, run: str) -> None:
        subscription = self._subscribed.pop(run, None)
        if subscription is not None:
            subscription.reader.close()
        self._changed.pop(run, None)

    def subscribe_to_catalog(self, version: int) -> None:
        """Follow the catalog's changes after a version."""
        self._catalog = version
        if self._leave_catalog is None:
            self._leave_catalog = self._changes.subscribe(self._wake)
        self._wake()

    def expect_reader(self, *, for_s: float) -> None:
        """Let each run that is followed count a reader for this time, in which the connection is renewed."""
        for subscription in self._subscribed.values():
            subscription.run.expect_reader(for_s=for_s)

    def read(self) -> list[FeedMessage]:
        """Return what is new, as much as fits one write."""
        messages = [
            FeedMessage(run, 0, GONE, b"", json.encode({"run": run, "type": GONE})) for run in self._gone
        ]
        self._gone.clear()
        if self.is_shut_out:
            return messages
        messages += self._read_catalog()
        room = WRITE_BYTES
        while self._changed and room > 0:
            new = self._read_run(next(iter(self._changed)), room)
            room -= sum(len(one.body) for one in new)
            messages += new
        return messages

    def close(self) -> None:
        """Stop following everything."""
        self._unwatch()
        for run in list(self._subscribed):
            self._drop(run)
        if self._leave_catalog is not None:
            self._leave_catalog()

    def _look_again(self) -> None:
        if self._admission.is_over(self._caller):
            self.is_shut_out = True
            self._wake()

    def _note_change(self, run: str) -> None:
        self._changed[run] = None
        self._wake()

    def _read_run(self, run: str, room: int) -> list[FeedMessage]:
        del self._changed[run]
        reader = self._subscribed[run].reader
        entries = reader.read(max_bytes=room)
        if reader.is_over:
            self._drop(run)
            if reader.is_shut_out:
                self._gone[run] = None
                self._wake()
        elif reader.has_more:
            self._changed[run] = None
        return [
            FeedMessage(run, entry.seq, entry.type, codec.message_head(run, entry), entry.body)
            for entry in entries
        ]

    def _read_catalog(self) -> list[FeedMessage]:
        change = None if self._catalog is None else self._changes.since(self._catalog)
        if change is None:
            return []
        self._catalog = change.version
        hidden = self._admission.hidden(self._caller)
        message = {
            "type": CATALOG,
            "version": change.version,
            "demos": [name for name in change.demos if name not in hidden],
            "removed": [name for name in change.removed if name not in hidden],
        }
        return [FeedMessage(CATALOG, change.version, CATALOG, b"", json.encode(message))]


def _wake_nothing() -> None:
    """Wake nothing: the subscriptions are not open yet."""
