"""What a file that arrives in slices is to the stream that plays it. No behaviour.

slices --GrowingFile.feed--> PcmBlock …      no further slice --GrowingFile.finish--> the rest
"""

from collections.abc import Iterator
from typing import Protocol

from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.types import Chunk


class GrowingFile(Protocol):
    """One file whose bytes arrive in slices, in one thread."""

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes, never empty, are the next slice of this file."""

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples that a slice completes. Raises ChunkError when the slices are not such a file."""

    def finish(self) -> Iterator[PcmBlock]:
        """Yield the rest. Raises ChunkError when much of what the file declares is missing."""

    def close(self) -> None:
        """Release decoders and threads; idempotent."""
