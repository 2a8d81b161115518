"""The tracks of a new file: copied from a visitor's file, or decoded and encoded again.

    packet --feed--> CopiedTrack --------------------------------> new file
    packet --feed--> TranscodedVideo: VideoTrimmer -> libx264 … --> new file
    packet --feed--> TranscodedAudio: AudioTrimmer -> AudioTrackWriter -> new file

Timestamps of the new file start at 0, where the time range starts.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Protocol

import av
import numpy as np
from msgspec import Struct

from gradstream.media.files.decode import AudioTrimmer, Int16Samples, MediaFile, VideoTrimmer, decode
from gradstream.media.time_range import TimeRange
from gradstream.media.types import VIDEO_TIMESCALE

DEFAULT_FPS = 25
"""The frame rate assumed for a video that does not state it."""

ENCODER_THREADS = 2
"""A visitor's clip must not occupy more cores than this, because other runs need them."""

TICK_S = Fraction(1, VIDEO_TIMESCALE)


class AudioTarget(Struct, frozen=True):
    """How audio is encoded; `fitting` are the codecs that need no conversion. All names are FFmpeg's."""

    muxer: str
    encoder: str
    fitting: frozenset[str]
    bit_rate: int = 0


class VideoTarget(Struct, frozen=True):
    """How video and its audio are encoded; `fitting` are the codecs that need no conversion."""

    encoder: str
    fitting: frozenset[str]
    audio: AudioTarget
    options: dict[str, str]


class DisplaySize(Struct, frozen=True):
    """The size of a video as displayed, after `turns` quarter turns counterclockwise."""

    width: int
    height: int
    turns: int


class OutputTrack(Protocol):
    """A track of the new file, made from one track of the source."""

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the time range."""

    def feed(self, packet: Any) -> None:
        """Process the next packet of the source."""

    def finish(self) -> None:
        """Write what is held back."""


class CopiedTrack:
    """A track whose packets are copied."""

    is_done = False

    def __init__(self, output: Any, source: Any) -> None:
        self._output = output
        self._stream = output.add_stream_from_template(source)

    def feed(self, packet: Any) -> None:
        """Write the packet."""
        if packet.dts is not None:
            packet.stream = self._stream
            self._output.mux(packet)

    def finish(self) -> None:
        """Do nothing: packets are written as they arrive."""


class TranscodedVideo:
    """Frames that are encoded again: upright, of one size, with even sides as 4:2:0 requires."""

    def __init__(
        self,
        output: Any,
        encoding: VideoTarget,
        file: MediaFile,
        *,
        time_range: TimeRange,
        display: DisplaySize,
    ) -> None:
        self._output = output
        self._trimmer = VideoTrimmer(time_range, origin_s=file.origin_s)
        self._turns = display.turns
        rate = file.video.average_rate or DEFAULT_FPS
        self._stream = output.add_stream(encoding.encoder, rate=rate, options=dict(encoding.options))
        self._stream.width, self._stream.height = display.width // 2 * 2, display.height // 2 * 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = TICK_S
        self._stream.codec_context.thread_count = ENCODER_THREADS
        self._last = -1

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the time range."""
        return self._trimmer.is_done

    def feed(self, packet: Any) -> None:
        """Decode the packet, and encode what is in the time range."""
        for frame in decode(packet):
            self._encode(self._trimmer.feed(frame))

    def finish(self) -> None:
        """Encode the rest, and write what the encoder holds back."""
        self._encode(self._trimmer.feed(None))
        self._output.mux(self._stream.encode(None))

    def _encode(self, frames: Iterable[tuple[Fraction, Any]]) -> None:
        for at_s, frame in frames:
            tick = round(at_s / TICK_S)
            if tick <= self._last:
                continue
            self._last = tick
            fitted = _turn(frame, self._turns).reformat(
                width=self._stream.width, height=self._stream.height, format="yuv420p"
            )
            fitted.pts, fitted.time_base = tick, TICK_S
            # The frame types of the source do not matter here.
            fitted.pict_type = av.video.frame.PictureType.NONE
            self._output.mux(self._stream.encode(fitted))


class TranscodedAudio:
    """The audio of a video, encoded again."""

    def __init__(self, output: Any, encoding: AudioTarget, file: MediaFile, *, time_range: TimeRange) -> None:
        self._trimmer = AudioTrimmer(time_range, origin_s=file.origin_s)
        source = file.audio.codec_context
        self._encoder = AudioTrackWriter(
            output, encoding, rate_hz=source.sample_rate, channels=source.layout.nb_channels
        )

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the time range."""
        return self._trimmer.is_done

    def feed(self, packet: Any) -> None:
        """Decode the packet, and encode what is in the time range."""
        for frame in decode(packet):
            self._encode(self._trimmer.feed(frame))

    def finish(self) -> None:
        """Encode the rest, and write what the encoder holds back."""
        self._encode(self._trimmer.feed(None))
        self._encoder.finish()

    def _encode(self, blocks: Iterable[Int16Samples]) -> None:
        for samples in blocks:
            self._encoder.encode(
                samples,
                layout=self._trimmer.layout,
                rate_hz=self._trimmer.rate_hz,
                end=self._trimmer.position,
            )


class AudioTrackWriter:
    """An audio track of a new file: mono or stereo, at the source's rate if the encoder supports it."""

    def __init__(self, output: Any, encoding: AudioTarget, *, rate_hz: int, channels: int) -> None:
        self._output = output
        layout = "mono" if channels == 1 else "stereo"
        self._stream = output.add_stream(
            encoding.encoder, rate=_rate(encoding.encoder, rate_hz), layout=layout
        )
        if encoding.bit_rate:
            self._stream.bit_rate = encoding.bit_rate

    def encode(self, samples: Int16Samples, *, layout: str, rate_hz: int, end: int) -> None:
        """Encode samples, shape (n, channels), that end at sample `end` of the new file."""
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts, frame.time_base = end - len(samples), Fraction(1, rate_hz)
        self._output.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder holds back."""
        self._output.mux(self._stream.encode(None))


def _turn(frame: Any, turns: int) -> Any:
    if turns == 0:
        return frame
    pixels = np.rot90(frame.to_ndarray(format="rgb24"), turns)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")


def _rate(encoder: str, rate_hz: int) -> int:
    """Return the encoder's lowest rate that is not below the source's, or else its highest."""
    rates = sorted(av.Codec(encoder, "w").audio_rates or [rate_hz])
    return next((one for one in rates if one >= rate_hz), rates[-1])
