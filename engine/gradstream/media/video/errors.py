"""What is said of chunks that are no video."""

from gradstream.media.errors import bad_file, named
from gradstream.media.types import BadChunk, Chunk

ACCEPTED = (
    "accepted are mp4, ts, webm, mov, mkv … files by path or as bytes, and pictures as arrays of shape "
    "(height, width), (height, width, 1, 3 or 4) or (pictures, height, width, 3)"
)


def bad_clip(chunk: Chunk, problem: str) -> BadChunk:
    """Return the error for a file, or for a file's bytes."""
    return bad_file(chunk, problem, accepted=ACCEPTED)


def bad_pictures(number: int, problem: str) -> BadChunk:
    """Return the error for a value or an array."""
    return BadChunk(f"{named(number)} {problem}; {ACCEPTED}")
