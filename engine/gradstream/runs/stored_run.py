"""What is kept of a run from its creation until it is forgotten: its record, its journal and its files."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, json

from gradstream.components.types import Upload
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
    followers: dict[str, str] = {}
    """By action, the runs that were started because this one had ended."""

    @property
    def id(self) -> str:
        """The key to this run."""
        return self.record.id

    def shown_file(self, digest: str) -> Upload | None:
        """Return a big value that is still kept, by the name that an output shows for it, or by its type."""
        blob = self.blobs.get(digest)
        if blob is None:
            return None
        # A value without the digest is not decoded: it may be large, and this is the server's event loop.
        values = (bytes(value) for value in self.journal.state().outputs.values())
        shown = (json.decode(value) for value in values if digest.encode() in value)
        name = next((name for value in shown for name in _names(value, digest)), f"made{blob.path.suffix}")
        return Upload(path=str(blob.path), name=name, mime=blob.mime, size=blob.size)

    @property
    def is_over(self) -> bool:
        """Whether the terminal event is in the journal."""
        return self.journal.is_over

    @property
    def file_bytes(self) -> int:
        """How much the run takes on disk."""
        return self.blobs.size + self.streams.size


def _names(value: Any, digest: str) -> Iterator[str]:
    """Yield the names of files with this digest in a value: of one file, of several, of messages."""
    if isinstance(value, list):
        for one in value:
            yield from _names(one, digest)
    elif isinstance(value, dict):
        if value.get("blob") == digest and isinstance(value.get("name"), str):
            yield value["name"]
        yield from _names(value.get("content"), digest)
