"""One output's continuous audio: chunks of any form, one timeline, one encoder, one sequence of segments.

    Chunk --array_blocks | whole_file_blocks | BytesDecoder--> PcmBlock --AudioTimeline--> samples
          --AudioEncoder--> EncodedSample --AudioSegmenter--> InitSegment, MediaSegment --> SegmentSink

The first chunk decides the rate and the channels. Everything is processed in blocks of a fraction of a
second: the memory needed is the same for a chunk of a second and of an hour.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np

from gradstream.media.audio.array_scale import ArrayScales
from gradstream.media.audio.encoder import AudioEncoder, choose_codec, stream_rate
from gradstream.media.audio.from_array import ArrayShape, array_blocks, shape_of
from gradstream.media.audio.pcm import LAYOUTS, PcmBlock
from gradstream.media.audio.segmenter import AudioSegmenter
from gradstream.media.audio.slices.decoder import BytesDecoder
from gradstream.media.audio.slices.pcm_bytes import PcmFormat
from gradstream.media.audio.slices.whole_file import whole_file_blocks
from gradstream.media.audio.timeline import AudioTimeline
from gradstream.media.errors import chunk_name
from gradstream.media.types import AudioOptions, Chunk, ChunkError, Codec, SegmentSink, Warn

_OVERSHOOT = 2.0
"""Lossy codecs go a little beyond full scale; samples of another scale go far."""


class AudioStream:
    """Encodes chunks as they arrive. Implements `types.MediaStream`."""

    def __init__(self, options: AudioOptions, *, sink: SegmentSink, warn: Warn | None = None) -> None:
        self._codec = choose_codec(options.codec, options.accepts)
        self._sink = sink
        warn = warn or (lambda _: None)
        self._warn = warn
        self._bytes = BytesDecoder(raw=_raw_format(options), warn=warn)
        self._scales = ArrayScales(warn=warn)
        self._shape: ArrayShape | None = None
        self._number = 0
        self._has_warned_of_peak = False
        self._pipeline: _Pipeline | None = None

    @property
    def pending_s(self) -> float:
        """Duration of the audio that is encoded and held back."""
        return self._pipeline.segmenter.pending_s if self._pipeline else 0.0

    def add(self, chunk: Chunk) -> None:
        """Decode and encode a chunk, and emit the segments that are complete.

        Raises ChunkError after everything that could be decoded has been encoded; also when this chunk ends a
        file that came in slices and was not a valid one.
        """
        self._number = chunk.number
        is_bytes = chunk.data is not None and not chunk.name
        earlier = None if is_bytes else self._end_bytes()
        try:
            self._encode(self._bytes.feed(chunk) if is_bytes else self._decode(chunk))
        finally:
            if self._pipeline is not None:
                self._pipeline.segmenter.end_chunk()
        if earlier is not None:
            raise earlier

    def flush(self) -> None:
        """Emit everything that is encoded, however short."""
        if self._pipeline is not None:
            self._pipeline.segmenter.flush()

    def finish(self) -> None:
        """Emit the rest; nothing follows. Raises ChunkError when slices were not a valid file."""
        earlier = self._end_bytes()
        self._scales.finish()
        if self._pipeline is not None:
            self._pipeline.finish()
        self.close()
        if earlier is not None:
            raise earlier

    def close(self) -> None:
        """Release encoder and decoder; idempotent."""
        self._bytes.close()
        if self._pipeline is not None:
            self._pipeline.close()
        self._pipeline = None

    def _decode(self, chunk: Chunk) -> Iterator[PcmBlock]:
        if chunk.samples is not None:
            self._shape = shape_of(chunk.samples, number=chunk.number, like=self._shape)
            scale = self._scales.of(chunk.samples, number=chunk.number)
            return array_blocks(chunk, self._shape, scale)
        return whole_file_blocks(chunk, warn=self._warn)

    def _end_bytes(self) -> ChunkError | None:
        """Encode the rest of a file that came in slices, and return the error if it was invalid."""
        try:
            self._encode(self._bytes.finish())
        except ChunkError as error:
            return error
        return None

    def _encode(self, blocks: Iterable[PcmBlock]) -> None:
        for block in blocks:
            self._check(block)
            if self._pipeline is None:
                self._pipeline = _Pipeline(self._codec, block, sink=self._sink)
            self._pipeline.encode(block)

    def _check(self, block: PcmBlock) -> None:
        """Raise ChunkError for NaN and infinity; log samples far beyond full scale, once."""
        peak = float(np.abs(block.samples).max(initial=0))
        if not np.isfinite(peak):
            raise ChunkError(f"{chunk_name(self._number)} contains NaN or infinity")
        if peak > _OVERSHOOT and not self._has_warned_of_peak:
            self._has_warned_of_peak = True
            self._warn(
                f"{chunk_name(self._number)}: its sound goes up to {peak:.3g} times full scale and is clipped"
            )


def _raw_format(options: AudioOptions) -> PcmFormat | None:
    if options.raw is None:
        return None
    return PcmFormat(
        codec=options.raw,
        rate_hz=options.raw_rate_hz,
        channels=options.raw_channels,
        layout=LAYOUTS[options.raw_channels],
    )


class _Pipeline:
    """Timeline, encoder and segmenter: they exist from a stream's first block on, which decides the rate."""

    def __init__(self, codec: Codec, first: PcmBlock, *, sink: SegmentSink) -> None:
        rate_hz = stream_rate(codec, first.rate_hz)
        channels: Literal[1, 2] = 1 if first.layout == "mono" else 2
        self._timeline = AudioTimeline(rate_hz, channels)
        self._encoder = AudioEncoder(codec, rate_hz, channels)
        self.segmenter = AudioSegmenter(self._encoder.track, sink=sink)

    def encode(self, block: PcmBlock) -> None:
        samples = self._timeline.feed(block)
        self.segmenter.peaks.feed(samples)
        self.segmenter.add(self._encoder.encode(samples))

    def finish(self) -> None:
        rest = self._timeline.drain()
        self.segmenter.peaks.feed(rest)
        self.segmenter.add(self._encoder.encode(rest))
        self.segmenter.add(self._encoder.finish())
        self.segmenter.flush(is_last=True)

    def close(self) -> None:
        self._encoder.close()
