"""Converts a clip's video to frames of the stream: copied as they are, or decoded and encoded.

packet --CopiedFrames--> EncodedFrame (length-prefixed, parameter sets before each key frame)
packet --decode--> FrameNormalizer --> VideoEncoder --> EncodedFrame          (TranscodedFrames)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame

from gradstream.errors import GradstreamError
from gradstream.media.mp4.h264 import is_idr, make_access_unit, nal_unit_type, read_parameter_sets
from gradstream.media.video.encoder import VideoEncoder
from gradstream.media.video.from_file import VideoClip
from gradstream.media.video.normalize import FrameGeometry, FrameNormalizer
from gradstream.media.video.timeline import DEFAULT_PERIOD_S, EncodedFrame

_SLICES = frozenset({1, 5})
"""NAL unit types of non-IDR and IDR slices (ITU-T H.264, table 7-1)."""

_FORBIDDEN_ZERO_BIT = 0x80

TIME_GOES_BACK = "its timestamps go back there; yield concatenated files one by one"


class DamagedClipError(GradstreamError):
    """Raised where a clip cannot be read any further; everything before is in the stream."""


class ClipFrames(Protocol):
    """One clip's frames, in decode order."""

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield the frames that a video packet of the clip completes. Raises DamagedClipError."""

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield what was held back. Raises DamagedClipError."""


class CopiedFrames:
    """H.264 frames copied from the clip, converted to the stream's format."""

    def __init__(self, clip: VideoClip) -> None:
        self._sets = read_parameter_sets(bytes(clip.video.codec_context.extradata or b""))
        self._undecided: list[EncodedFrame] = []
        self._dts: int | None = None

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield the packet's frame, after those that waited for it."""
        if packet.pts is None:
            raise DamagedClipError("a frame has no timestamp")
        # This happens in files concatenated byte by byte: two frames would be shown at the same time.
        if packet.dts is not None:
            if self._dts is not None and packet.dts < self._dts:
                raise DamagedClipError(TIME_GOES_BACK)
            self._dts = packet.dts
        try:
            units = self._sets.split(bytes(packet))
        except ValueError as error:
            raise DamagedClipError(str(error)) from error
        if not _is_frame(units):
            raise DamagedClipError("an H.264 frame contains invalid data")
        base_s = Fraction(packet.time_base)
        self._undecided.append(
            EncodedFrame(
                data=make_access_unit(units, self._sets),
                at_s=packet.pts * base_s,
                duration_s=(packet.duration or 0) * base_s,
                is_key=is_idr(units),
            )
        )
        # Frames after the end of a trimmed clip are marked as discarded: they are kept only if others follow,
        # which may refer to them.
        if not packet.is_discard:
            yield from self._undecided
            self._undecided.clear()

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield nothing: discarded frames at the end are never shown."""
        return iter(())


def _is_frame(units: Sequence[bytes]) -> bool:
    """Return whether these are NAL units of a frame, by their first bytes; players stop at other data."""
    types = [nal_unit_type(unit) for unit in units if not unit[0] & _FORBIDDEN_ZERO_BIT]
    return len(types) == len(units) and 0 not in types and not _SLICES.isdisjoint(types)


class TranscodedFrames:
    """Frames in any codec, decoded and encoded one by one; the first is at `start_s` of the stream."""

    def __init__(self, clip: VideoClip, encoder: VideoEncoder, *, start_s: Fraction) -> None:
        self._clip = clip
        self._encoder = encoder
        self._start_s = start_s
        self._period_s = clip.cadence.period_s or DEFAULT_PERIOD_S
        self._first_s: Fraction | None = None
        self._last_s = Fraction(0)
        geometry = FrameGeometry(rotation=clip.rotation, is_interlaced=clip.is_interlaced, aspect=clip.aspect)
        self._normalizer = FrameNormalizer(geometry)

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield the frames that the packet completes."""
        for frame in self._decode(packet):
            for normalized in self._normalizer.normalize(frame):
                yield self._encode(normalized)

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield what the decoder and the normalizer hold back."""
        for frame in self._decode(None):
            for normalized in self._normalizer.normalize(frame):
                yield self._encode(normalized)
        for normalized in self._normalizer.finish():
            yield self._encode(normalized)

    def _decode(self, packet: Packet[Any] | None) -> list[VideoFrame]:
        try:
            return self._clip.decode(packet)
        except FFmpegError as error:
            raise DamagedClipError(str(error)) from error

    def _encode(self, frame: VideoFrame) -> EncodedFrame:
        base_s = Fraction(frame.time_base or 0)
        # A file without timestamps, such as raw H.264, has its nominal rate.
        at_s = self._last_s + self._period_s if frame.pts is None else frame.pts * base_s
        if self._first_s is None:
            self._first_s = self._last_s = at_s
        if at_s < self._last_s:
            raise DamagedClipError(TIME_GOES_BACK)
        self._last_s = at_s
        return self._encoder.encode(
            frame,
            at_s=at_s,
            duration_s=(frame.duration or 0) * base_s,
            stream_s=self._start_s + at_s - self._first_s,
        )
