"""Decodes everything that is yielded as bytes: whole files, slices of files that grow, and raw samples.

    bytes --open_file--> WavFile | DemuxedFile | Mp3SliceDecoder --> PcmBlock …
          --if the output says what they are--> PcmBytesDecoder --> PcmBlock …
          --any other file--> file_blocks: it must be whole

A file goes on until bytes come that are the start of another one, or until the stream ends.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from gradstream.media.audio.errors import audio_bytes_error, audio_file_error
from gradstream.media.audio.mp3.slices import Mp3SliceDecoder
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.slices.caf_table import TABLE_LAST, table_of
from gradstream.media.audio.slices.demuxed_file import DemuxedFile
from gradstream.media.audio.slices.elements import ElementWalker
from gradstream.media.audio.slices.formats import (
    CAF,
    MP3,
    MP4,
    WAV,
    WAVPACK,
    SliceFormat,
    identify_slices,
    starts_file,
)
from gradstream.media.audio.slices.measures import (
    WAVPACK_HEADER_BYTES,
    is_plain_wavpack,
    measure_wavpack,
)
from gradstream.media.audio.slices.mp4_index import is_whole_mp4
from gradstream.media.audio.slices.pcm_bytes import PcmBytesDecoder, PcmFormat
from gradstream.media.audio.slices.types import GrowingFile
from gradstream.media.audio.slices.wav_file import WavFile
from gradstream.media.audio.slices.wav_header import read_wav_header
from gradstream.media.audio.slices.whole_file import whole_file_blocks
from gradstream.media.errors import chunk_name
from gradstream.media.types import Chunk, ChunkError, Warn

MANY_CHANNELS = (
    "is the beginning of a wavpack with more than two channels or an unusual rate, which cannot be decoded "
    "from slices: yield the whole file, or have it written as flac"
)
"""FFmpeg has to go back in such a file to open it."""


class BytesDecoder:
    """Decodes the chunks of a stream that are bytes. `raw` is what bytes without a header are."""

    def __init__(self, *, raw: PcmFormat | None, warn: Warn) -> None:
        self._raw_format = raw
        self._raw: PcmBytesDecoder | None = None
        self._warn = warn
        self._file: GrowingFile | None = None
        self._earlier = ""
        """What is said of bytes that cannot be decoded behind a file that was taken for a whole one."""
        self._start = b""
        self._last: Chunk | None = None

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples that these bytes complete, after the rest of a file that they end.

        Raises ChunkError, also for the file that they end.
        """
        earlier: ChunkError | None = None
        if not self._continues(chunk.data or b""):
            try:
                yield from self.finish()
            except ChunkError as error:
                earlier = error
        try:
            yield from self._feed(chunk)
        except ChunkError as error:
            self.close()
            raise error if earlier is None else ChunkError(f"{earlier}; {error}") from error
        if earlier is not None:
            raise earlier

    def finish(self) -> Iterator[PcmBlock]:
        """Yield the rest of the file that is open. Raises ChunkError when it was not a valid one."""
        try:
            if self._file is not None:
                yield from self._file.finish()
            elif self._start and self._last is not None:
                # Too short to be recognised by its start: FFmpeg looks at all of it.
                yield from whole_file_blocks(replace(self._last, data=self._start), warn=self._warn)
            elif self._raw is not None and self._last is not None and self._raw.rest_bytes:
                self._warn(
                    f"{chunk_name(self._last.number)}: the sound ends within a sample, "
                    f"{self._raw.rest_bytes} bytes are left out"
                )
        finally:
            self.close()

    def close(self) -> None:
        """Release decoders and threads; idempotent, and other bytes may follow."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self._raw = None
        self._start = b""

    def _continues(self, data: bytes) -> bool:
        if self._file is not None:
            return self._file.continues(data)
        if self._raw is not None:
            return not starts_file(data)
        return not self._start or not starts_file(data)

    def _feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        self._last = chunk
        if self._file is None:
            if self._raw_format is not None and not self._start and not starts_file(chunk.data or b""):
                yield from self._feed_raw(chunk, self._raw_format)
                return
            chunk = replace(chunk, data=self._start + (chunk.data or b""))
            self._start = b""
            self._file = self._open(chunk)
        if self._file is not None:
            self._earlier = ""
            yield from self._feed_file(self._file, chunk)
        elif not self._start:
            yield from self._whole(chunk)

    def _feed_file(self, file: GrowingFile, chunk: Chunk) -> Iterator[PcmBlock]:
        data = chunk.data or b""
        end = file.end_within(data) if isinstance(file, WavFile) else None
        if end is None:
            yield from file.feed(chunk)
            return
        # Two files in the same bytes.
        yield from file.feed(replace(chunk, data=data[:end]))
        yield from self.finish()
        yield from self._feed(replace(chunk, data=data[end:]))

    def _feed_raw(self, chunk: Chunk, raw_format: PcmFormat) -> Iterator[PcmBlock]:
        if self._raw is None:
            self._raw = PcmBytesDecoder(raw_format)
        yield from self._raw.feed(chunk.data or b"")

    def _open(self, chunk: Chunk) -> GrowingFile | None:
        """Return the file that starts with this chunk, None for a whole one; too few bytes are kept."""
        data = chunk.data or b""
        form = identify_slices(data)
        if form == "more":
            self._start = data
            return None
        if form is WAV:
            return self._open_wav(chunk)
        if form is MP4 and is_whole_mp4(data):
            return None
        if form is CAF:
            return self._open_caf(chunk)
        if form is WAVPACK:
            return self._open_wavpack(chunk)
        if isinstance(form, SliceFormat) and form is not MP3:
            return DemuxedFile(chunk, form, warn=self._warn)
        mp3 = Mp3SliceDecoder(warn=self._warn)
        return mp3 if mp3.accepts(chunk) else None

    def _open_wav(self, chunk: Chunk) -> GrowingFile | None:
        data = chunk.data or b""
        try:
            header = read_wav_header(data)
        except ValueError as error:
            raise audio_bytes_error(chunk, f"cannot be decoded as sound: {error}") from error
        if header is None:
            self._start = data
            return None
        if header.pcm is None:
            return DemuxedFile(chunk, WAV, warn=self._warn)
        return WavFile(chunk, header, header.pcm, warn=self._warn)

    def _open_caf(self, chunk: Chunk) -> GrowingFile | None:
        table = table_of(chunk.data or b"")
        if table == "more":
            self._start = chunk.data or b""
        elif table == "last":
            raise audio_file_error(chunk, TABLE_LAST)
        return DemuxedFile(chunk, CAF, warn=self._warn) if table in ("none", "first") else None

    def _open_wavpack(self, chunk: Chunk) -> GrowingFile | None:
        data = chunk.data or b""
        if len(data) < WAVPACK_HEADER_BYTES:
            self._start = data
            return None
        if is_plain_wavpack(data):
            return DemuxedFile(chunk, WAVPACK, warn=self._warn)
        walker = ElementWalker(measure_wavpack)
        list(walker.feed(data))
        if walker.is_cut:
            raise audio_file_error(chunk, MANY_CHANNELS)
        return None

    def _whole(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples of a file that must be whole. Raises ChunkError."""
        count = 0
        try:
            for block in whole_file_blocks(chunk, warn=self._warn):
                count += 1
                yield block
        except ChunkError as error:
            if count:
                raise
            raise audio_bytes_error(chunk, f"cannot be decoded as sound{self._earlier}") from error
        self._earlier = (
            f"; if it goes on with the file of {chunk_name(chunk.number)}, yield that file whole: it is not "
            "one that can be decoded from slices"
        )
