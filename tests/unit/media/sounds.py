"""Audio for the tests: a sine, files of it, what FFmpeg decodes, and a sink that keeps everything."""

import functools
import io
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from gradstream.media.audio.pcm import PcmBlock, Samples
from gradstream.media.audio.stream import AudioStream
from gradstream.media.snapshot import snapshot_audio
from gradstream.media.types import AudioOptions, ChunkError, Codec, InitSegment, MediaSegment
from tests.patience import PATIENCE_S

PITCH_HZ = 440
LEVEL = 0.5

Floats = npt.NDArray[np.float64]


class SegmentBuffer:
    """A sink that keeps all segments."""

    def __init__(self) -> None:
        self.inits: list[InitSegment] = []
        self.segments: list[MediaSegment] = []

    def open(self, init: InitSegment) -> None:
        """Keep the init segment."""
        self.inits.append(init)

    def append(self, segment: MediaSegment) -> None:
        """Keep a media segment."""
        self.segments.append(segment)

    @property
    def file(self) -> bytes:
        """Everything, as a file."""
        return self.inits[0].data + b"".join(segment.data for segment in self.segments)

    @property
    def length_s(self) -> float:
        """The duration of all segments."""
        return sum(segment.duration_s for segment in self.segments)


def sine(rate_hz: int, count: int, *, start_s: float = 0.0) -> Floats:
    """Return samples of the one endless sine, from a moment on."""
    times = start_s + np.arange(count) / rate_hz
    return np.asarray(LEVEL * np.sin(2 * np.pi * PITCH_HZ * times))


def block(samples: npt.NDArray[Any], rate_hz: int, layout: str = "mono") -> PcmBlock:
    """Return a block of these samples, on as many channels as the layout has."""
    channels = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    planar = np.repeat(np.asarray(samples, np.float32)[np.newaxis], channels, axis=0)
    return PcmBlock(samples=planar, rate_hz=rate_hz, layout=layout)


def joined(parts: Iterable[Samples | PcmBlock]) -> Samples:
    """Return samples end to end."""
    return np.concatenate([p.samples if isinstance(p, PcmBlock) else p for p in parts], axis=1)


def wav(samples: Floats, rate_hz: int, *, channels: int = 1) -> bytes:
    """Return a file of 16 bits, the same on each channel."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate_hz)
        whole = np.rint(samples * 32768).clip(-32768, 32767).astype("<i2")
        writer.writeframes(np.repeat(whole, channels).tobytes())
    return file.getvalue()


@functools.cache
def encoded(source: bytes, suffix: str, *options: str) -> bytes:
    """Return a file encoded by the ffmpeg program, which can seek in what it writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"it.{suffix}"
        command = ["ffmpeg", "-v", "error", "-i", "-", *options, str(path)]
        subprocess.run(command, input=source, check=True, timeout=PATIENCE_S)
        return path.read_bytes()


def decoded(file: bytes) -> npt.NDArray[np.float32]:
    """Return the first channel as the ffmpeg program decodes it."""
    command = ["ffmpeg", "-v", "error", "-i", "-", "-af", "pan=mono|c0=c0", "-f", "f32le", "-"]
    done = subprocess.run(command, input=file, capture_output=True, check=True, timeout=PATIENCE_S)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.float32)


def presented(file: bytes) -> npt.NDArray[np.float32]:
    """Return the first channel within the edit list and the frames' durations: what a player plays."""
    with av.open(io.BytesIO(file), "r") as container:
        stream = container.streams.audio[0]
        tick = stream.time_base
        parts = []
        for frame in container.decode(stream):
            assert tick is not None
            wanted = round(frame.duration * tick * frame.sample_rate)
            array = frame.to_ndarray()
            channels = frame.layout.nb_channels
            first = array[0] if frame.format.is_planar else array.reshape(-1, channels)[:, 0]
            parts.append(first[:wanted] / (32768.0 if first.dtype == np.int16 else 1.0))
    return np.concatenate(parts).astype(np.float32)


def bends(samples: npt.NDArray[Any], rate_hz: int) -> Floats:
    """Return second differences, 1 being the largest of the pure sine: a click is far beyond."""
    return np.abs(np.diff(samples.astype(np.float64), 2)) / (LEVEL * (2 * np.pi * PITCH_HZ / rate_hz) ** 2)


def streamed(values: Sequence[object], *, codec: Codec = "flac") -> SegmentBuffer:
    """Return the segments of a stream of yielded values."""
    sink, _ = streamed_with_errors(values, codec=codec, is_strict=True)
    return sink


def streamed_with_errors(
    values: Sequence[object], *, codec: Codec = "flac", is_strict: bool = False
) -> tuple[SegmentBuffer, list[str]]:
    """Return the same, and the errors for bad chunks."""
    sink, errors = SegmentBuffer(), []
    stream = AudioStream(AudioOptions(codec=codec), sink=sink)
    for number, value in enumerate(values, 1):
        try:
            chunk = snapshot_audio(value, number=number)
            if chunk is not None:
                stream.add(chunk)
        except ChunkError as bad:
            errors.append(str(bad))
    try:
        stream.finish()
    except ChunkError as bad:
        errors.append(str(bad))
    if is_strict:
        assert errors == []
    return sink, errors
