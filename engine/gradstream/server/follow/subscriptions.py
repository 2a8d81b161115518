"""What one connection reads: the feeds of several runs and the catalog's changes, under one wake.

    journal, catalog, pulse --wake--> Reading --take--> everything new, each run's in order --> one write

Bound: `MAX_RUNS` runs, one write's worth of bytes taken at once; nothing is held here between two takes but
the names of unknown runs.
"""

from collections.abc import Callable
from functools import partial

from msgspec import Struct, json

from gradstream.events import codec
from gradstream.events.auto_reset_event import Bell
from gradstream.events.feed import WRITE_BYTES, Feed
from gradstream.runs.run import Run
from gradstream.runs.service import RunService
from gradstream.server.follow.catalog_changes import CatalogChanges
from gradstream.server.follow.heartbeat import Pulse

MAX_RUNS = 1000
"""A page follows a handful; a bench that follows a thousand is still served."""

CATALOG = "catalog"
GONE = "gone"


class Told(Struct, frozen=True):
    """One message: `position` is the event's number in its run, or the catalog's version."""

    source: str
    position: int
    type: str
    data: bytes


class _Followed:
    """A run that is read: its feed, and what ends that."""

    __slots__ = ("_undo", "feed")

    def __init__(self, run: Run, feed: Feed, wake: Callable[[], None]) -> None:
        self.feed = feed
        self._undo = (run.readers.attach(), run.journal.subscribe(wake))

    def close(self) -> None:
        for undo in self._undo:
            undo()


class Reading:
    """Built for one connection, closed with it. `detail` is the developer's right to see tracebacks."""

    def __init__(
        self, *, runs: RunService, changes: CatalogChanges, pulse: Pulse, backlog_bytes: int, detail: bool
    ) -> None:
        self._runs = runs
        self._changes = changes
        self._backlog_bytes = backlog_bytes
        self._detail = detail
        self._bell = Bell()
        self._followed: dict[str, _Followed] = {}
        self._dirty: dict[str, None] = {}
        """Runs that may have something new, in the order in which they said so."""
        self._gone: dict[str, None] = {}
        self._catalog: int | None = None
        self._leave_pulse = pulse.join(self._bell.ring)
        self._leave_catalog: Callable[[], None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is read, so that nothing can come."""
        return not (self._followed or self._gone or self._leave_catalog)

    @property
    def is_full(self) -> bool:
        """Whether no further run can be followed."""
        return len(self._followed) + len(self._gone) >= MAX_RUNS

    def follow(self, run: str, *, after: int) -> None:
        """Read a run from a number on; one that is unknown is told to be gone."""
        self.unfollow(run)
        found = self._runs.get(run)
        if found is None:
            self._gone[run] = None
        else:
            feed = Feed(found.journal, after=after, backlog_bytes=self._backlog_bytes, detail=self._detail)
            self._followed[run] = _Followed(found, feed, partial(self._wake, run))
            self._dirty[run] = None
        self._bell.ring()

    def unfollow(self, run: str) -> None:
        """Read a run no further."""
        followed = self._followed.pop(run, None)
        if followed is not None:
            followed.close()
        self._dirty.pop(run, None)

    def follow_catalog(self, version: int) -> None:
        """Read the catalog's changes after a version."""
        self._catalog = version
        if self._leave_catalog is None:
            self._leave_catalog = self._changes.subscribe(self._bell.ring)
        self._bell.ring()

    def take(self) -> list[Told]:
        """Return what is new, as much as fits one write."""
        told = [Told(run, 0, GONE, json.encode({"run": run, "type": GONE})) for run in self._gone]
        self._gone.clear()
        told += self._take_catalog()
        room = WRITE_BYTES
        while self._dirty and room > 0:
            taken = self._take_run(next(iter(self._dirty)), room)
            room -= sum(len(one.data) for one in taken)
            told += taken
        return told

    async def wait(self) -> None:
        """Wait until there may be something to take, or the pulse has beaten."""
        await self._bell.wait()

    def close(self) -> None:
        """Read nothing any more."""
        for run in list(self._followed):
            self.unfollow(run)
        self._leave_pulse()
        if self._leave_catalog is not None:
            self._leave_catalog()

    def _wake(self, run: str) -> None:
        self._dirty[run] = None
        self._bell.ring()

    def _take_run(self, run: str, room: int) -> list[Told]:
        del self._dirty[run]
        feed = self._followed[run].feed
        entries = feed.take(max_bytes=room)
        if feed.is_over:
            self.unfollow(run)
        elif feed.has_more:
            self._dirty[run] = None
        return [Told(run, entry.seq, entry.type, codec.message(run, entry)) for entry in entries]

    def _take_catalog(self) -> list[Told]:
        change = None if self._catalog is None else self._changes.since(self._catalog)
        if change is None:
            return []
        self._catalog = change.version
        message = {
            "type": CATALOG,
            "version": change.version,
            "demos": change.demos,
            "removed": change.removed,
        }
        return [Told(CATALOG, change.version, CATALOG, json.encode(message))]
