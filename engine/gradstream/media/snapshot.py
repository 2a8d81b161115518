"""Copies a yielded value to a chunk that the generator can no longer change, in the generator's own thread.

    path --read, unless it is too large--> Chunk.data | Chunk.path
    bytes, bytearray, memoryview, BytesIO --copied--> Chunk.data
    (rate, array) --copied--> Chunk.samples, Chunk.rate_hz
    picture, pictures --PictureReader--> Chunk.frames

The content of a file is not examined here: decoding happens later, and a generator never waits for it.
"""

import array as stdlib_array
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.media.audio.errors import ACCEPTED as ACCEPTED_AUDIO
from gradstream.media.audio.errors import audio_value_error
from gradstream.media.audio.from_array import copy_array, shape_of
from gradstream.media.audio.pcm import HIGHEST_HZ, LOWEST_HZ
from gradstream.media.errors import chunk_name
from gradstream.media.pictures.reader import PictureReader
from gradstream.media.pictures.types import PictureError
from gradstream.media.types import Chunk, ChunkError
from gradstream.media.video.errors import ACCEPTED as ACCEPTED_VIDEO
from gradstream.media.video.errors import video_value_error

READ_AT_ONCE_BYTES = 16 * 2**20
"""A file up to this size is read at once, so that the generator may overwrite it with the next one."""

_FILES = (str, os.PathLike, bytes, bytearray, memoryview, io.BytesIO)

_ARRAY_NAMES, _RATE_NAMES = ("audio", "array", "waveform"), ("sampling_rate", "sample_rate")
"""What libraries call the samples and their rate in a mapping."""


def snapshot_audio(value: object, *, number: int) -> Chunk | None:
    """Return a copy of a yielded value; None for an empty one. Raises ChunkError if it cannot be audio."""
    if value is None:
        return None
    if isinstance(value, _FILES):
        return _file(value, number, ACCEPTED_AUDIO)
    if isinstance(value, Mapping) and (pair := _named_pair(value)) is not None:
        value = pair
    if isinstance(value, tuple | list) and len(value) == 2 and _is_pair(*value):
        return _array(value[0], value[1], number)
    raise audio_value_error(number, _found(value))


def _found(value: object) -> str:
    """Return the words for what is not sound."""
    kind = type(value).__name__
    if isinstance(value, list | tuple) and len(value) == 2:
        first, second = value
        if _is_bytes(second) and not _is_bytes(first):
            return f"{_rate_and(second)}: say what they are, as with numpy.frombuffer(chunk, 'int16')"
        if isinstance(first, int | float) and not isinstance(second, int | float):
            return f"{_rate_and(second)}, which is not an array: yield (sample_rate, array)"
    if isinstance(value, list | tuple) or hasattr(value, "__array__"):
        return f"of type {kind}, an array without its rate: yield (sample_rate, array)"
    return f"of type {kind}"


def _rate_and(second: object) -> str:
    return f"a rate and a value of type {type(second).__name__}"


def _is_bytes(value: object) -> bool:
    """Return whether a value is bytes of which nobody knows what samples they are."""
    if isinstance(value, memoryview):
        return value.format in {"b", "B", "c"}
    return isinstance(value, bytes | bytearray)


def snapshot_video(value: object, *, number: int, reader: PictureReader) -> Chunk | None:
    """Return a copy of a yielded value; None for an empty one. Raises ChunkError if it cannot be video.

    `reader` reads the pictures of all chunks of the output.
    """
    if value is None:
        return None
    if isinstance(value, _FILES):
        return _file(value, number, ACCEPTED_VIDEO)
    attributes = ("__array__", "shape", "__array_interface__")
    if not isinstance(value, list | tuple) and not any(hasattr(value, name) for name in attributes):
        raise video_value_error(number, f"is of type {type(value).__name__}")
    try:
        frames = reader.frames(value)
    except PictureError as error:
        raise video_value_error(number, f"is {error}") from error
    return Chunk(number=number, frames=frames) if frames.size else None


def _is_pair(first: object, second: object) -> bool:
    """Return whether exactly one of both is an array."""
    return _is_arraylike(first) != _is_arraylike(second)


def _named_pair(value: Mapping[Any, Any]) -> tuple[Any, Any] | None:
    """Return rate and array of a mapping such as {"audio": …, "sampling_rate": …}, as pipelines return it."""
    arrays = [name for name in _ARRAY_NAMES if name in value]
    rates = [name for name in _RATE_NAMES if name in value]
    return (value[rates[0]], value[arrays[0]]) if len(arrays) == len(rates) == 1 else None


def _is_arraylike(value: object) -> bool:
    if _is_bytes(value):
        return False
    # A NumPy scalar has an empty shape; an object that only converts to an array does not have a shape.
    return isinstance(value, list | tuple | stdlib_array.array) or bool(
        getattr(value, "shape", hasattr(value, "__array__"))
    )


def _array(rate: Any, array: Any, number: int) -> Chunk | None:
    if _is_arraylike(rate):
        raise audio_value_error(
            number, "(array, sample_rate): the rate comes first, yield (sample_rate, array)"
        )
    rate_hz = _rate(rate, number)
    samples = copy_array(array, number)
    if not samples.size:
        return None
    shape_of(samples, number=number)
    return Chunk(number=number, samples=samples, rate_hz=rate_hz)


def _rate(rate: Any, number: int) -> int:
    if hasattr(rate, "item"):
        rate = rate.item()
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        raise audio_value_error(
            number, f"an array with a {type(rate).__name__} as its rate: yield (sample_rate, array)"
        )
    if not LOWEST_HZ <= rate <= HIGHEST_HZ or rate != int(rate):
        raise audio_value_error(number, f"an array at {rate} Hz, not at {LOWEST_HZ} to {HIGHEST_HZ}")
    return int(rate)


def _file(value: Any, number: int, accepted: str) -> Chunk | None:
    if isinstance(value, str | os.PathLike):
        return _read(os.fsdecode(value), number, accepted)
    data = value.getvalue() if isinstance(value, io.BytesIO) else bytes(value)
    return Chunk(number=number, data=data) if data else None


def _read(value: str, number: int, accepted: str) -> Chunk | None:
    """Read a file, or keep the path of a large one. Raises ChunkError if it cannot be read."""
    if not value:
        raise ChunkError(f"{chunk_name(number)} is an empty path; {accepted}")
    path = Path(value)
    name = path.name[:100]
    if "://" in value[:16]:
        raise ChunkError(
            f'{chunk_name(number)} ("{value[:100]}") is an address: fetch it, and yield its bytes'
        )
    try:
        if not path.is_file() and path.exists():
            raise ChunkError(f'{chunk_name(number)} ("{value[:100]}") is not a file with an end')
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            if size > READ_AT_ONCE_BYTES:
                return Chunk(number=number, path=str(path.absolute()), name=name)
            file.seek(0)
            # Files of the system that say that they are empty may wait for ever when they are read.
            data = file.read() if size else b""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ChunkError(f'{chunk_name(number)} ("{value[:200]}") cannot be read: {reason}') from error
    return Chunk(number=number, data=data, name=name) if data else None
