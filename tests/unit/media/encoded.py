"""Media for the tests, encoded by the encoders that streams use: a sine, and a bar that grows."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext

from gradstream.media.mp4.h264 import is_idr, make_access_unit, make_avcc, read_parameter_sets, split_annex_b
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.types import VIDEO_TIMESCALE, AudioTrack, Codec, EncodedSample, MediaSegment, VideoTrack
from gradstream.media.video.timeline import MAX_REORDER_FRAMES, EncodedFrame, VideoTimeline

ENCODERS: dict[Codec, tuple[str, str]] = {
    "flac": ("flac", "s16"),
    "aac": ("aac", "fltp"),
    "opus": ("libopus", "flt"),
}
FPS = 24
TICK = VIDEO_TIMESCALE // FPS


def sine(count: int, rate_hz: int) -> npt.NDArray[np.float32]:
    """Return a sine of 440 Hz at half of full scale."""
    wave: npt.NDArray[np.float64] = 0.5 * np.sin(2 * np.pi * 440 / rate_hz * np.arange(count))
    return wave.astype(np.float32)


def sine_frames(count: int, rate_hz: int, *, channels: int, form: str, size: int) -> Iterable[av.AudioFrame]:
    """Yield the sine in frames of an encoder's size and form; the last may be shorter."""
    wave = sine(count, rate_hz)
    for start in range(0, count, size):
        part = wave[start : start + size]
        if form == "s16":
            part = (part * 32767).astype(np.int16)
        array = np.tile(part, (channels, 1)) if form == "fltp" else np.repeat(part, channels)[np.newaxis]
        frame = av.AudioFrame.from_ndarray(array, format=form, layout="stereo" if channels == 2 else "mono")
        frame.sample_rate = rate_hz
        frame.pts = start
        frame.time_base = Fraction(1, rate_hz)
        yield frame


def audio_track(
    codec: Codec, count: int, *, rate_hz: int = 48_000, channels: int = 2
) -> tuple[AudioTrack, list[EncodedSample]]:
    """Encode `count` samples of a sine; the last frame is as short as needed."""
    name, form = ENCODERS[codec]
    context = av.CodecContext.create(name, "w")
    assert isinstance(context, AudioCodecContext)
    context.sample_rate, context.format = rate_hz, form
    context.layout = "stereo" if channels == 2 else "mono"
    context.time_base = Fraction(1, rate_hz)
    context.bit_rate = 160_000
    context.open()
    size = context.frame_size
    packets = []
    for frame in [*sine_frames(count, rate_hz, channels=channels, form=form, size=size), None]:
        packets += [packet for packet in context.encode(frame) if packet.size]
    priming = -(packets[0].pts or 0)
    config = bytes(context.extradata or b"")
    track = AudioTrack(
        codec=codec,
        rate_hz=rate_hz,
        channels=channels,
        config=config[8:] if codec == "opus" else config,
        priming=priming,
    )
    return track, _shortened(packets, size=size, total=priming + count)


def _shortened(packets: Sequence[av.Packet[Any]], *, size: int, total: int) -> list[EncodedSample]:
    samples = []
    for packet in packets:
        duration = min(size, total)
        if duration:
            samples.append(EncodedSample(data=bytes(packet), duration=duration))
        total -= duration
    assert total == 0
    return samples


def video_track(
    count: int, *, width: int = 64, height: int = 48, b_frames: int = 2, form: str = "yuv420p"
) -> tuple[VideoTrack, list[EncodedSample]]:
    """Encode `count` frames at 24 fps with a key frame each second; composition starts at 0."""
    packets = annex_b_frames(count, width, height, b_frames=b_frames, form=form)
    sets = read_parameter_sets(packets[0][0])
    timeline = VideoTimeline()
    timeline.begin(reorder=MAX_REORDER_FRAMES)
    samples = []
    for data, pts in packets:
        units = split_annex_b(data)
        frame = EncodedFrame(
            data=make_access_unit(units, sets),
            at_s=Fraction(pts, FPS),
            duration_s=Fraction(1, FPS),
            is_key=is_idr(units),
        )
        samples += timeline.add(frame)
    return VideoTrack(width=width, height=height, config=make_avcc(sets)), samples + timeline.end()


