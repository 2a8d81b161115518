"""What is kept of a run from its creation until it is forgotten: its record, its journal and its files."""

from msgspec import Struct

from gradstream.events.journal import Journal
from gradstream.runs.blobs import Blobs
from gradstream.runs.record import RunRecord
from gradstream.runs.streams import Streams


class StoredRun(Struct, frozen=True, kw_only=True, eq=False):
    """One run's record, journal and files; `runs.control` adds to the last two while the run is going on."""

    record: RunRecord
    journal: Journal
    blobs: Blobs
    streams: Streams

    @property
    def id(self) -> str:
        """The key to this run."""
        return self.record.id

    @property
    def is_over(self) -> bool:
        """Whether the terminal event is in the journal."""
        return self.journal.is_over

    @property
    def file_bytes(self) -> int:
        """How much the run takes on disk."""
        return self.blobs.size + self.streams.size
