"""Encodes samples to frames, without adding or losing a sample.

    encode(samples) … -> EncodedSample …      finish() -> the last ones

    |<- priming ->|<------------ the input -------------->|
    | frame | frame | frame | …                    | last |

The encoder's delay comes first (`track.priming`), and the last frame's duration is cut short, so that all
durations add up to exactly the priming plus the input.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Literal

import av
import numpy as np
import numpy.typing as npt
from av.codec.context import Flags
from msgspec import Struct

from gradstream.media.audio.pcm import LAYOUTS, Samples
from gradstream.media.types import AudioTrack, Codec, EncodedSample


class _EncoderSettings(Struct, frozen=True, kw_only=True):
    encoder: Literal["flac", "libopus", "aac"]
    format: Literal["s16", "flt", "fltp"]
    options: dict[str, str]


_ENCODERS: dict[Codec, _EncoderSettings] = {
    # Frames of 24 ms at 48 kHz: a yield leaves no more than that in the encoder.
    "flac": _EncoderSettings(
        encoder="flac", format="s16", options={"frame_size": "1152", "compression_level": "2"}
    ),
    "opus": _EncoderSettings(encoder="libopus", format="flt", options={"compression_level": "5"}),
    "aac": _EncoderSettings(encoder="aac", format="fltp", options={}),
}

_AAC_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)
_AAC_PRIMING = 1024
"""FFmpeg's encoder delay: one frame."""

_AAC_BIT_RATES = (0, 160_000, 192_000)
"""Bit rates of mono and stereo: below, FFmpeg's encoder glitches audibly at onsets."""

_AAC_MAX_BITS_PER_SAMPLE = 5.5
"""Maximum bits per sample and channel: an AAC frame holds 6, which at low rates is less than
`_AAC_BIT_RATES`."""

_OPUS_BIT_RATES = (0, 96_000, 128_000)

_LOWEST_HZ, _HIGHEST_HZ, _DEFAULT_HZ = 8_000, 96_000, 48_000
"""Rates between the first two are kept; other streams are converted to the third, which every player
supports."""


PREFERRED: tuple[Codec, ...] = ("flac", "opus", "aac")
"""In order of preference: FLAC is lossless and encodes four times faster than AAC, which every player
supports."""


def choose_codec(codec: Codec | Literal["auto"], accepts: Sequence[Codec]) -> Codec:
    """Return the codec asked for; for "auto", the preferred one among those accepted, or AAC."""
    if codec != "auto":
        return codec
    return next((one for one in PREFERRED if one in accepts), "aac")


def stream_rate(codec: Codec, rate_hz: int) -> int:
    """Return the sample rate of a stream whose first chunk has this rate."""
    if codec == "opus" or not _LOWEST_HZ <= rate_hz <= _HIGHEST_HZ:
        return _DEFAULT_HZ
    return _DEFAULT_HZ if codec == "aac" and rate_hz not in _AAC_RATES else rate_hz


class AudioEncoder:
    """Encodes one track, mono or stereo, from its first sample to its last.

    `rate_hz` is one that `stream_rate` returns. FLAC has 16 bits, rounded and clipped at full scale.
    """

    def __init__(self, codec: Codec, rate_hz: int, channels: Literal[1, 2]) -> None:
        self._codec = codec
        self._rate_hz = rate_hz
        self._channels = channels
        context = _open(codec, rate_hz, channels)
        self._context: av.AudioCodecContext | None = context
        self._frame_size = context.frame_size
        self._buffer: list[Samples] = []
        self._buffered = 0
        self._sent = 0
        self._emitted = 0
        config = context.extradata or b""
        priming = _AAC_PRIMING if codec == "aac" else 0
        if codec == "opus":
            config = config[8:]
            priming = int.from_bytes(config[2:4], "little")
        self.track = AudioTrack(
            codec=codec, rate_hz=rate_hz, channels=channels, config=config, priming=priming
        )

    def encode(self, samples: Samples) -> list[EncodedSample]:
        """Encode samples, float32 (channels, n), and return the frames that are complete.

        The array is kept until its last frame is complete, so it must not be modified.
        """
        self._buffer.append(samples)
        self._buffered += samples.shape[1]
        if self._buffered < self._frame_size:
            return []
        joined = self._take_buffer()
        whole = joined.shape[1] - joined.shape[1] % self._frame_size
        if whole < joined.shape[1]:
            self._keep(joined[:, whole:])
        frames: list[EncodedSample] = []
        for start in range(0, whole, self._frame_size):
            frames += self._send(joined[:, start : start + self._frame_size])
        return frames

    def finish(self) -> list[EncodedSample]:
        """Return the last frames; nothing can follow."""
        if self._context is None:
            return []
        frames = self._send(self._take_buffer()) if self._buffered else []
        if self._sent:
            frames += self._frames(self._context.encode(None))
        self.close()
        return frames

    def close(self) -> None:
        """Release the encoder; idempotent."""
        self._context = None
        self._buffer.clear()
        self._buffered = 0

    def _take_buffer(self) -> Samples:
        joined = self._buffer[0] if len(self._buffer) == 1 else np.concatenate(self._buffer, axis=1)
        self._buffer.clear()
        self._buffered = 0
        return joined

    def _keep(self, rest: Samples) -> None:
        # A copy, because a view would keep the whole block in memory.
        self._buffer.append(rest.copy())
        self._buffered = rest.shape[1]

    def _send(self, samples: Samples) -> list[EncodedSample]:
        if self._context is None:
            raise ValueError("the encoder has been closed")
        form = _ENCODERS[self._codec].format
        array = _planar(samples) if form == "fltp" else _packed(samples, form)
        frame = av.AudioFrame.from_ndarray(array, format=form, layout=LAYOUTS[self._channels])
        frame.sample_rate = self._rate_hz
        frame.time_base = Fraction(1, self._rate_hz)
        frame.pts = self._sent
        self._sent += samples.shape[1]
        return self._frames(self._context.encode(frame))

    def _frames(self, packets: "Iterable[av.Packet[Any]]") -> list[EncodedSample]:
        frames = []
        for packet in packets:
            # FLAC's last packet is empty and only carries a new STREAMINFO. AAC and Opus pad their last
            # frame; the padding is not part of the input.
            duration = min(self._frame_size, self.track.priming + self._sent - self._emitted)
            if packet.size and duration > 0:
                frames.append(EncodedSample(bytes(packet), duration))
                self._emitted += duration
        return frames


def _open(codec: Codec, rate_hz: int, channels: int) -> av.AudioCodecContext:
    settings = _ENCODERS[codec]
    context = av.CodecContext.create(settings.encoder, "w")
    context.sample_rate = rate_hz
    context.layout = LAYOUTS[channels]
    context.format = settings.format
    context.time_base = Fraction(1, rate_hz)
    context.thread_count = 1
    if codec == "aac":
        context.bit_rate = min(_AAC_BIT_RATES[channels], int(_AAC_MAX_BITS_PER_SAMPLE * rate_hz * channels))
    elif codec == "opus":
        context.bit_rate = _OPUS_BIT_RATES[channels]
    context.options = settings.options
    # The configuration goes into the init segment, not into each frame.
    context.flags |= Flags.global_header
    context.open()
    return context


def _planar(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples.clip(-1.0, 1.0))


def _packed(samples: Samples, form: str) -> npt.NDArray[np.float32] | npt.NDArray[np.int16]:
    packed = samples.T.reshape(1, -1).clip(-1.0, 1.0)
    if form == "flt":
        return packed
    return np.rint(packed * 32768.0).clip(-32768, 32767).astype(np.int16)
