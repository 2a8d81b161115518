"""One output's continuous sound: chunks of any form, one timeline, one encoder, one sequence of fragments.

    Chunk --sound_array | sound_chunk | mp3_slices--> SoundPiece --SoundLine--> samples
          --SoundEncoder--> frames --SoundFragments--> Head, Fragment --> Sink

The first chunk decides rate and channels. Everything goes through in pieces of a fraction of a second: memory
is the same for a chunk of a second and of an hour.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from gradstream.media.audio.encoder import SoundEncoder, chosen_codec, stream_rate
from gradstream.media.audio.from_array import ArrayShape, array_pieces, shape_of
from gradstream.media.audio.from_file import file_pieces
from gradstream.media.audio.mp3.slices import Mp3Slices
from gradstream.media.audio.pcm import SoundPiece
from gradstream.media.audio.segmenter import SoundFragments
from gradstream.media.audio.timeline import SoundLine
from gradstream.media.types import BadChunk, Chunk, Codec, Sink, SoundOptions


class SoundStream:
    """Encodes chunks as they come; fulfils `types.Stream`."""

    def __init__(self, options: SoundOptions, *, sink: Sink) -> None:
        self._codec = chosen_codec(options.codec, options.accepts)
        self._sink = sink
        self._slices = Mp3Slices()
        self._shape: ArrayShape | None = None
        self._track: _Track | None = None

    @property
    def pending_s(self) -> float:
        """How much sound is encoded and held back."""
        return self._track.fragments.pending_s if self._track else 0.0

    def add(self, chunk: Chunk) -> None:
        """Decode a chunk, and put what is ready.

        Raises BadChunk after all that could be decoded; also when an earlier chunk, a slice of which this one
        is not the next, turns out to be no MP3.
        """
        earlier: BadChunk | None = None
        if not self._slices.wants(chunk):
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
        """Put what is left; nothing follows. Raises BadChunk when slices turn out to be no MP3."""
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

    def _pieces(self, chunk: Chunk) -> Iterator[SoundPiece]:
        if chunk.samples is not None:
            self._shape = shape_of(chunk.samples, number=chunk.number, like=self._shape)
            return array_pieces(chunk, self._shape)
        if self._slices.wants(chunk):
            return self._slices.feed(chunk)
        return file_pieces(chunk)

    def _end_slices(self) -> BadChunk | None:
        """Take the rest of the slices, and return what was wrong with them."""
        try:
            self._take(self._slices.finish())
        except BadChunk as bad:
            return bad
        return None

    def _take(self, pieces: Iterable[SoundPiece]) -> None:
        for piece in pieces:
            if self._track is None:
                self._track = _Track(self._codec, piece, sink=self._sink)
            self._track.take(piece)


class _Track:
    """What exists from a stream's first sound on."""

    def __init__(self, codec: Codec, first: SoundPiece, *, sink: Sink) -> None:
        rate_hz = stream_rate(codec, first.rate_hz)
        channels: Literal[1, 2] = 1 if first.layout == "mono" else 2
        self._line = SoundLine(rate_hz, channels)
        self._encoder = SoundEncoder(codec, rate_hz, channels)
        self.fragments = SoundFragments(self._encoder.track, sink=sink)

    def take(self, piece: SoundPiece) -> None:
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
