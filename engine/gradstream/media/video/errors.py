"""Builds the errors for chunks that are not valid video."""

from gradstream.media.errors import chunk_name, file_error
from gradstream.media.types import Chunk, ChunkError

ACCEPTED = (
    "accepted are mp4, ts, webm, mov, mkv … files by path or as bytes, and pictures: PIL images, and arrays "
    "of shape (height, width), (height, width, 1, 3 or 4) or (pictures, height, width, 1, 3 or 4)"
)


def video_file_error(chunk: Chunk, problem: str) -> ChunkError:
    """Return the error for a file, given by path or as bytes."""
    return file_error(chunk, problem, accepted=ACCEPTED)


def video_value_error(number: int, problem: str) -> ChunkError:
    """Return the error for a value that is not a file, or for an array."""
    return ChunkError(f"{chunk_name(number)} {problem}; {ACCEPTED}")