def annex_b_frames(
    count: int, width: int, height: int, *, b_frames: int = 0, form: str = "yuv420p"
) -> list[tuple[bytes, int]]:
    """Return frames as an encoder returns them, in decode order, with the number at which each is shown."""
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = width, height, form
    context.time_base = Fraction(1, FPS)
    context.framerate = Fraction(FPS)
    context.thread_count = 1
    # Without a global header the parameter sets are in band, as in a transport stream.
    context.options = {"preset": "veryfast", "g": str(FPS), "bf": str(b_frames), "sc_threshold": "0"}
    packets = []
    for index in range(count):
        packets += context.encode(_picture(index, width, height))
    packets += context.encode(None)
    return [(bytes(packet), packet.pts or 0) for packet in packets]


def _picture(index: int, width: int, height: int) -> av.VideoFrame:
    array = np.zeros((height, width, 3), np.uint8)
    array[:, : index * 3 % width] = (255, index * 5 % 256, 0)
    frame = av.VideoFrame.from_ndarray(array, format="rgb24")
    frame.pts = index
    frame.time_base = Fraction(1, FPS)
    return frame


def video_file(
    container: str, *, codec: str = "libx264", form: str = "yuv420p", size: tuple[int, int] = (64, 48)
) -> bytes:
    """Return a file of 12 frames, of FFmpeg's name for its container and its encoder."""
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        stream = file.add_stream(codec, rate=FPS)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = form
        for index in range(12):
            file.mux(stream.encode(_picture(index, *size).reformat(format=form)))
        file.mux(stream.encode(None))
    return written.getvalue()


def audio_file(container: str, *, codec: str, count: int = 12_000) -> bytes:
    """Return a file of so many samples at 48 kHz, of FFmpeg's name for its container and its encoder."""
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        stream = file.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for frame in sine_frames(count, 48_000, channels=1, form="s16", size=1_000):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return written.getvalue()


def segments_of(
    muxer: SegmentMuxer,
    *,
    video_samples: Sequence[EncodedSample] = (),
    audio_samples: Sequence[EncodedSample] = (),
    parts: int = 4,
) -> list[MediaSegment]:
    """Return the samples in `parts` segments, each with its share of both tracks."""
    made = []
    for part in range(parts):
        shares = [_share(samples, part, parts) for samples in (video_samples, audio_samples)]
        made.append(muxer.segment(video=shares[0], audio=shares[1]))
    return made


def _share(samples: Sequence[EncodedSample], part: int, parts: int) -> Sequence[EncodedSample]:
    size = math.ceil(len(samples) / parts)
    return samples[part * size : (part + 1) * size]


def stream_of(
    *,
    video: tuple[VideoTrack, Sequence[EncodedSample]] | None = None,
    audio: tuple[AudioTrack, Sequence[EncodedSample]] | None = None,
    parts: int = 4,
) -> bytes:
    """Return the init and media segments of encoded tracks as one file."""
    muxer = SegmentMuxer(video=video and video[0], audio=audio and audio[0])
    made = segments_of(
        muxer,
        video_samples=video[1] if video else (),
        audio_samples=audio[1] if audio else (),
        parts=parts,
    )
    return b"".join((muxer.init.data, *(segment.data for segment in made)))


def count_samples(file: bytes) -> int:
    """Return how many samples of audio a file is decoded to."""
    with av.open(io.BytesIO(file), "r") as opened:
        return sum(int(frame.samples) for frame in opened.decode(audio=0))


def frame_times(file: bytes) -> list[int]:
    """Return when a file's decoded frames are shown, in ticks of a video track."""
    with av.open(io.BytesIO(file), "r") as opened:
        frames = list(opened.decode(video=0))
        return [round(VIDEO_TIMESCALE * (frame.pts or 0) * (frame.time_base or 0)) for frame in frames]
