"""Clips for the tests of streams of pictures, and what a stream made of them.

Picture n of a clip is grey, 5 n, so that a decoded picture shows its number.
"""

import functools
import io
import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
import numpy as np
from msgspec import Struct

from gradstream.media.pictures.reader import PictureReader
from gradstream.media.snapshot import snapshot_video
from gradstream.media.types import VIDEO_TIMESCALE, Chunk, InitSegment, MediaSegment

GREY_STEP = 5


class ClipForm(Struct, frozen=True, kw_only=True):
    """The properties of a test's clip. `rate_hz` 0 leaves out audio; `times` (ms) replace regular ones."""

    container: str = "mp4"
    codec: str = "libx264"
    count: int = 50
    fps: Fraction = Fraction(25)
    size: tuple[int, int] = (64, 48)
    pixels: str = "yuv420p"
    options: str = "bf=2 preset=ultrafast"
    rate_hz: int = 0
    layout: str = "mono"
    sound_codec: str = "aac"
    sound_s: float | None = None
    times: tuple[int, ...] = ()
    rotation: int = 0


@functools.cache
def make_clip(form: ClipForm) -> bytes:
    """Return a clip's bytes."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form.container) as file:
        options = dict(pair.split("=") for pair in form.options.split())
        pictures: Any = file.add_stream(form.codec, rate=form.fps, options=options)
        pictures.width, pictures.height = form.size
        pictures.pix_fmt = form.pixels
        pictures.codec_context.thread_count = 1
        if form.rotation:
            pictures.set_display_rotation(form.rotation)
        if form.times:
            pictures.codec_context.time_base = Fraction(1, 1000)
        sound = _add_sound(file, form) if form.rate_hz else None
        for number in range(form.count):
            frame = _grey(number, form.size).reformat(format=form.pixels)
            if form.times:
                frame.pts, frame.time_base = form.times[number], Fraction(1, 1000)
            else:
                frame.pts, frame.time_base = number, 1 / form.fps
            file.mux(pictures.encode(frame))
            if sound is not None:
                _mux_sound(file, sound, form, number)
        file.mux(pictures.encode(None))
        if sound is not None:
            for number in range(form.count, math.ceil((form.sound_s or 0) * form.fps)):
                _mux_sound(file, sound, form, number)
            file.mux(sound.encode(None))
    return buffer.getvalue()


def _grey(number: int, size: tuple[int, int]) -> av.VideoFrame:
    pixels = np.full((size[1], size[0], 3), GREY_STEP * number % 256, np.uint8)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24")


def _add_sound(file: Any, form: ClipForm) -> av.AudioStream:
    stream: av.AudioStream = file.add_stream(form.sound_codec, rate=form.rate_hz, layout=form.layout)
    return stream


def _mux_sound(file: Any, stream: av.AudioStream, form: ClipForm, number: int) -> None:
    """Write the samples of a sine that belong to a frame."""
    end_s = Fraction(number + 1) / form.fps
    if form.sound_s is not None:
        end_s = min(end_s, Fraction(form.sound_s))
    start, end = (round(time * form.rate_hz) for time in (Fraction(number) / form.fps, end_s))
    if end <= start:
        return
    wave = 0.5 * np.sin(2 * np.pi * 440 / form.rate_hz * np.arange(start, end))
    channels = stream.codec_context.channels
    samples = np.tile((wave * 32767).astype(np.int16), (channels, 1))
    frame = av.AudioFrame.from_ndarray(samples, format="s16p", layout=form.layout)
    frame.sample_rate, frame.pts, frame.time_base = form.rate_hz, start, Fraction(1, form.rate_hz)
    file.mux(stream.encode(frame))


def chunk_of(data: bytes, *, number: int = 1, name: str = "") -> Chunk:
    """Return bytes as a yielded chunk."""
    return Chunk(number=number, data=data, name=name)


def pictures_of(value: Any, *, number: int = 1) -> Chunk:
    """Return pictures as a yielded chunk."""
    chunk = snapshot_video(value, number=number, reader=PictureReader())
    assert chunk is not None
    return chunk


class VideoSegments:
    """A sink that keeps all segments, and requires the init segment first."""

    def __init__(self) -> None:
        self.inits: list[InitSegment] = []
        self.segments: list[MediaSegment] = []

    def open(self, init: InitSegment) -> None:
        """Keep the init segment."""
        self.inits.append(init)

    def append(self, segment: MediaSegment) -> None:
        """Keep a media segment."""
        assert self.inits
        self.segments.append(segment)

    @property
    def file(self) -> bytes:
        """The init and media segments as one file."""
        return b"".join((self.inits[0].data, *(segment.data for segment in self.segments)))


class Shown(Struct, frozen=True, kw_only=True):
    """A decoded picture: when, in ticks, which, by its grey, and how large."""

    tick: int
    number: int
    size: tuple[int, int]


def picture_count(file: bytes) -> int:
    """Return how many pictures are decoded from a file."""
    with av.open(io.BytesIO(file), "r") as opened:
        return sum(1 for _ in opened.decode(video=0))


def shown(file: bytes) -> list[Shown]:
    """Decode a file's pictures, in the order in which they are shown."""
    with av.open(io.BytesIO(file), "r") as opened:
        return [_shown(frame) for frame in opened.decode(video=0)]


def _shown(frame: av.VideoFrame) -> Shown:
    # Not the mean: what makes a side even is another colour.
    grey = float(np.median(frame.to_ndarray(format="gray")))
    tick = round(VIDEO_TIMESCALE * (frame.pts or 0) * Fraction(frame.time_base or 0))
    return Shown(tick=tick, number=round(grey / GREY_STEP), size=(frame.width, frame.height))


def gaps(pictures: list[Shown]) -> set[int]:
    """Return the different times from picture to picture, in ticks."""
    return {after.tick - before.tick for before, after in pairwise(pictures)}


def sound_length(file: bytes) -> int:
    """Return how many samples of sound a file's frames say they hold, without the encoder's priming."""
    with av.open(io.BytesIO(file), "r") as opened:
        packets = [packet for packet in opened.demux(audio=0) if packet.size]
        rate_hz = opened.streams.audio[0].codec_context.sample_rate
    ends = [((packet.pts or 0) + (packet.duration or 0)) * packet.time_base for packet in packets]
    return round(max(ends) * rate_hz)


def sound_of(file: bytes) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Decode a file's sound, shape (channels, n), without the encoder's priming."""
    with av.open(io.BytesIO(file), "r") as opened:
        resampler = av.AudioResampler(format="fltp")
        frames = [block for frame in opened.decode(audio=0) for block in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
