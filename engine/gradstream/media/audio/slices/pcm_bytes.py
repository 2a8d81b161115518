r"""Decodes bytes that are nothing but samples: the data of a wav, or raw PCM.

slice, cut anywhere --whole sample frames--> FFmpeg's PCM decoder --> PcmBlock …
                    \--rest, less than one sample frame--> the next slice
"""

from collections.abc import Iterator
from typing import cast

import av
from av.audio.codeccontext import AudioCodecContext
from msgspec import Struct

from gradstream.media.audio.pcm import PcmBlock, block_of_frame

SAMPLE_BYTES = {
    "pcm_u8": 1,
    "pcm_s8": 1,
    "pcm_alaw": 1,
    "pcm_mulaw": 1,
    "pcm_s16le": 2,
    "pcm_s16be": 2,
    "pcm_s24le": 3,
    "pcm_s24be": 3,
    "pcm_s32le": 4,
    "pcm_s32be": 4,
    "pcm_f32le": 4,
    "pcm_f32be": 4,
    "pcm_f64le": 8,
    "pcm_f64be": 8,
}
"""FFmpeg's name of a sample format -> bytes of one sample."""

_BLOCK_FRAMES = 8192
"""Sample frames decoded at a time, so that encoding starts long before all of a long chunk is decoded."""


class PcmFormat(Struct, frozen=True, kw_only=True):
    """A sample format (a key of SAMPLE_BYTES), the rate, and FFmpeg's name or mask of the channel layout."""

    codec: str
    rate_hz: int
    channels: int
    layout: str

    @property
    def sample_bytes(self) -> int:
        """The size of one sample."""
        return SAMPLE_BYTES[self.codec]

    @property
    def frame_bytes(self) -> int:
        """The size of one sample of each channel."""
        return self.sample_bytes * self.channels


class PcmBytesDecoder:
    """Decodes consecutive slices; less than one sample frame is held back."""

    def __init__(self, pcm_format: PcmFormat) -> None:
        self._format = pcm_format
        self._decoder = _decoder(pcm_format)
        self._rest = b""

    @property
    def rest_bytes(self) -> int:
        """Bytes of an incomplete sample frame."""
        return len(self._rest)

    def feed(self, data: bytes) -> Iterator[PcmBlock]:
        """Yield the samples that a slice completes."""
        if self._rest:
            data = self._rest + data
        size = self._format.frame_bytes
        whole = len(data) - len(data) % size
        self._rest = data[whole:]
        step = size * _BLOCK_FRAMES
        for start in range(0, whole, step):
            for frame in self._decoder.decode(av.Packet(data[start : min(start + step, whole)])):
                yield block_of_frame(frame)


def _decoder(pcm_format: PcmFormat) -> AudioCodecContext:
    decoder = cast("AudioCodecContext", av.CodecContext.create(pcm_format.codec, "r"))
    decoder.sample_rate = pcm_format.rate_hz
    decoder.layout = pcm_format.layout
    decoder.thread_count = 1
    return decoder
