"""Slices of MP3 files are decoded as if each file had come whole, by path.

    slice --Mp3Parser--> frames --decoder, one a file--> samples --without delay and padding--> PcmBlock

A new ID3v2 tag, or a new frame of Xing's or LAME's, begins a new file.
"""

from collections.abc import Iterator
from typing import NoReturn, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError
from msgspec.structs import replace

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.mp3.frames import (
    GaplessInfo,
    Id3Tag,
    Junk,
    Mp3Frame,
    Mp3Parser,
    contains_frames,
    read_gapless_info,
    read_header,
    starts_file,
)
from gradstream.media.audio.pcm import PcmBlock, block_of_frame
from gradstream.media.signatures import identify_certain
from gradstream.media.types import Chunk

MAX_JUNK_BYTES = 4096
"""Bytes in a row that are no frame: padding, and tags nobody knows, are no longer than that."""

_MIN_SIGNATURE_BYTES = 8
"""Nothing shorter says what it is: while an MP3 runs, it is a slice of it."""

_MIN_JUNK_CHUNK_BYTES = 512
"""A slice of at least this without any frame or tag in it is none of an MP3."""


class Mp3SliceDecoder:
    """Takes slices, one after the other; what is held back is less than two frames."""

    def __init__(self) -> None:
        self._frames = Mp3Parser()
        self._chunk: Chunk | None = None
        self._decoder: AudioCodecContext | None = None
        self._begin()

    def accepts(self, chunk: Chunk) -> bool:
        """Tell whether a chunk is a slice of an MP3: one that begins, or the next of the one that runs."""
        data = chunk.data
        if data is None or chunk.name:
            return False
        if self._frames.is_skipping:
            # A tag may hold texts and pictures.
            return True
        if identify_certain(data[:256]):
            return False
        if self._chunk is not None:
            is_between = not self._frames.is_within and not self._junk
            if not is_between or len(data) < _MIN_SIGNATURE_BYTES or not data.strip(b"\0"):
                return True
        return _begins(data)

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the sound that a slice completes. Raises ChunkError for what is no MP3 any more."""
        self._chunk = chunk
        junk = 0
        has_mp3 = self._frames.is_skipping
        for part in self._frames.feed(chunk.data or b""):
            match part:
                case Mp3Frame():
                    self._junk, has_mp3 = 0, True
                    yield from self._decode(part)
                case Id3Tag():
                    self._junk, has_mp3 = 0, True
                    self._new_file(GaplessInfo())
                case Junk():
                    junk += part.size
                    self._add_junk(part.size)
        if not has_mp3 and junk >= _MIN_JUNK_CHUNK_BYTES:
            self._fail("holds no mp3 frame")

    def finish(self) -> Iterator[PcmBlock]:
        """Yield the rest, and begin anew. Raises ChunkError when there never was any sound."""
        if self._chunk is None:
            return
        for part in self._frames.end():
            if isinstance(part, Mp3Frame):
                yield from self._decode(part)
        if not self._has_sound:
            self._fail("holds no mp3 frame")
        self._begin()

    def close(self) -> None:
        """Let go of the decoder."""
        self._begin()

    def _begin(self) -> None:
        self._frames = Mp3Parser()
        self._chunk = None
        self._junk = 0
        self._has_sound = False
        self._new_file(GaplessInfo())

    def _new_file(self, info: GaplessInfo) -> None:
        self._info = info
        self._decoder = None
        self._position = 0
        self._is_new = True

    def _decode(self, frame: Mp3Frame) -> Iterator[PcmBlock]:
        info = read_gapless_info(frame)
        if info is not None:
            self._new_file(info)
            return
        if self._decoder is None:
            self._decoder = _decoder()
        try:
            decoded = self._decoder.decode(av.Packet(frame.data))
        except FFmpegError:
            # One broken frame is passed over, as players do; it counts as junk.
            self._position += frame.header.samples
            self._add_junk(len(frame.data))
            return
        for one in decoded:
            self._has_sound = True
            piece = block_of_frame(one)
            yield from self._kept(piece)
            self._position += one.samples

    def _kept(self, piece: PcmBlock) -> Iterator[PcmBlock]:
        """Yield what of a piece is the file's, and not the encoder's delay or padding."""
        start, stop = self._position, self._position + piece.samples.shape[1]
        info = self._info
        has_end = info.end < info.frames_end
        spans = [(info.begin, info.end), (info.frames_end, stop)] if has_end else [(info.begin, stop)]
        for first, last in spans:
            kept = piece.samples[:, max(0, first - start) : max(0, last - start)]
            if kept.shape[1]:
                yield replace(piece, samples=kept, starts_lossy_file=self._is_new)
                self._is_new = False

    def _add_junk(self, size: int) -> None:
        self._junk += size
        if self._junk > MAX_JUNK_BYTES:
            self._fail(f"has more than {MAX_JUNK_BYTES} bytes in a row that are no mp3")

    def _fail(self, problem: str) -> NoReturn:
        chunk = self._chunk if self._chunk is not None else Chunk(number=0, data=b"")
        bad = audio_file_error(chunk, problem)
        self._begin()
        raise bad


def _decoder() -> AudioCodecContext:
    decoder = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
    decoder.thread_count = 1
    return decoder


def _begins(data: bytes) -> bool:
    """Tell whether these bytes look like an MP3 from its beginning, or from anywhere."""
    if len(data) < 10:
        return any(magic.startswith(data[: len(magic)]) for magic in (b"ID3", b"TAG")) or _may_be_frame(data)
    if starts_file(data) or data[:3] == b"TAG" or data[:8] == b"APETAGEX":
        return True
    header = read_header(data)
    if header is not None:
        following = read_header(data, header.size)
        if len(data) < header.size + 4 or (following is not None and following.matches(header)):
            return True
    return contains_frames(data, within=MAX_JUNK_BYTES)


def _may_be_frame(data: bytes) -> bool:
    if len(data) >= 4:
        return read_header(data) is not None
    return data[0] == 0xFF and (len(data) < 2 or data[1] & 0xE6 == 0xE2)
