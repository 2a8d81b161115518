"""An echo: what somebody recorded, again and again, as one stream."""

import io
import time
from collections.abc import Iterator

from clips import FPS, to_sound, write_clip, write_sound
from lights import drifting
from melody import compose

PAUSE_S = 0.5


def repeat_sound(sound: str | None, times: int) -> Iterator[str | bytes]:
    """Yield the sound `times` times, twice a second; without one, a bar of a melody."""
    yield from _echo(sound or write_sound(to_sound(compose(1)), "wav"), times)


def repeat_video(video: str | None, times: int) -> Iterator[str | bytes]:
    """Yield the clip `times` times, twice a second; without one, a short film."""
    yield from _echo(video or _film(), times)


def _echo(clip: str | bytes, times: int) -> Iterator[str | bytes]:
    begun = time.monotonic()
    for number in range(times):
        time.sleep(max(0.0, begun + number * PAUSE_S - time.monotonic()))
        yield clip


def _film() -> bytes:
    """Return two seconds of lights and a bar of the melody, as the bytes of an .mp4."""
    target = io.BytesIO()
    pictures = (drifting(number / FPS) for number in range(2 * FPS))
    write_clip(target, pictures, sound=to_sound(compose(1)), kind="mp4")
    return target.getvalue()
