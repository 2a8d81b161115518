"""Slices of one MP3, cut anywhere: what a download or a speech service hands over as it arrives."""

import time
from collections.abc import Iterator

from clips import read_sound, to_sound, write_sound
from melody import compose

SLICE_BYTES = 20_000


def stream(clip: str | None, wait: float) -> Iterator[bytes]:
    """Yield the clip as an MP3, 20,000 bytes at a time, one slice every `wait` seconds by the clock."""
    sound = read_sound(clip) if clip else None
    if sound is None:
        sound = to_sound(compose())
    data = write_sound(sound, "mp3")
    begun = time.monotonic()
    for number, start in enumerate(range(0, len(data), SLICE_BYTES)):
        time.sleep(max(0.0, begun + number * wait - time.monotonic()))
        yield data[start : start + SLICE_BYTES]
