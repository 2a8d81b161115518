"""The audio track of a video stream: one timeline and one encoder, exactly as long as the video.

    PcmBlock --feed--> AudioTimeline --> AudioEncoder --> EncodedSample …
    end of a clip: end_clip(its end) cuts or adds silence, so that differences do not accumulate

Times are rounded relative to the start of the stream, once per clip: after any number of clips the track has
round(duration of the video * rate) samples.
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
"""The sample rate of a track that is added before there is any audio."""

SILENCE_BLOCK_S = 1
"""Silence is generated in blocks of this length, so that an hour of it needs no more memory."""


class AudioFormat(Struct, frozen=True, kw_only=True):
    """A rate and a layout: silence in the format of the audio around it needs no other resampler."""

    rate_hz: int
    layout: str
    channels: int


def silence(seconds: Fraction, audio_format: AudioFormat) -> Iterator[PcmBlock]:
    """Yield silence, rounded to a whole sample; nothing for 0 or less."""
    missing = round(seconds * audio_format.rate_hz)
    while missing > 0:
        count = min(missing, SILENCE_BLOCK_S * audio_format.rate_hz)
        samples = np.zeros((audio_format.channels, count), np.float32)
        yield PcmBlock(samples=samples, rate_hz=audio_format.rate_hz, layout=audio_format.layout)
        missing -= count


class AudioTrackEncoder:
    """Encodes blocks end to end, and counts the samples."""

    def __init__(self, codec: Codec, *, rate_hz: int = DEFAULT_RATE_HZ, channels: int = 2) -> None:
        self._rate_hz = stream_rate(codec, rate_hz)
        self._channels: Literal[1, 2] = 1 if channels == 1 else 2
        self._timeline = AudioTimeline(self._rate_hz, self._channels)
        self._encoder = AudioEncoder(codec, self._rate_hz, self._channels)
        self._encoded = 0

    @property
    def audio_format(self) -> AudioFormat:
        """The format of blocks that need no conversion."""
        return AudioFormat(rate_hz=self._rate_hz, layout=LAYOUTS[self._channels], channels=self._channels)

    @property
    def track(self) -> AudioTrack:
        """The description of the track."""
        return self._encoder.track

    @property
    def end_s(self) -> Fraction:
        """The time at the end of the last encoded sample."""
        return Fraction(self._encoded, self._rate_hz)

    def feed(self, block: PcmBlock) -> list[EncodedSample]:
        """Encode a block; return the frames that are complete."""
        return self._send(self._timeline.feed(block))

    def end_clip(self, blocks: Iterable[PcmBlock], *, end_s: Fraction) -> list[EncodedSample]:
        """Encode a clip's last blocks; cut them or add silence, so that the track ends at `end_s`."""
        end = round(end_s * self._rate_hz)
        encoded: list[EncodedSample] = []
        for block in blocks:
            if self._encoded >= end:
                break
            encoded += self._send(self._timeline.feed(block), end=end)
        encoded += self._send(self._timeline.drain(), end=end)
        for block in silence(Fraction(end - self._encoded, self._rate_hz), self.audio_format):
            encoded += self._send(self._timeline.feed(block))
        return encoded

    def finish(self) -> list[EncodedSample]:
        """Return the encoder's last frames; nothing follows."""
        return self._encoder.finish()

    def close(self) -> None:
        """Release the encoder; idempotent."""
        self._encoder.close()

    def _send(self, samples: Samples, *, end: int | None = None) -> list[EncodedSample]:
        kept = samples if end is None else samples[:, : max(0, end - self._encoded)]
        if not kept.shape[1]:
            return []
        self._encoded += kept.shape[1]
        return self._encoder.encode(kept)
