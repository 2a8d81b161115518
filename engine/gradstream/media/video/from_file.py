"""Opens a yielded clip: its tracks, and whether its video can be copied to the stream as it is.

    Chunk (bytes | path) --open_video--> VideoClip: video and audio packets, in the file's order
                                         `-- the first frame is decoded at once, to learn about its geometry

Only containers that hold media themselves are opened: none that refers to other files or addresses.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, cast

import av
from av.codec.context import CodecContext
from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from gradstream.media.mp4.h264 import is_idr, read_parameter_sets
from gradstream.media.types import Chunk
from gradstream.media.video.errors import video_file_error
from gradstream.media.video.timeline import Cadence

CONTAINERS = "mov,matroska,mpegts,mpeg,avi,flv,ogg,asf,mxf,nut,ivf,gif,apng,h264,hevc,m4v,obu"
"""FFmpeg's names. Playlists are left out: a visitor's clip could refer to files of this machine."""

MAX_PROBE_PACKETS = 2_000
"""A clip whose first frame is not among this many packets, about a minute, is rejected."""

DECODER_THREADS = 2
"""Threads per decoder. They share slices, not frames, so that no frame is delayed."""

_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""FFmpeg's own decoders of these leave out the alpha channel, which Matroska's `AlphaMode` announces."""

_COPIED_FORMATS = frozenset({"yuv420p", "yuvj420p"})
_PROGRESSIVE = frozenset({0, 1})
"""FFmpeg's AVFieldOrder: unknown, progressive."""


class VideoClip:
    """A clip's tracks, its first frame, and its packets."""

    def __init__(self, container: InputContainer, chunk: Chunk) -> None:
        """Find the tracks and decode the first frame. Raises ChunkError and FFmpegError."""
        self._container = container
        self.video = _video_stream(container, chunk)
        self.audio = _audio_stream(container)
        self._decoder = _open_decoder(self.video)
        self._decoder.thread_count = DECODER_THREADS
        if self.audio is not None:
            self.audio.codec_context.thread_count = 1
        self._read: deque[Packet[Any]] = deque()
        self._starts_with_key: bool | None = None
        self._has_started = False
        self.first = self._probe(chunk)
        """The first frame that can be decoded."""

    @property
    def rotation(self) -> int:
        """The rotation to apply, in degrees counterclockwise."""
        return int(self.first.rotation) % 360

    @property
    def aspect(self) -> Fraction:
        """The width of a pixel divided by its height."""
        ratio = self.video.sample_aspect_ratio or self.video.codec_context.sample_aspect_ratio
        return Fraction(ratio) if ratio else Fraction(1)

    @property
    def is_interlaced(self) -> bool:
        """Whether frames consist of two fields."""
        order = self.video.codec_context.field_order
        return self.first.interlaced_frame or order not in _PROGRESSIVE

    @property
    def is_copyable(self) -> bool:
        """Whether the video can be copied: H.264, 4:2:0, 8 bit, progressive, starting with a key frame."""
        return bool(
            self._starts_with_key
            and self.first.format.name in _COPIED_FORMATS
            and self.rotation == 0
            # An aspect ratio that only the container states would be lost.
            and self.aspect in {1, self.video.codec_context.sample_aspect_ratio}
            and not self.is_interlaced
        )

    @property
    def cadence(self) -> Cadence:
        """The nominal frame period, and the resolution of the timestamps."""
        rate = self.video.guessed_rate or self.video.average_rate
        tick_s = Fraction(self.video.time_base or 0)
        return Cadence(period_s=1 / Fraction(rate) if rate else Fraction(0), tick_s=tick_s)

    @property
    def stated_s(self) -> Fraction:
        """The duration that the file states of its tracks that are read; 0 if it states none."""
        tracks = [self.video] if self.audio is None else [self.video, self.audio]
        stated = [Fraction(one.duration) * Fraction(one.time_base or 0) for one in tracks if one.duration]
        whole = Fraction(self._container.duration or 0, av.time_base)
        return min(whole, max(stated, default=Fraction(0)))

    def decode(self, packet: Packet[Any] | None) -> list[VideoFrame]:
        """Return the frames that a packet completes; None is the end.

        Errors before the first frame are ignored, because a clip may start between two key frames. Later ones
        raise FFmpegError.
        """
        try:
            frames = self._decoder.decode(packet)
        except FFmpegError:
            if self._has_started:
                raise
            return []
        self._has_started = self._has_started or bool(frames)
        for frame in frames:
            # PyAV does not set it for frames that come after the last packet.
            frame.time_base = Fraction(self.video.time_base or 1)
        return frames

    def drop_audio(self) -> None:
        """Read video packets only."""
        self.audio = None

    def packets(self) -> Iterator[Packet[Any]]:
        """Yield the video and audio packets; raises FFmpegError where the file is damaged."""
        while self._read:
            yield self._read.popleft()
        yield from self._demux()

    def _demux(self) -> Iterator[Packet[Any]]:
        tracks = [self.video] if self.audio is None else [self.video, self.audio]
        # The empty packets at the end only flush decoders.
        return (packet for packet in self._container.demux(*tracks) if packet.size)

    def _probe(self, chunk: Chunk) -> VideoFrame:
        """Read until a frame can be decoded; the packets are kept for `packets`."""
        for packet in self._demux():
            self._read.append(packet)
            if packet.stream_index != self.video.index:
                continue
            is_first = self._starts_with_key is None
            if is_first:
                self._starts_with_key = _starts_with_key_frame(self.video, packet)
            frames = self.decode(packet)
            if is_first and packet.is_keyframe and not packet.is_discard and not frames:
                frames = self._decode_at_once(packet)
            if frames:
                return self._rewind(frames)
            if len(self._read) > MAX_PROBE_PACKETS:
                break
        frames = self.decode(None)
        if not frames:
            raise video_file_error(chunk, "contains no picture that can be decoded")
        return self._rewind(frames)

    def _decode_at_once(self, packet: Packet[Any]) -> list[VideoFrame]:
        """Return a key frame at once, although the decoder waits for frames shown before it."""
        frames = self.decode(None)
        self._decoder.flush_buffers()
        # A frame may consist of several packets: then decoding continues with this one.
        return frames or self.decode(packet)

    def _rewind(self, frames: list[VideoFrame]) -> VideoFrame:
        self._decoder.flush_buffers()
        self._has_started = False
        return frames[0]


