"""A yielded clip, open: what it holds, and whether its pictures can be passed on as they are.

    Chunk (bytes | path) --open_video--> VideoClip: packets of pictures and of sound, in the file's order
                                         `-- the first picture is decoded at once, to see how pictures lie

Only containers are opened that hold pictures themselves: nothing that names other files or addresses.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import av
from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame

from gradstream.media.mp4.h264 import is_idr, read_parameter_sets
from gradstream.media.types import Chunk
from gradstream.media.video.errors import video_file_error
from gradstream.media.video.timeline import Cadence

CONTAINERS = "mov,matroska,mpegts,mpeg,avi,flv,ogg,asf,mxf,nut,ivf,gif,h264,hevc,m4v,obu"
"""FFmpeg's names. Playlists are not among them: a clip given by a visitor could name this machine's files."""

MAX_PROBE_PACKETS = 2_000
"""So many packets without a picture to begin with, about a minute, are no clip."""

DECODER_THREADS = 2
"""For each clip that is decoded; only slices are shared among them, which holds no picture back."""

_COPIED_FORMATS = frozenset({"yuv420p", "yuvj420p"})
_PROGRESSIVE = frozenset({0, 1})
"""FFmpeg's AVFieldOrder: unknown, progressive."""


class VideoClip:
    """A clip's tracks, its first picture, and its packets."""

    def __init__(self, container: InputContainer, chunk: Chunk) -> None:
        """Find the tracks and decode the first picture. Raises ChunkError and FFmpegError."""
        self._container = container
        self.pictures = _picture_stream(container, chunk)
        self.sound = _sound_stream(container)
        self.pictures.codec_context.thread_count = DECODER_THREADS
        if self.sound is not None:
            self.sound.codec_context.thread_count = 1
        self._read: deque[Packet[Any]] = deque()
        self._begins_with_key: bool | None = None
        self._has_begun = False
        self.first = self._probe(chunk)
        """The first picture that can be decoded."""

    @property
    def rotation(self) -> int:
        """By how many degrees, against the clock, the pictures are to be turned."""
        return int(self.first.rotation) % 360

    @property
    def aspect(self) -> Fraction:
        """A pixel's width by its height."""
        said = self.pictures.sample_aspect_ratio or self.pictures.codec_context.sample_aspect_ratio
        return Fraction(said) if said else Fraction(1)

    @property
    def is_interlaced(self) -> bool:
        """Whether pictures consist of two fields."""
        order = self.pictures.codec_context.field_order
        return self.first.interlaced_frame or order not in _PROGRESSIVE

    @property
    def is_copyable(self) -> bool:
        """Whether the pictures are what the stream is made of: H.264, 4:2:0, 8 bit, from a key frame on."""
        return bool(
            self._begins_with_key
            and self.first.format.name in _COPIED_FORMATS
            and self.rotation == 0
            # What only the container says of pixels that are not square would be lost.
            and self.aspect in {1, self.pictures.codec_context.sample_aspect_ratio}
            and not self.is_interlaced
        )

    @property
    def cadence(self) -> Cadence:
        """How often pictures come, by what the file says, and how coarse its clock is."""
        rate = self.pictures.guessed_rate or self.pictures.average_rate
        tick_s = Fraction(self.pictures.time_base or 0)
        return Cadence(period_s=1 / Fraction(rate) if rate else Fraction(0), tick_s=tick_s)

    def decode(self, packet: Packet[Any] | None) -> list[VideoFrame]:
        """Return the pictures that a packet completes; None is the end.

        Before the first picture damage is passed over: a clip may begin between two key frames. Later it
        raises FFmpegError.
        """
        try:
            frames = self.pictures.codec_context.decode(packet)
        except FFmpegError:
            if self._has_begun:
                raise
            return []
        self._has_begun = self._has_begun or bool(frames)
        for frame in frames:
            # PyAV leaves it out of the pictures that come after the last packet.
            frame.time_base = Fraction(self.pictures.time_base or 1)
        return frames

    def drop_audio(self) -> None:
        """Read pictures only."""
        self.sound = None

    def packets(self) -> Iterator[Packet[Any]]:
        """Yield the packets of pictures and sound; raises FFmpegError where the file is damaged."""
        while self._read:
            yield self._read.popleft()
        yield from self._demux()

    def _demux(self) -> Iterator[Packet[Any]]:
        tracks = [self.pictures] if self.sound is None else [self.pictures, self.sound]
        # The last, empty packets only tell decoders that nothing follows.
        return (packet for packet in self._container.demux(*tracks) if packet.size)

    def _probe(self, chunk: Chunk) -> VideoFrame:
        """Read until a picture can be decoded; the packets are kept for `packets`."""
        for packet in self._demux():
            self._read.append(packet)
            if packet.stream_index != self.pictures.index:
                continue
            is_first = self._begins_with_key is None
            if is_first:
                self._begins_with_key = _begins(self.pictures, packet)
            frames = self.decode(packet)
            if is_first and packet.is_keyframe and not packet.is_discard and not frames:
                frames = self._drained(packet)
            if frames:
                return self._rewound(frames)
            if len(self._read) > MAX_PROBE_PACKETS:
                break
        frames = self.decode(None)
        if not frames:
            raise video_file_error(chunk, "holds no picture that can be decoded")
        return self._rewound(frames)

    def _drained(self, packet: Packet[Any]) -> list[VideoFrame]:
        """Return a key frame's picture at once, although a decoder waits for others to be shown before."""
        frames = self.decode(None)
        self.pictures.codec_context.flush_buffers()
        # A picture may take several packets: then the decoder goes on from this one.
        return frames or self.decode(packet)

    def _rewound(self, frames: list[VideoFrame]) -> VideoFrame:
        self.pictures.codec_context.flush_buffers()
        self._has_begun = False
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


def _picture_stream(container: InputContainer, chunk: Chunk) -> av.VideoStream:
    """Return the track of pictures; a song's cover is none."""
    tracks = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    if not tracks:
        what = "holds sound only, and no pictures" if container.streams.audio else "holds no pictures"
        raise video_file_error(chunk, what)
    stream = best if isinstance(best, av.VideoStream) and best in tracks else tracks[0]
    if stream.codec_context is None:
        raise video_file_error(chunk, "holds pictures of a kind that FFmpeg cannot decode")
    return stream


def _sound_stream(container: InputContainer) -> av.AudioStream | None:
    best = container.streams.best("audio")
    # A codec that nobody can decode has no context.
    return best if isinstance(best, av.AudioStream) and best.codec_context is not None else None


def _begins(pictures: av.VideoStream, packet: Packet[Any]) -> bool:
    """Tell whether the track is H.264 and this, its first packet, a key frame to begin with."""
    codec = pictures.codec_context
    if codec.name != "h264" or packet.pts is None or packet.is_discard:
        return False
    try:
        sets = read_parameter_sets(bytes(codec.extradata or b""))
        return sets.first.plays_everywhere and is_idr(sets.split(bytes(packet)))
    except ValueError:
        # Without parameter sets, or cut in an unusual way: the decoder may still make sense of it.
        return False
