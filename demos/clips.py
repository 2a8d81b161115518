"""Reading and writing the files of sound and video demos with PyAV."""

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import floor
from pathlib import Path
from typing import IO

import av
import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
FPS = 24
WIDEST = 640
"""Pictures are made smaller than a camera takes them, so that any machine keeps up."""

Sound = NDArray[np.int16]
"""Stereo at RATE_HZ, of shape (samples, 2)."""

SOUND_CODECS = {"wav": "pcm_s16le", "mp3": "libmp3lame"}
CONTAINERS = {"mp4": "mp4", "ts": "mpegts"}


def read_sound(path: str | Path) -> Sound | None:
    """Return the file's sound, or None when it has none."""
    resampler = av.AudioResampler(format="s16", layout="stereo", rate=RATE_HZ)
    with av.open(str(path)) as file:
        if not file.streams.audio:
            return None
        parts = [part for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    parts += resampler.resample(None)
    return np.concatenate([part.to_ndarray().reshape(-1, 2) for part in parts])


def write_sound(sound: Sound, kind: str) -> bytes:
    """Return the sound as a file of its own, `wav` or `mp3`."""
    target = io.BytesIO()
    with av.open(target, "w", format=kind) as file:
        stream = file.add_stream(SOUND_CODECS[kind], rate=RATE_HZ, layout="stereo")
        file.mux(stream.encode(_sound_frame(sound)))
        file.mux(stream.encode(None))
    return target.getvalue()


def to_sound(samples: NDArray[np.float32]) -> Sound:
    """Return samples in -1..1 as files hold them."""
    return np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)


def read_pictures(path: str | Path) -> Iterator[NDArray[np.uint8]]:
    """Yield FPS pictures a second, whatever the file has, of shape (height, width, 3)."""
    with av.open(str(path)) as file:
        shown: av.VideoFrame | None = None
        first, end, count = Fraction(0), Fraction(0), 0
        for frame in file.decode(video=0):
            tick = frame.time_base or Fraction(0)
            at = (frame.pts or 0) * tick
            if shown is None:
                first = at
            else:
                while count < _due(at - first):
                    yield _picture(shown)
                    count += 1
            shown, end = frame, at - first + (frame.duration * tick or Fraction(1, FPS))
        while shown is not None and count < _due(end):
            yield _picture(shown)
            count += 1


def _due(time_s: Fraction) -> int:
    """Return how many pictures have been shown by then, to the nearest."""
    return floor(time_s * FPS + Fraction(1, 2))


def write_clip(
    target: str | IO[bytes], pictures: Iterable[NDArray[np.uint8]], *, sound: Sound | None, kind: str
) -> None:
    """Write a clip of H.264 and AAC, `mp4` or `ts`."""
    frames = iter(pictures)
    first = next(frames)
    with av.open(target, "w", format=CONTAINERS[kind]) as file:
        film = file.add_stream("libx264", rate=FPS, options={"preset": "veryfast", "crf": "21"})
        film.height, film.width = first.shape[:2]
        film.pix_fmt = "yuv420p"
        track = None if sound is None else file.add_stream("aac", rate=RATE_HZ, bit_rate=160_000)
        for count, picture in enumerate(chain([first], frames)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = count, Fraction(1, FPS)
            file.mux(film.encode(frame))
        file.mux(film.encode(None))
        if sound is not None and track is not None:
            file.mux(track.encode(_sound_frame(sound)))
            file.mux(track.encode(None))


def _picture(frame: av.VideoFrame) -> NDArray[np.uint8]:
    scale = min(1.0, WIDEST / frame.width)
    width, height = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    return frame.to_ndarray(width=width, height=height, format="rgb24")


def _sound_frame(sound: Sound) -> av.AudioFrame:
    samples = np.ascontiguousarray(sound).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, 0, Fraction(1, RATE_HZ)
    return frame
