"""One-second files that are heard as one piece: each is played where the one before ends, to the sample."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from clips import RATE_HZ, read_sound, to_sound, write_sound
from melody import compose


def stream(clip: str | None, kind: str, wait: float) -> Iterator[Path]:
    """Yield the clip as files of one second, one every `wait` seconds by the clock."""
    sound = read_sound(clip) if clip else None
    if sound is None:
        sound = to_sound(compose())
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        for number, start in enumerate(range(0, len(sound), RATE_HZ)):
            time.sleep(max(0.0, begun + number * wait - time.monotonic()))
            part = Path(folder, f"part{number}.{kind}")
            part.write_bytes(write_sound(sound[start : start + RATE_HZ], kind))
            yield part
