"""A clip's pictures on their way into the stream: passed on as they are, or decoded and encoded.

packet --CopiedFrames--> EncodedFrame (length-prefixed, parameter sets in front of each key frame)
packet --decode--> FrameNormalizer --> VideoEncoder --> EncodedFrame          (TranscodedFrames)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame

from gradstream.media.mp4.h264 import is_idr, make_access_unit, nal_unit_type, read_parameter_sets
from gradstream.media.video.encoder import VideoEncoder
from gradstream.media.video.from_file import VideoClip
from gradstream.media.video.normalize import FrameGeometry, FrameNormalizer
from gradstream.media.video.timeline import DEFAULT_PERIOD_S, EncodedFrame

_SLICES = frozenset({1, 5})
"""Types of NAL units with a picture in them (ITU-T H.264, table 7-1)."""

_FORBIDDEN_BIT = 0x80

CLOCK_BACK = "its clock goes back there; several files in one are to be yielded one by one"


class DamagedClipError(Exception):
    """Raised where a clip cannot be read any further; what came before is in the stream."""


class ClipFrames(Protocol):
    """One clip's pictures, in decode order."""

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield what a packet of the clip's pictures gives. Raises Damaged."""

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield what was held back. Raises Damaged."""


class CopiedFrames:
    """H.264 as the clip has it, in the form that the stream has."""

    def __init__(self, clip: VideoClip) -> None:
        self._sets = read_parameter_sets(bytes(clip.pictures.codec_context.extradata or b""))
        self._undecided: list[EncodedFrame] = []
        self._dts: int | None = None

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield the packet's picture, and those whose turn depended on it."""
        if packet.pts is None:
            raise DamagedClipError("a picture has no time")
        # Where files have been joined byte by byte: two pictures would be shown at the same time.
        if packet.dts is not None:
            if self._dts is not None and packet.dts < self._dts:
                raise DamagedClipError(CLOCK_BACK)
            self._dts = packet.dts
        try:
            units = self._sets.split(bytes(packet))
        except ValueError as error:
            raise DamagedClipError(str(error)) from error
        if not _is_frame(units):
            raise DamagedClipError("an H.264 frame holds something else")
        base_s = Fraction(packet.time_base)
        self._undecided.append(
            EncodedFrame(
                data=make_access_unit(units, self._sets),
                at_s=packet.pts * base_s,
                duration_s=(packet.duration or 0) * base_s,
                is_key=is_idr(units),
            )
        )
        # A trimmed clip's end is marked as not to be shown: needed where others follow, and else left out.
        if not packet.is_discard:
            yield from self._undecided
            self._undecided.clear()

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield nothing: no picture is shown that was marked so."""
        return iter(())


def _is_frame(units: Sequence[bytes]) -> bool:
    """Tell whether these are NAL units of a picture, by their first bytes; a player stops at others."""
    types = [nal_unit_type(unit) for unit in units if not unit[0] & _FORBIDDEN_BIT]
    return len(types) == len(units) and 0 not in types and not _SLICES.isdisjoint(types)


class TranscodedFrames:
    """Pictures of any kind, decoded and encoded one by one. `place_s` is the line's time of the first."""

    def __init__(self, clip: VideoClip, encoder: VideoEncoder, *, place_s: Fraction) -> None:
        self._clip = clip
        self._encoder = encoder
        self._place_s = place_s
        self._period_s = clip.cadence.period_s or DEFAULT_PERIOD_S
        self._first_s: Fraction | None = None
        self._last_s = Fraction(0)
        shape = FrameGeometry(rotation=clip.rotation, is_interlaced=clip.is_interlaced, aspect=clip.aspect)
        self._shaper = FrameNormalizer(shape)

    def add(self, packet: Packet[Any]) -> Iterator[EncodedFrame]:
        """Yield the pictures that the packet completes."""
        for frame in self._decode(packet):
            for shaped in self._shaper.shape(frame):
                yield self._encode(shaped)

    def finish(self) -> Iterator[EncodedFrame]:
        """Yield what decoder and shaper hold back."""
        for frame in self._decode(None):
            for shaped in self._shaper.shape(frame):
                yield self._encode(shaped)
        for shaped in self._shaper.finish():
            yield self._encode(shaped)

    def _decode(self, packet: Packet[Any] | None) -> list[VideoFrame]:
        try:
            return self._clip.decode(packet)
        except FFmpegError as error:
            raise DamagedClipError(str(error)) from error

    def _encode(self, frame: VideoFrame) -> EncodedFrame:
        base_s = Fraction(frame.time_base or 0)
        # A file without times, such as bare H.264, goes at its rate.
        at_s = self._last_s + self._period_s if frame.pts is None else frame.pts * base_s
        if self._first_s is None:
            self._first_s = self._last_s = at_s
        if at_s < self._last_s:
            raise DamagedClipError(CLOCK_BACK)
        self._last_s = at_s
        return self._encoder.encode(
            frame,
            at_s=at_s,
            duration_s=(frame.duration or 0) * base_s,
            line_s=self._place_s + at_s - self._first_s,
        )
