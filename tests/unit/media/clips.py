"""Small files of sound and video for tests, made with PyAV."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE = 44_100
FPS = 10


def tone(seconds: float, *, rate: int = RATE, channels: int = 1) -> NDArray[np.int16]:
    """Return a ramp of samples, shape (n, channels), in which the value of a sample is its position."""
    count = round(seconds * rate)
    ramp = np.arange(count) % 30_000
    return np.stack([ramp + 100 * channel for channel in range(channels)], axis=1).astype(np.int16)


def write_sound(
    path: Path, samples: NDArray[np.int16], *, rate: int = RATE, codec: str = "pcm_s16le"
) -> Path:
    """Write samples of shape (n, channels) to a file of the kind that its suffix says."""
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream(codec, rate=rate, layout="mono" if samples.shape[1] == 1 else "stereo")
        for start in range(0, len(samples), 1000):
            block = np.ascontiguousarray(samples[start : start + 1000]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout=stream.layout.name)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def write_video(
    path: Path,
    seconds: float,
    *,
    codec: str = "libx264",
    size: tuple[int, int] = (64, 48),
    sound: str | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Write a video whose picture n has the grey 5 n, with FPS pictures a second, and a tone if asked for."""
    with av.open(str(path), "w", options=options or {}) as file:
        pictures: Any = file.add_stream(codec, rate=FPS)
        pictures.width, pictures.height = size
        pictures.pix_fmt = "yuv420p"
        track: Any = file.add_stream(sound, rate=48_000, layout="mono") if sound else None
        for number in range(round(seconds * FPS)):
            pixels = np.full((size[1], size[0], 3), 5 * number, np.uint8)
            file.mux(pictures.encode(av.VideoFrame.from_ndarray(pixels)))
            if track is not None:
                samples = np.zeros((1, 48_000 // FPS), np.int16)
                frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
                frame.sample_rate, frame.pts = 48_000, number * 48_000 // FPS
                file.mux(track.encode(frame))
        file.mux(pictures.encode(None))
        if track is not None:
            file.mux(track.encode(None))
    return path


def greys(path: str | Path) -> list[tuple[float, int]]:
    """Return of each picture of a video when it appears, and its number by its grey."""
    with av.open(str(path)) as file:
        return [
            (round(float(frame.time or 0), 3), round(float(frame.to_ndarray(format="gray").mean()) / 5))
            for frame in file.decode(video=0)
        ]


def codecs(path: str | Path) -> list[str]:
    """Return the names of the codecs in a file, in the order of its tracks."""
    with av.open(str(path)) as file:
        return [stream.codec_context.name for stream in file.streams]
