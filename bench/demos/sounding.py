"""The measured streams: generators of sound and video whose chunks were made before the clock runs.

Each yield is a chunk and the moments of all yields so far, this one included.
"""

import functools
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

MEDIA = Path(__file__).parent / "media"
RATE_HZ = 44_100
CHUNK_S = {
    "wav": 1.0,
    "mp3": 1.0,
    "slices": 1.25,  # 20,000 bytes at 128 kb/s
    "arrays": 1.0,
    "mp4": 2.0,
    "ts": 2.0,
    "mp4_sound": 2.0,
}
SLICE_BYTES = 20_000


def sound(form: str, pace: float, chunks: int) -> Iterator[tuple[object, str]]:
    """Yield seconds of sound, each `pace` times its length after the one before; 0 is at full speed."""
    yield from _paced(form, pace, chunks)


def clips(form: str, pace: float, chunks: int) -> Iterator[tuple[object, str]]:
    """Yield video clips of two seconds, at a pace as above."""
    yield from _paced(form, pace, chunks)


def _paced(form: str, pace: float, chunks: int) -> Iterator[tuple[object, str]]:
    made = _chunks(form)
    began = time.monotonic()
    moments = ""
    for index, chunk in enumerate(itertools.islice(made, chunks)):
        time.sleep(max(0, began + index * pace * CHUNK_S[form] - time.monotonic()))
        moments += f"t={time.monotonic_ns()};"
        yield chunk, moments


@functools.cache
def _chunks(form: str) -> list[object]:
    """Return all chunks of a form; read once, before the first yield."""
    match form:
        case "slices":
            whole = (MEDIA / "whole.mp3").read_bytes()
            return [whole[start : start + SLICE_BYTES] for start in range(0, len(whole), SLICE_BYTES)]
        case "arrays":
            return [(RATE_HZ, second) for second in np.load(MEDIA / "seconds.npy")]
        case _:
            return [str(path) for path in sorted((MEDIA / form).iterdir())]
