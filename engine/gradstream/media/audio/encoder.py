"""Samples become encoded frames, none too many and none lost.

    encode(samples) … -> Sample …      finish() -> the last ones

    |<- priming ->|<------------ what was given ------------>|
    | frame | frame | frame | …                      | last  |

The encoder's own delay stands in front (`track.priming`), and the last frame's duration is cut, so that all
durations together are exactly the priming and the samples that were given.
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


class _Recipe(Struct, frozen=True, kw_only=True):
    encoder: Literal["flac", "libopus", "aac"]
    format: Literal["s16", "flt", "fltp"]
    options: dict[str, str]


_RECIPES: dict[Codec, _Recipe] = {
    # Frames of 24 ms at 48 kHz: what a yield leaves in the encoder is no longer than that.
    "flac": _Recipe(encoder="flac", format="s16", options={"frame_size": "1152", "compression_level": "2"}),
    "opus": _Recipe(encoder="libopus", format="flt", options={"compression_level": "5"}),
    "aac": _Recipe(encoder="aac", format="fltp", options={}),
}

_AAC_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)
_AAC_PRIMING = 1024
"""FFmpeg's encoder begins with one frame of its own."""

_AAC_BITS = (0, 160_000, 192_000)
"""Bits a second of mono and of stereo: with less, FFmpeg's encoder glitches audibly where a sound sets in."""

_AAC_FULLEST = 5.5
"""Bits a sample at most; an AAC frame holds 6 a sample, and at low rates that is less than `_AAC_BITS`."""

_OPUS_BITS = (0, 96_000, 128_000)

_LOWEST_HZ, _HIGHEST_HZ, _USUAL_HZ = 8_000, 96_000, 48_000
"""Rates between these are kept; a stream of any other is converted to what every player has."""


PREFERRED: tuple[Codec, ...] = ("flac", "opus", "aac")
"""FLAC loses nothing and is encoded four times faster than AAC, which every player has."""


def choose_codec(codec: Codec | Literal["auto"], accepts: Sequence[Codec]) -> Codec:
    """Return a fixed codec, or the first of those preferred that is accepted, or AAC, which all play."""
    if codec != "auto":
        return codec
    return next((one for one in PREFERRED if one in accepts), "aac")


def stream_rate(codec: Codec, rate_hz: int) -> int:
    """Return the rate at which a stream is encoded whose first chunk has this rate."""
    if codec == "opus" or not _LOWEST_HZ <= rate_hz <= _HIGHEST_HZ:
        return _USUAL_HZ
    return _USUAL_HZ if codec == "aac" and rate_hz not in _AAC_RATES else rate_hz


class AudioEncoder:
    """Encodes one track, mono or stereo, from its first sample to its last.

    `rate_hz` is one that `stream_rate` gives. FLAC has 16 bits, rounded and clipped at full scale.
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
        self._told = 0
        config = context.extradata or b""
        priming = _AAC_PRIMING if codec == "aac" else 0
        if codec == "opus":
            config = config[8:]
            priming = int.from_bytes(config[2:4], "little")
        self.track = AudioTrack(
            codec=codec, rate_hz=rate_hz, channels=channels, config=config, priming=priming
        )

    def encode(self, samples: Samples) -> list[EncodedSample]:
        """Take samples, float32 (channels, n), and return the frames that are complete.

        The samples are kept until their frame is full, so nobody may change them.
        """
        self._buffer.append(samples)
        self._buffered += samples.shape[1]
        if self._buffered < self._frame_size:
            return []
        joined = self._take_buffer()
        whole = joined.shape[1] - joined.shape[1] % self._frame_size
        if whole < joined.shape[1]:
            self._keep(joined[:, whole:])
        told: list[EncodedSample] = []
        for start in range(0, whole, self._frame_size):
            told += self._send(joined[:, start : start + self._frame_size])
        return told

    def finish(self) -> list[EncodedSample]:
        """Return the last frames; nothing can follow."""
        if self._context is None:
            return []
        told = self._send(self._take_buffer()) if self._buffered else []
        if self._sent:
            told += self._tell(self._context.encode(None))
        self.close()
        return told

    def close(self) -> None:
        """Let go of the encoder; idempotent."""
        self._context = None
        self._buffer.clear()
        self._buffered = 0

    def _take_buffer(self) -> Samples:
        joined = self._buffer[0] if len(self._buffer) == 1 else np.concatenate(self._buffer, axis=1)
        self._buffer.clear()
        self._buffered = 0
        return joined

    def _keep(self, rest: Samples) -> None:
        # A copy: the rest of a long piece would hold all of it.
        self._buffer.append(rest.copy())
        self._buffered = rest.shape[1]

    def _send(self, samples: Samples) -> list[EncodedSample]:
        if self._context is None:
            raise ValueError("the encoder has been closed")
        form = _RECIPES[self._codec].format
        array = _as_planes(samples) if form == "fltp" else _as_packed(samples, form)
        frame = av.AudioFrame.from_ndarray(array, format=form, layout=LAYOUTS[self._channels])
        frame.sample_rate = self._rate_hz
        frame.time_base = Fraction(1, self._rate_hz)
        frame.pts = self._sent
        self._sent += samples.shape[1]
        return self._tell(self._context.encode(frame))

    def _tell(self, packets: "Iterable[av.Packet[Any]]") -> list[EncodedSample]:
        told = []
        for packet in packets:
            # FLAC's last packet is empty: it brings a new STREAMINFO only. What AAC and Opus add at the end
            # to fill their last frame was never given.
            duration = min(self._frame_size, self.track.priming + self._sent - self._told)
            if packet.size and duration > 0:
                told.append(EncodedSample(bytes(packet), duration))
                self._told += duration
        return told


def duration_of(samples: Sequence[EncodedSample]) -> int:
    """Return how long frames are together, in their track's timescale."""
    return sum(sample.duration for sample in samples)


def _open(codec: Codec, rate_hz: int, channels: int) -> av.AudioCodecContext:
    recipe = _RECIPES[codec]
    context = av.CodecContext.create(recipe.encoder, "w")
    context.sample_rate = rate_hz
    context.layout = LAYOUTS[channels]
    context.format = recipe.format
    context.time_base = Fraction(1, rate_hz)
    context.thread_count = 1
    if codec == "aac":
        context.bit_rate = min(_AAC_BITS[channels], int(_AAC_FULLEST * rate_hz * channels))
    elif codec == "opus":
        context.bit_rate = _OPUS_BITS[channels]
    context.options = recipe.options
    # The configuration belongs in front of the stream and not into each frame.
    context.flags |= Flags.global_header
    context.open()
    return context


def _as_planes(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples.clip(-1.0, 1.0))


def _as_packed(samples: Samples, form: str) -> npt.NDArray[np.float32] | npt.NDArray[np.int16]:
    packed = samples.T.reshape(1, -1).clip(-1.0, 1.0)
    if form == "flt":
        return packed
    return np.rint(packed * 32768.0).clip(-32768, 32767).astype(np.int16)
