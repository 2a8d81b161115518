"""Encodes frames to H.264 without delay: one frame out for each frame in.

VideoFrame (yuv420p, even size) --libx264--> Annex B --> EncodedFrame (length-prefixed, parameter sets
in band)
"""

from fractions import Fraction

from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from msgspec import Struct

from gradstream.media.mp4.h264 import find_parameter_sets, is_idr, make_access_unit, split_annex_b
from gradstream.media.video.timeline import EncodedFrame

MAX_GOP_S = 1
"""Longest time between key frames, and so the longest wait of a player that joins or seeks."""

QUALITY = "23"
"""libx264's constant rate factor: its default, visually close to the source."""

PIXELS_PER_THREAD = 500_000
"""For smaller frames a second thread costs more than it gains. Larger ones get two, never more."""

_OPTIONS = {"preset": "veryfast", "tune": "zerolatency", "crf": QUALITY, "forced-idr": "1"}


class _EncoderFormat(Struct, frozen=True):
    """The format that an encoder is opened for. Colours are numbered as in H.264's VUI (annex E)."""

    width: int
    height: int
    color_space: int
    color_primaries: int
    color_transfer: int
    color_range: int


class VideoEncoder:
    """Encodes a stream's frames: 4:2:0, 8 bit, with even sides. A new size starts with a key frame.

    `rate` is the expected frame rate, which libx264 uses for rate control.
    """

    def __init__(self, rate: Fraction = Fraction(25)) -> None:
        self._rate = rate
        self._format: _EncoderFormat | None = None
        self._codec: VideoCodecContext | None = None
        self._count = 0
        self._key_s: Fraction | None = None
        self._stream_s = Fraction(0)

    def encode(
        self, frame: VideoFrame, *, at_s: Fraction, duration_s: Fraction, stream_s: Fraction
    ) -> EncodedFrame:
        """Encode a frame shown at `at_s` in its clip and `stream_s` in the stream, which never decreases."""
        codec = self._codec_for(frame)
        frame.pts = self._count
        frame.time_base = 1 / self._rate
        frame.pict_type = PictureType.I if self._is_key_due(stream_s) else PictureType.NONE
        self._count += 1
        # `zerolatency` guarantees one packet per frame.
        (packet,) = codec.encode(frame)
        units = split_annex_b(bytes(packet))
        is_key = is_idr(units)
        if is_key:
            self._key_s = stream_s
        data = make_access_unit(units, find_parameter_sets(units))
        return EncodedFrame(data=data, at_s=at_s, duration_s=duration_s, is_key=is_key)

    def force_key_frame(self) -> None:
        """Make the next frame a key frame: frames from another encoder come before it."""
        self._key_s = None

    def close(self) -> None:
        """Drop the encoder, which frees libx264's threads and memory; idempotent."""
        self._codec = None
        self._format = None

    def _codec_for(self, frame: VideoFrame) -> VideoCodecContext:
        frame_format = _format_of(frame)
        if self._codec is None or frame_format != self._format:
            self._codec = _open(frame_format, self._rate)
            self._format = frame_format
            self._count = 0
            self.force_key_frame()
        return self._codec

    def _is_key_due(self, stream_s: Fraction) -> bool:
        gap_s = stream_s - self._stream_s
        self._stream_s = stream_s
        # Assume that the next frame comes after the same gap: would that be too late for a key frame?
        return self._key_s is None or stream_s + gap_s - self._key_s > MAX_GOP_S


def _format_of(frame: VideoFrame) -> _EncoderFormat:
    colors = (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range)
    return _EncoderFormat(frame.width, frame.height, *map(int, colors))


def _open(frame_format: _EncoderFormat, rate: Fraction) -> VideoCodecContext:
    codec = CodecContext.create("libx264", "w")
    codec.width, codec.height = frame_format.width, frame_format.height
    codec.pix_fmt = "yuv420p"
    codec.framerate = rate
    codec.time_base = 1 / rate
    codec.thread_count = 1 if frame_format.width * frame_format.height < PIXELS_PER_THREAD else 2
    # `encode` decides about key frames, by time; this only has to be large enough.
    codec.gop_size = 10_000
    codec.colorspace = frame_format.color_space
    codec.color_primaries = frame_format.color_primaries
    codec.color_trc = frame_format.color_transfer
    codec.color_range = frame_format.color_range
    codec.options = dict(_OPTIONS)
    codec.open()
    return codec
