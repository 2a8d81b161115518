"""Builds the errors for chunks that are not valid audio."""

from gradstream.media.errors import chunk_name, file_error, read_head
from gradstream.media.signatures import identify
from gradstream.media.types import Chunk, ChunkError

ACCEPTED = (
    "accepted are wav, mp3, flac, ogg, m4a … files by path or as bytes, slices of wav, mp3, aac, ogg, flac, "
    "webm, mpeg-ts and fragmented mp4, and (sample_rate, array)"
)

RAW_HINT = (
    "for raw samples write `bytes: pcm_s16le` and `rate: 24000` on the output, or yield (rate, "
    'numpy.frombuffer(chunk, "int16"))'
)
"""What helps where bytes are samples without a header."""


def audio_file_error(chunk: Chunk, problem: str) -> ChunkError:
    """Return the error for a file, given by path or as bytes."""
    return file_error(chunk, problem, accepted=ACCEPTED)


def audio_bytes_error(chunk: Chunk, problem: str) -> ChunkError:
    """Return the error for bytes, with what to do if they are samples without a header."""
    is_unknown = identify(read_head(chunk)[0]) in (None, "nothing but zeros")
    return file_error(chunk, problem, accepted=f"{RAW_HINT}; {ACCEPTED}" if is_unknown else ACCEPTED)


def audio_value_error(number: int, found: str) -> ChunkError:
    """Return the error for a value that is not a file."""
    return ChunkError(f"{chunk_name(number)} is {found}; {ACCEPTED}")
