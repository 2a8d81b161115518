"""What is said of chunks that are no video."""

from gradstream.media.errors import chunk_name, file_error
from gradstream.media.types import Chunk, ChunkError

ACCEPTED = (
    "accepted are mp4, ts, webm, mov, mkv … files by path or as bytes, and pictures as arrays of shape "
    "(height, width), (height, width, 1, 3 or 4) or (pictures, height, width, 3)"
)


def video_file_error(chunk: Chunk, problem: str) -> ChunkError:
    """Return the error for a file, or for a file's bytes."""
    return file_error(chunk, problem, accepted=ACCEPTED)


def video_value_error(number: int, problem: str) -> ChunkError:
    """Return the error for a value or an array."""
    return ChunkError(f"{chunk_name(number)} {problem}; {ACCEPTED}")
