"""Decodes a wav from slices: one header, then samples, then perhaps chunks with texts.

    slice --header--> PcmFormat    --samples, as many as the header says--> PcmBytesDecoder --> PcmBlock …
                                   --behind them--> RIFF chunks, which are skipped; anything else is an error

A header that does not know its size is followed by samples only.
"""

from collections.abc import Iterator

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.slices.pcm_bytes import PcmBytesDecoder, PcmFormat
from gradstream.media.audio.slices.wav_header import WavHeader, is_wav
from gradstream.media.errors import chunk_name
from gradstream.media.signatures import identify_certain
from gradstream.media.types import Chunk, Warn

TOLERANCE_BYTES = 64
"""A header may be wrong by this much: some count themselves."""

MAX_PADDING_BYTES = 4096
"""Zeros behind the samples, as they fill up a block of a disk."""


class WavFile:
    """One wav with PCM samples, fed from its first byte on. Implements `GrowingFile`."""

    def __init__(self, first: Chunk, header: WavHeader, pcm_format: PcmFormat, *, warn: Warn) -> None:
        self._first = first
        self._warn = warn
        self._declared = header.data_bytes
        self._to_skip = header.size
        self._sample_bytes = pcm_format.sample_bytes
        self._decoder = PcmBytesDecoder(pcm_format)
        self._taken = 0
        self._trailer = RiffTrailer(is_odd=bool(header.data_bytes and header.data_bytes % 2))

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes go on with this wav."""
        if is_wav(data):
            return False
        if self._missing:
            return True
        if self._missing == 0:
            return self._trailer.continues(data)
        # In 8 bits, quiet sound may look like text.
        return self._sample_bytes == 1 or identify_certain(data[:256]) is None

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples that a slice completes. Raises ChunkError for data behind the declared ones."""
        data = chunk.data or b""
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        missing = self._missing
        end = len(data) if missing is None else min(len(data), skipped + missing)
        self._taken += end - skipped
        yield from self._decoder.feed(data[skipped:end])
        self._trailer.feed(data[end:])
        if self._trailer.excess_bytes > TOLERANCE_BYTES:
            raise audio_file_error(
                self._first,
                f"declares {self._declared} bytes of sound in its header, and more bytes follow: write the "
                "true size, or 0 if it is not known yet",
            )

    def finish(self) -> Iterator[PcmBlock]:
        """Yield nothing more. Raises ChunkError when samples are missing."""
        yield from ()
        if self._to_skip:
            raise audio_file_error(self._first, "ends within its header")
        if self._missing is not None and self._missing > TOLERANCE_BYTES:
            raise audio_file_error(
                self._first,
                f"is not complete: its header declares {self._declared} bytes of sound, "
                f"and {self._taken} came",
            )
        if self._decoder.rest_bytes:
            self._warn(
                f"{chunk_name(self._first.number)}: the sound ends within a sample, "
                f"{self._decoder.rest_bytes} bytes are left out"
            )

    def close(self) -> None:
        """Keep nothing that would have to be released."""

    @property
    def _missing(self) -> int | None:
        """Bytes of samples that have not come yet; None if the header does not know how many there are."""
        return None if self._declared is None else self._declared - self._taken


class RiffTrailer:
    """Skips the RIFF chunks behind the samples, and counts what is not one."""

    def __init__(self, *, is_odd: bool) -> None:
        self._head = bytearray()
        self._to_skip = 1 if is_odd else 0
        self._padding_bytes = 0
        self.excess_bytes = 0

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes may go on with a RIFF chunk, or start one."""
        is_padding = not data.strip(b"\0") and len(data) <= MAX_PADDING_BYTES
        return self._to_skip > 0 or bool(self._head) or is_padding or _may_be_chunk(data[:8])

    def feed(self, data: bytes) -> None:
        """Receive the bytes behind the samples, cut anywhere."""
        at = 0
        while at < len(data):
            if self._to_skip:
                step = min(self._to_skip, len(data) - at)
                self._to_skip -= step
            elif self.excess_bytes:
                step = len(data) - at
                self.excess_bytes += step
            else:
                step = 8 - len(self._head)
                self._read_head(data[at : at + step])
            at += step

    def _read_head(self, data: bytes) -> None:
        self._head += data
        if not _may_be_chunk(self._head):
            is_padding = not self._head.strip(b"\0") and self._padding_bytes < MAX_PADDING_BYTES
            self._padding_bytes += len(self._head)
            self.excess_bytes += 0 if is_padding else len(self._head)
            self._head.clear()
        elif len(self._head) == 8:
            size = int.from_bytes(self._head[4:], "little")
            self._to_skip = size + size % 2
            self._head.clear()


def _may_be_chunk(head: bytes | bytearray) -> bool:
    """Return whether a RIFF chunk may start here: its name is of letters, digits and spaces."""
    return all(byte == 0x20 or (chr(byte).isalnum() and byte < 128) for byte in head[:4])
