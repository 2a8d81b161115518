"""One output's continuous sound: chunks of any form, one timeline, one encoder, one sequence of fragments.

    Chunk --sound_array | sound_chunk | mp3_slices--> PcmBlock --AudioTimeline--> samples
          --AudioEncoder--> frames --AudioSegmenter--> Head, Fragment --> Sink

The first chunk decides rate and channels. Everything goes through in pieces of a fraction of a second: memory
is the same for a chunk of a second and of an hour.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from gradstream.media.audio.encoder import AudioEncoder, choose_codec, stream_rate
from gradstream.media.audio.from_array import ArrayShape, array_blocks, shape_of
from gradstream.media.audio.from_file import file_blocks
from gradstream.media.audio.mp3.slices import Mp3SliceDecoder
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.segmenter import AudioSegmenter
from gradstream.media.audio.timeline import AudioTimeline
from gradstream.media.types import AudioOptions, Chunk, ChunkError, Codec, SegmentSink


class AudioStream:
    """Encodes chunks as they come; fulfils `types.Stream`."""

    def __init__(self, options: AudioOptions, *, sink: SegmentSink) -> None:
        self._codec = choose_codec(options.codec, options.accepts)
        self._sink = sink
        self._slices = Mp3SliceDecoder()
        self._shape: ArrayShape | None = None
        self._track: _OutputTrack | None = None

    @property
    def pending_s(self) -> float:
        """How much sound is encoded and held back."""
        return self._track.fragments.pending_s if self._track else 0.0

    def add(self, chunk: Chunk) -> None:
        """Decode a chunk, and put what is ready.

        Raises ChunkError after everything that could be decoded has been encoded; also when this chunk ends a
        sequence of slices that turn out not to be an MP3.
        """
        earlier: ChunkError | None = None
        if not self._slices.accepts(chunk):
            earlier = self._end_slices()
        try:
            self._take(self._pieces(chunk))
        finally:
            if self._track is not None:
                self._track.fragments.settle()
        if earlier is not None:
            raise earlier

    def flush(self) -> None:
        """Put everything that is encoded, however short."""
        if self._track is not None:
            self._track.fragments.flush()

    def finish(self) -> None:
        """Put what is left; nothing follows. Raises ChunkError when slices turn out to be no MP3."""
        earlier = self._end_slices()
        if self._track is not None:
            self._track.finish()
        self.close()
        if earlier is not None:
            raise earlier

    def close(self) -> None:
        """Let go of encoder and decoder; idempotent."""
        self._slices.close()
        if self._track is not None:
            self._track.close()
        self._track = None

    def _pieces(self, chunk: Chunk) -> Iterator[PcmBlock]:
        if chunk.samples is not None:
            self._shape = shape_of(chunk.samples, number=chunk.number, like=self._shape)
            return array_blocks(chunk, self._shape)
        if self._slices.accepts(chunk):
            return self._slices.feed(chunk)
        return file_blocks(chunk)

    def _end_slices(self) -> ChunkError | None:
        """Take the rest of the slices, and return what was wrong with them."""
        try:
            self._take(self._slices.finish())
        except ChunkError as bad:
            return bad
        return None

    def _take(self, pieces: Iterable[PcmBlock]) -> None:
        for piece in pieces:
            if self._track is None:
                self._track = _OutputTrack(self._codec, piece, sink=self._sink)
            self._track.take(piece)


class _OutputTrack:
    """What exists from a stream's first sound on."""

    def __init__(self, codec: Codec, first: PcmBlock, *, sink: SegmentSink) -> None:
        rate_hz = stream_rate(codec, first.rate_hz)
        channels: Literal[1, 2] = 1 if first.layout == "mono" else 2
        self._line = AudioTimeline(rate_hz, channels)
        self._encoder = AudioEncoder(codec, rate_hz, channels)
        self.fragments = AudioSegmenter(self._encoder.track, sink=sink)

    def take(self, piece: PcmBlock) -> None:
        samples = self._line.feed(piece)
        self.fragments.peaks.feed(samples)
        self.fragments.take(self._encoder.encode(samples))

    def finish(self) -> None:
        rest = self._line.drain()
        self.fragments.peaks.feed(rest)
        self.fragments.take(self._encoder.encode(rest))
        self.fragments.take(self._encoder.finish())
        self.fragments.flush(is_last=True)

    def close(self) -> None:
        self._encoder.close()
