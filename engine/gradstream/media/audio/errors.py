"""What is said of chunks that are no sound."""

from gradstream.media.errors import bad_file, named
from gradstream.media.types import BadChunk, Chunk

ACCEPTED = (
    "accepted are wav, mp3, flac, ogg, m4a … files by path or as bytes, slices of an mp3, "
    "and (sample_rate, array)"
)


def bad_sound(chunk: Chunk, problem: str) -> BadChunk:
    """Return the error for a file, or for a file's bytes."""
    return bad_file(chunk, problem, accepted=ACCEPTED)


def bad_value(number: int, found: str) -> BadChunk:
    """Return the error for a value that is none of what is accepted."""
    return BadChunk(f"{named(number)} is {found}; {ACCEPTED}")
