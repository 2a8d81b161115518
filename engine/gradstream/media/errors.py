"""Builds the error for an unusable chunk: which one, what is wrong, how it begins, what is accepted."""

from pathlib import Path

from gradstream.media.signatures import describe_bytes
from gradstream.media.types import Chunk, ChunkError

WHOLE = 0
"""The number of a chunk that does not belong to a stream, but is a clip by itself."""

_HEAD_BYTES = 256
"""Enough for every signature, and for recognising text."""


def chunk_name(number: int) -> str:
    """Return the name of a chunk in a message."""
    return "the clip" if number == WHOLE else f"chunk {number}"


def file_error(chunk: Chunk, problem: str, *, accepted: str) -> ChunkError:
    """Return the error for a file, given by path or as bytes."""
    head, size = read_head(chunk)
    name = f'"{chunk.name}", ' if chunk.name else ""
    subject = f"{chunk_name(chunk.number)} ({name}{size} bytes)"
    return ChunkError(f"{subject} {problem}: {describe_bytes(head)}; {accepted}")


def read_head(chunk: Chunk) -> tuple[bytes, int]:
    """Return the first bytes of a file and its size; nothing and 0 when the file is gone."""
    if chunk.data is not None:
        return chunk.data[:_HEAD_BYTES], len(chunk.data)
    try:
        with Path(chunk.path or "").open("rb") as file:
            return file.read(_HEAD_BYTES), file.seek(0, 2)
    except OSError:
        # The file was removed in the meantime; `problem` already says that it cannot be read.
        return b"", 0
