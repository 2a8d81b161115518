"""Builds the errors for chunks that are not valid audio."""

from gradstream.media.errors import chunk_name, file_error
from gradstream.media.types import Chunk, ChunkError

ACCEPTED = (
    "accepted are wav, mp3, flac, ogg, m4a … files by path or as bytes, slices of an mp3, "
    "and (sample_rate, array)"
)


def audio_file_error(chunk: Chunk, problem: str) -> ChunkError:
    """Return the error for a file, given by path or as bytes."""
    return file_error(chunk, problem, accepted=ACCEPTED)


def audio_value_error(number: int, found: str) -> ChunkError:
    """Return the error for a value that is not a file."""
    return ChunkError(f"{chunk_name(number)} is {found}; {ACCEPTED}")
