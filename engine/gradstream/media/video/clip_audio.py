"""A clip's sound, placed beside its pictures by its own timestamps.

    packet --hold--> waiting --advance(the pictures' reach)--> decoded --> placed on the stream's line
                                                    end of the clip: cut or filled to the pictures' end

Sound never runs ahead of the pictures, whose end is not known before the last of them: what a file has early
waits as packets, MAX_WAITING_BYTES bytes at most. Sound that does not come is silence after MAX_LAG_S.
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

from gradstream.media.audio.pcm import PcmBlock, block_of_frame
from gradstream.media.types import EncodedSample
from gradstream.media.video.audio_track import AudioFormat, AudioTrackEncoder, silence

MAX_WAITING_BYTES = 32 * 1024 * 1024
"""Bytes of packets that wait for their pictures: minutes of sound, in a file that is interleaved at all."""

MAX_LAG_S = Fraction(5)
"""So far a file may have its sound behind its pictures; FFmpeg's own muxers stay within 1 s."""

TOLERANCE_S = Fraction(25, 1000)
"""Timestamps within a clip that are off by less are rounding, and the sound simply goes on."""


class AudioTooFarAheadError(Exception):
    """Raised when more sound waits for pictures than may."""


class _Placed(Struct, frozen=True):
    """A decoded piece at the clip's own time; None where a file says none."""

    piece: PcmBlock
    at_s: Fraction | None


class ClipAudio:
    """Feeds one clip's sound, or silence when it has none; `end` whenever the clip ends.

    `warn` is told, once, when sound cannot be decoded and silence is in its place.
    """

    def __init__(
        self,
        sound: AudioTrackEncoder,
        stream: av.AudioStream | None,
        *,
        place_s: Fraction,
        warn: Callable[[str], None],
    ) -> None:
        self._sound = sound
        self._stream = stream
        self._offset_s = place_s
        self._place_s = place_s
        self._warn: Callable[[str], None] | None = warn
        self._fed_s = sound.end_s
        self._form = sound.form
        self._waiting: deque[Packet[Any]] = deque()
        self._waiting_bytes = 0
        self._decoded: deque[_Placed] = deque()
        self._has_begun = False
        self._is_drained = stream is None

    def hold(self, packet: Packet[Any]) -> None:
        """Keep a packet until pictures have come as far. Raises AudioTooFarAheadError."""
        self._waiting.append(packet)
        self._waiting_bytes += packet.size
        if self._waiting_bytes > MAX_WAITING_BYTES:
            raise AudioTooFarAheadError

    def advance(self, reach_s: Fraction, *, base_s: Fraction) -> list[EncodedSample]:
        """Encode what belongs to the pictures up to `reach_s` of the line.

        `base_s` is the clip's own time of its first picture.
        """
        self._offset_s = self._place_s - base_s
        sounds = []
        for piece in self._pieces(reach_s, is_end=False):
            sounds += self._sound.feed(piece)
        late_s = reach_s - self._fed_s - (MAX_LAG_S if self._stream is not None else 0)
        for piece in self._counted(silence(late_s, self._form)):
            sounds += self._sound.feed(piece)
        return sounds

    def end(self, end_s: Fraction, *, base_s: Fraction) -> list[EncodedSample]:
        """Encode the rest, exactly to the end of the clip's pictures."""
        self._offset_s = self._place_s - base_s
        return self._sound.settle(self._pieces(end_s, is_end=True), end_s=end_s)

    def _pieces(self, until_s: Fraction, *, is_end: bool) -> Iterator[PcmBlock]:
        """Yield pieces that end before `until_s`; at the end those that begin before, for settling to cut."""
        while (placed := self._next(until_s, is_end=is_end)) is not None:
            piece = placed.piece
            at_s = self._fed_s if placed.at_s is None else placed.at_s + self._offset_s
            # A sample's room is left for rounding.
            if (at_s if is_end else at_s + Fraction(len(piece.samples[0]) + 1, piece.rate_hz)) >= until_s:
                return
            self._decoded.popleft()
            self._form = AudioFormat(
                rate_hz=piece.rate_hz, layout=piece.layout, channels=piece.samples.shape[0]
            )
            off_s = at_s - self._fed_s
            if abs(off_s) > TOLERANCE_S or not self._has_begun:
                yield from self._counted(silence(off_s, self._form))
                piece = _without_front(piece, -off_s)
            self._has_begun = self._has_begun or piece.samples.shape[1] > 0
            yield from self._counted((piece,))

    def _counted(self, pieces: Iterable[PcmBlock]) -> Iterator[PcmBlock]:
        for piece in pieces:
            if piece.samples.shape[1]:
                self._fed_s += Fraction(piece.samples.shape[1], piece.rate_hz)
                yield piece

    def _next(self, until_s: Fraction, *, is_end: bool) -> _Placed | None:
        """Return the next piece, which is only decoded when pictures have come as far."""
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
                self._decoded.append(_Placed(block_of_frame(frame), at_s))
        except (FFmpegError, ValueError) as error:
            if self._warn is not None:
                self._warn(str(error))
                self._warn = None


def _without_front(piece: PcmBlock, seconds: Fraction) -> PcmBlock:
    """Return what is left of a piece when its beginning is cut off; all of it for 0 or less."""
    cut = max(0, round(seconds * piece.rate_hz))
    return PcmBlock(samples=piece.samples[:, cut:], rate_hz=piece.rate_hz, layout=piece.layout)
