"""What is kept of a run from its creation until it is forgotten: its record, its journal and its files."""

import asyncio
from collections.abc import Collection, Iterable, Iterator
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

    async def shown_files(self, digests: Collection[str]) -> dict[str, Upload]:
        """Return big values that are still kept, by the names that outputs show for them, or by their types.

        Values are read in a thread: they may be large, and so may be what a thread has to make of them first.
        """
        blobs = {digest: blob for digest in digests if (blob := self.blobs.get(digest)) is not None}
        if not blobs:
            return {}
        values = (await self.journal.state_soon()).outputs.values()
        names = await asyncio.to_thread(_names_in, [bytes(value) for value in values], blobs.keys())
        return {
            digest: Upload(
                path=str(blob.path),
                name=names.get(digest, f"made{blob.path.suffix}"),
                mime=blob.mime,
                size=blob.size,
            )
            for digest, blob in blobs.items()
        }

    @property
    def is_over(self) -> bool:
        """Whether the terminal event is in the journal."""
        return self.journal.is_over

    @property
    def file_bytes(self) -> int:
        """How much the run takes on disk."""
        return self.blobs.size + self.streams.size


def _names_in(values: Iterable[bytes], digests: Collection[str]) -> dict[str, str]:
    """Return the names of files with these digests; a value without one is not decoded."""
    found: dict[str, str] = {}
    for value in values:
        if any(digest.encode() in value for digest in digests):
            for digest, name in _names(json.decode(value)):
                found.setdefault(digest, name)
    return found


def _names(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the digests and the names of files in a value: of one file, of several, of messages."""
    if isinstance(value, list):
        for one in value:
            yield from _names(one)
    elif isinstance(value, dict):
        if isinstance(value.get("blob"), str) and isinstance(value.get("name"), str):
            yield value["blob"], value["name"]
        yield from _names(value.get("content"))
