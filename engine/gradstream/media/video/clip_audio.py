"""Places a clip's audio beside its video, by the clip's own timestamps.

    packet --hold--> waiting --advance(time up to which there is video)--> decoded --> timed on the timeline
                                           end of the clip: cut or filled up to the end of the video

Audio never runs ahead of the video, whose end is known only after its last frame: packets that come early
wait, MAX_WAITING_BYTES at most. Audio that does not come is replaced by silence after MAX_LAG_S.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

import av
from av.error import FFmpegError
from av.packet import Packet
from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.media.audio.pcm import PcmBlock, block_of_frame
from gradstream.media.types import EncodedSample
from gradstream.media.video.audio_track import AudioFormat, AudioTrackEncoder, silence

MAX_WAITING_BYTES = 32 * 1024 * 1024
"""Bytes of packets that may wait for the video: minutes of audio. Interleaved files need far less."""

MAX_LAG_S = Fraction(5)
"""How far the audio of a file may come after its video; FFmpeg's muxers stay within 1 s."""

TOLERANCE_S = Fraction(25, 1000)
"""Gaps between timestamps up to this size are rounding errors, and are ignored."""


class AudioTooFarAheadError(GradstreamError):
    """Raised when more audio than MAX_WAITING_BYTES waits for the video."""

    def __init__(self) -> None:
        super().__init__("its sound is too far ahead of its pictures")


class _TimedBlock(Struct, frozen=True):
    """A decoded block with its time in the clip; None if it has no timestamp."""

    block: PcmBlock
    at_s: Fraction | None


class ClipAudio:
    """Encodes one clip's audio, or silence if it has none; `end` must be called at the end of the clip.

    `warn` is called, once, if audio cannot be decoded and is replaced by silence.
    """

    def __init__(
        self,
        track: AudioTrackEncoder,
        stream: av.AudioStream | None,
        *,
        start_s: Fraction,
        warn: Callable[[str], None],
    ) -> None:
        self._track = track
        self._stream = stream
        self._offset_s = start_s
        self._start_s = start_s
        self._warn: Callable[[str], None] | None = warn
        self._fed_s = track.end_s
        self._format = track.audio_format
        self._waiting: deque[Packet[Any]] = deque()
        self._waiting_bytes = 0
        self._decoded: deque[_TimedBlock] = deque()
        self._has_started = False
        self._is_drained = stream is None
        self.ends_at_s: Fraction | None = None
        """Where the packets so far end, by the clip's own clock."""

    def hold(self, packet: Packet[Any]) -> None:
        """Keep a packet until the video has come as far. Raises AudioTooFarAheadError."""
        if packet.pts is not None:
            end_s = (packet.pts + (packet.duration or 0)) * Fraction(packet.time_base)
            self.ends_at_s = end_s if self.ends_at_s is None else max(self.ends_at_s, end_s)
        self._waiting.append(packet)
        self._waiting_bytes += packet.size
        if self._waiting_bytes > MAX_WAITING_BYTES:
            raise AudioTooFarAheadError

    def advance(self, reach_s: Fraction, *, base_s: Fraction) -> list[EncodedSample]:
        """Encode the audio up to `reach_s` of the timeline.

        `base_s` is the time of the clip's first frame in the clip.
        """
        self._offset_s = self._start_s - base_s
        encoded = []
        for block in self._blocks(reach_s, is_end=False):
            encoded += self._track.feed(block)
        late_s = reach_s - self._fed_s - (MAX_LAG_S if self._stream is not None else 0)
        for block in self._count(silence(late_s, self._format)):
            encoded += self._track.feed(block)
        return encoded

    def end(self, end_s: Fraction, *, base_s: Fraction) -> list[EncodedSample]:
        """Encode the rest, exactly up to the end of the clip's video."""
        self._offset_s = self._start_s - base_s
        return self._track.end_clip(self._blocks(end_s, is_end=True), end_s=end_s)

    def _blocks(self, until_s: Fraction, *, is_end: bool) -> Iterator[PcmBlock]:
        """Yield blocks that end before `until_s`; if `is_end`, those that start before it."""
        while (timed := self._next(until_s, is_end=is_end)) is not None:
            block = timed.block
            at_s = self._fed_s if timed.at_s is None else timed.at_s + self._offset_s
            # One sample more, because of rounding.
            if (at_s if is_end else at_s + Fraction(len(block.samples[0]) + 1, block.rate_hz)) >= until_s:
                return
            self._decoded.popleft()
            self._format = AudioFormat(
                rate_hz=block.rate_hz, layout=block.layout, channels=block.samples.shape[0]
            )
            off_s = at_s - self._fed_s
            if abs(off_s) > TOLERANCE_S or not self._has_started:
                yield from self._count(silence(off_s, self._format))
                block = _without_start(block, -off_s)
            self._has_started = self._has_started or block.samples.shape[1] > 0
            yield from self._count((block,))

    def _count(self, blocks: Iterable[PcmBlock]) -> Iterator[PcmBlock]:
        for block in blocks:
            if block.samples.shape[1]:
                self._fed_s += Fraction(block.samples.shape[1], block.rate_hz)
                yield block

    def _next(self, until_s: Fraction, *, is_end: bool) -> _TimedBlock | None:
        """Return the next block, which is decoded only when the video has come as far."""
        while not self._decoded:
            if self._waiting and self._is_due(self._waiting[0], until_s):
                packet = self._waiting.popleft()
                self._waiting_bytes -= packet.size
                self._decode(packet)
            elif is_end and not self._waiting and not self._is_drained:
                self._is_drained = True
                self._decode(None)
            else:
                return None
        return self._decoded[0]

    def _is_due(self, packet: Packet[Any], until_s: Fraction) -> bool:
        return packet.pts is None or packet.pts * Fraction(packet.time_base) + self._offset_s < until_s

    def _decode(self, packet: Packet[Any] | None) -> None:
        if self._stream is None:
            return
        try:
            for frame in self._stream.codec_context.decode(packet):
                at_s = None if frame.pts is None else frame.pts * Fraction(self._stream.time_base or 0)
                self._decoded.append(_TimedBlock(block_of_frame(frame), at_s))
        except (FFmpegError, ValueError) as error:
            if self._warn is not None:
                self._warn(str(error))
                self._warn = None


def _without_start(block: PcmBlock, seconds: Fraction) -> PcmBlock:
    """Return a block without its first `seconds`; unchanged for 0 or less."""
    cut = max(0, round(seconds * block.rate_hz))
    return PcmBlock(samples=block.samples[:, cut:], rate_hz=block.rate_hz, layout=block.layout)