@contextmanager
def open_video(chunk: Chunk) -> Iterator[VideoClip]:
    """Open a clip given as bytes or by path. Raises ChunkError, also for damage found within the context."""
    source: Any = chunk.path if chunk.data is None else io.BytesIO(chunk.data)
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file,pipe"}
    try:
        with av.open(source, metadata_errors="replace", container_options=options) as container:
            yield VideoClip(container, chunk)
    except FFmpegError as error:
        raise video_file_error(chunk, "cannot be decoded as video") from error


def _video_stream(container: InputContainer, chunk: Chunk) -> av.VideoStream:
    """Return the video track; cover art does not count."""
    tracks = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    if not tracks:
        what = "contains sound but no pictures" if container.streams.audio else "contains no pictures"
        raise video_file_error(chunk, what)
    stream = best if isinstance(best, av.VideoStream) and best in tracks else tracks[0]
    if stream.codec_context is None:
        raise video_file_error(chunk, "contains pictures in a codec that FFmpeg cannot decode")
    return stream


def _open_decoder(video: av.VideoStream) -> VideoCodecContext:
    """Return a decoder of the track that also decodes its transparency."""
    # The element's name, in capitals where FFmpeg has written a tag in its place.
    announced = "1" in (video.metadata.get("alpha_mode"), video.metadata.get("ALPHA_MODE"))
    name = _ALPHA_DECODERS.get(video.codec_context.name) if announced else None
    return video.codec_context if name is None else cast("VideoCodecContext", CodecContext.create(name, "r"))


def _audio_stream(container: InputContainer) -> av.AudioStream | None:
    best = container.streams.best("audio")
    # There is no context for a codec that FFmpeg cannot decode.
    return best if isinstance(best, av.AudioStream) and best.codec_context is not None else None


def _starts_with_key_frame(video: av.VideoStream, packet: Packet[Any]) -> bool:
    """Return whether the track is H.264, and its first packet is a key frame."""
    codec = video.codec_context
    if codec.name != "h264" or packet.pts is None or packet.is_discard:
        return False
    try:
        sets = read_parameter_sets(bytes(codec.extradata or b""))
        return sets.first.plays_everywhere and is_idr(sets.split(bytes(packet)))
    except ValueError:
        # No parameter sets, or an unusual format: the decoder may still support it.
        return False
