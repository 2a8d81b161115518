"""The error for a chunk of no use: which one, what is wrong, what it looked like, what is accepted."""

from pathlib import Path

from gradstream.media.signatures import describe_bytes
from gradstream.media.types import Chunk, ChunkError

WHOLE = 0
"""The number of a chunk that is no part of a stream, but a clip of its own."""

_LOOKED_AT = 256


def chunk_name(number: int) -> str:
    """Return what a chunk is called in a message."""
    return "the clip" if number == WHOLE else f"chunk {number}"


def file_error(chunk: Chunk, problem: str, *, accepted: str) -> ChunkError:
    """Return the error for a file, or for a file's bytes."""
    begin, size = read_beginning(chunk)
    name = f'"{chunk.name}", ' if chunk.name else ""
    return ChunkError(
        f"{chunk_name(chunk.number)} ({name}{size} bytes) {problem}: {describe_bytes(begin)}; {accepted}"
    )


def read_beginning(chunk: Chunk) -> tuple[bytes, int]:
    """Return the first bytes of a file, and how many it has; of one that has gone, none."""
    if chunk.data is not None:
        return chunk.data[:_LOOKED_AT], len(chunk.data)
    try:
        with Path(chunk.path or "").open("rb") as file:
            return file.read(_LOOKED_AT), file.seek(0, 2)
    except OSError:
        # The file has gone meanwhile: that it cannot be read is what `problem` says.
        return b"", 0
