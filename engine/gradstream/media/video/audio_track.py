"""The sound of a stream of pictures: one line and one encoder, exactly as long as the pictures.

    PcmBlock --feed--> AudioTimeline --> AudioEncoder --> Sample …
    end of a clip: settle(its end) cuts or adds silence, so that no difference is carried on

Rounding happens against the stream's beginning, once a clip: after any number of clips the track has
round(time of all pictures * rate) samples.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

import numpy as np
from msgspec import Struct

from gradstream.media.audio.encoder import AudioEncoder, stream_rate
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock, Samples
from gradstream.media.audio.timeline import AudioTimeline
from gradstream.media.types import AudioTrack, Codec, EncodedSample

DEFAULT_RATE_HZ = 48_000
"""Of a track that is wanted before any sound is there."""

SILENCE_BLOCK_S = 1
"""Silence is made in pieces of this length: an hour of it needs no more memory."""


class AudioFormat(Struct, frozen=True, kw_only=True):
    """What silence has to be like, so that nothing is converted anew where it begins."""

    rate_hz: int
    layout: str
    channels: int


def silence(seconds: Fraction, form: AudioFormat) -> Iterator[PcmBlock]:
    """Yield silence, rounded to a whole sample; nothing for 0 or less."""
    missing = round(seconds * form.rate_hz)
    while missing > 0:
        count = min(missing, SILENCE_BLOCK_S * form.rate_hz)
        samples = np.zeros((form.channels, count), np.float32)
        yield PcmBlock(samples=samples, rate_hz=form.rate_hz, layout=form.layout)
        missing -= count


class AudioTrackEncoder:
    """Encodes pieces end to end, and keeps count."""

    def __init__(self, codec: Codec, *, rate_hz: int = DEFAULT_RATE_HZ, channels: int = 2) -> None:
        self._rate_hz = stream_rate(codec, rate_hz)
        self._channels: Literal[1, 2] = 1 if channels == 1 else 2
        self._line = AudioTimeline(self._rate_hz, self._channels)
        self._encoder = AudioEncoder(codec, self._rate_hz, self._channels)
        self._told = 0

    @property
    def form(self) -> AudioFormat:
        """What pieces are that need no conversion."""
        return AudioFormat(rate_hz=self._rate_hz, layout=LAYOUTS[self._channels], channels=self._channels)

    @property
    def track(self) -> AudioTrack:
        """How the track is encoded."""
        return self._encoder.track

    @property
    def end_s(self) -> Fraction:
        """The line's time after the last sample that was encoded."""
        return Fraction(self._told, self._rate_hz)

    def feed(self, piece: PcmBlock) -> list[EncodedSample]:
        """Encode a piece; returns the frames that are complete."""
        return self._send(self._line.feed(piece))

    def settle(self, pieces: Iterable[PcmBlock], *, end_s: Fraction) -> list[EncodedSample]:
        """Encode a clip's last pieces so that the track ends exactly there, by cutting or by silence."""
        end = round(end_s * self._rate_hz)
        sounds: list[EncodedSample] = []
        for piece in pieces:
            if self._told >= end:
                break
            sounds += self._send(self._line.feed(piece), end=end)
        sounds += self._send(self._line.drain(), end=end)
        for piece in silence(Fraction(end - self._told, self._rate_hz), self.form):
            sounds += self._send(self._line.feed(piece))
        return sounds

    def finish(self) -> list[EncodedSample]:
        """Return the encoder's last frames; nothing follows."""
        return self._encoder.finish()

    def close(self) -> None:
        """Let go of the encoder; idempotent."""
        self._encoder.close()

    def _send(self, samples: Samples, *, end: int | None = None) -> list[EncodedSample]:
        kept = samples if end is None else samples[:, : max(0, end - self._told)]
        if not kept.shape[1]:
            return []
        self._told += kept.shape[1]
        return self._encoder.encode(kept)
