"""Decodes slices of MP3 files exactly as if each file had been yielded whole.

    slice --Mp3Parser--> frames --one decoder per file--> samples --without delay and padding--> PcmBlock

A new ID3v2 tag, or a new Xing or LAME frame, starts a new file.
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
from gradstream.media.errors import chunk_name
from gradstream.media.signatures import identify_certain
from gradstream.media.types import Chunk, Warn

MAX_JUNK_BYTES = 4096
"""Longest run of bytes without a frame: padding and unknown tags are not longer than that."""

_MIN_SIGNATURE_BYTES = 8
"""A shorter chunk cannot be identified: after the start of an MP3 it is taken for a slice of it."""

_MIN_JUNK_CHUNK_BYTES = 512
"""A slice of at least this size without any frame or tag is not part of an MP3."""


class Mp3SliceDecoder:
    """Decodes slices one after the other; less than two frames are held back. Implements `GrowingFile`."""

    def __init__(self, *, warn: Warn) -> None:
        self._warn = warn
        self._parser = Mp3Parser()
        self._chunk: Chunk | None = None
        self._decoder: AudioCodecContext | None = None
        self._reset()

    def accepts(self, chunk: Chunk) -> bool:
        """Return whether a chunk is a slice of an MP3: the first one, or the next one of the current file."""
        data = chunk.data
        if data is None or chunk.name:
            return False
        if self._parser.is_in_tag:
            # A tag may contain texts and pictures.
            return True
        if identify_certain(data[:256]):
            return False
        if self._chunk is not None:
            is_between = not self._parser.is_incomplete and not self._junk
            if not is_between or len(data) < _MIN_SIGNATURE_BYTES or not data.strip(b"\0"):
                return True
        return _looks_like_mp3(data)

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes are more of the MP3, or another one."""
        return self.accepts(Chunk(number=0, data=data))

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the audio that a slice completes. Raises ChunkError when the slices stop being an MP3."""
        self._chunk = chunk
        junk = 0
        has_mp3 = self._parser.is_in_tag
        for element in self._parser.feed(chunk.data or b""):
            match element:
                case Mp3Frame():
                    self._junk, has_mp3 = 0, True
                    yield from self._decode(element)
                case Id3Tag():
                    self._junk, has_mp3 = 0, True
                    self._new_file(GaplessInfo())
                case Junk():
                    junk += element.size
                    self._left_out += 0 if element.is_padding else element.size
                    self._add_junk(element.size)
        if not has_mp3 and junk >= _MIN_JUNK_CHUNK_BYTES:
            self._fail("contains no mp3 frame")

    def finish(self) -> Iterator[PcmBlock]:
        """Yield the rest, and reset. Raises ChunkError when the slices contained no audio."""
        if self._chunk is None:
            return
        for element in self._parser.end():
            if isinstance(element, Mp3Frame):
                yield from self._decode(element)
            elif isinstance(element, Junk) and not element.is_padding:
                self._left_out += element.size
        if not self._has_audio:
            self._fail("contains no mp3 frame")
        if self._left_out:
            self._warn(
                f"{chunk_name(self._chunk.number)}: {self._left_out} bytes of the mp3 that ends here are not "
                "whole frames, or cannot be decoded, and are left out"
            )
        self._reset()

    def close(self) -> None:
        """Release the decoder."""
        self._reset()

    def _reset(self) -> None:
        self._parser = Mp3Parser()
        self._chunk = None
        self._junk = 0
        self._left_out = 0
        self._has_audio = False
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
            # Skip a damaged frame, as players do, and count it as junk.
            self._position += frame.header.samples
            self._left_out += len(frame.data)
            self._add_junk(len(frame.data))
            return
        for audio in decoded:
            self._has_audio = True
            yield from self._trim(block_of_frame(audio))
            self._position += audio.samples

    def _trim(self, block: PcmBlock) -> Iterator[PcmBlock]:
        """Yield the parts of a block that are neither encoder delay nor padding."""
        start, stop = self._position, self._position + block.samples.shape[1]
        info = self._info
        has_end = info.end < info.frames_end
        spans = [(info.begin, info.end), (info.frames_end, stop)] if has_end else [(info.begin, stop)]
        for first, last in spans:
            kept = block.samples[:, max(0, first - start) : max(0, last - start)]
            if kept.shape[1]:
                yield replace(block, samples=kept, starts_lossy_file=self._is_new)
                self._is_new = False

    def _add_junk(self, size: int) -> None:
        self._junk += size
        if self._junk > MAX_JUNK_BYTES:
            self._fail(f"contains more than {MAX_JUNK_BYTES} bytes in a row that are not mp3")

    def _fail(self, problem: str) -> NoReturn:
        chunk = self._chunk if self._chunk is not None else Chunk(number=0, data=b"")
        error = audio_file_error(chunk, problem)
        self._reset()
        raise error


def _decoder() -> AudioCodecContext:
    decoder = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
    decoder.thread_count = 1
    return decoder


def _looks_like_mp3(data: bytes) -> bool:
    """Return whether these bytes look like the start of an MP3, or like any other part of one."""
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
