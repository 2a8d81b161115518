"""Decodes a wav from slices: one header, then samples, then perhaps chunks with texts.

    slice --header--> PcmFormat    --samples, as many as the header says--> PcmBytesDecoder --> PcmBlock …
                                   --behind them--> RIFF chunks, which are skipped; anything else is an error

A header that does not know its size is followed by samples only.
"""

from collections.abc import Iterator

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.slices.formats import starts_file, starts_frames
from gradstream.media.audio.slices.pcm_bytes import PcmBytesDecoder, PcmFormat
from gradstream.media.audio.slices.wav_header import WavHeader, is_wav
from gradstream.media.errors import chunk_name
from gradstream.media.signatures import identify_certain
from gradstream.media.types import Chunk, Warn

TOLERANCE_BYTES = 64
"""A header may be wrong by this much: some count themselves."""

MAX_PADDING_BYTES = 4096
"""Zeros behind the samples, as they fill up a block of a disk."""

FILES = (b"RIFF", b"RF64")
"""What a wav starts with, and no chunk behind its samples."""

LARGEST_TRAILER_BYTES = 16 * 1024 * 1024
"""The largest chunk behind the samples: texts and pictures."""


class WavFile:
    """One wav with PCM samples, fed from its first byte on. Implements `GrowingFile`."""

    def __init__(self, first: Chunk, header: WavHeader, pcm_format: PcmFormat, *, warn: Warn) -> None:
        self._first = first
        self._warn = warn
        self._extent = WavExtent(header)
        self._sample_bytes = pcm_format.sample_bytes
        self._decoder = PcmBytesDecoder(pcm_format)

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes go on with this wav."""
        if is_wav(data):
            return False
        if self._extent.missing_bytes is not None:
            return self._extent.continues(data)
        if starts_file(data) or starts_frames(data):
            return False
        # In 8 bits, quiet sound may look like text.
        return self._sample_bytes == 1 or identify_certain(data[:256]) is None

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples that a slice completes. Raises ChunkError for data behind the declared ones."""
        yield from self._decoder.feed(self._extent.samples_of(chunk.data or b""))
        self._check(self._extent.find_excess())

    def finish(self) -> Iterator[PcmBlock]:
        """Yield nothing more. Raises ChunkError when samples are missing."""
        yield from ()
        self._check(self._extent.find_missing())
        if self._decoder.rest_bytes:
            self._warn(
                f"{chunk_name(self._first.number)}: the sound ends within a sample, "
                f"{self._decoder.rest_bytes} bytes are left out"
            )

    def end_within(self, data: bytes) -> int | None:
        """Return where in these bytes another wav starts behind the samples of this one."""
        end = self._extent.left_bytes
        return end if end is not None and is_wav(data[end : end + 12]) else None

    def close(self) -> None:
        """Keep nothing that would have to be released."""

    def _check(self, problem: str | None) -> None:
        if problem is not None:
            raise audio_file_error(self._first, problem)


class WavExtent:
    """Compares the bytes of samples that a header declares with those that come."""

    def __init__(self, header: WavHeader) -> None:
        self._declared = header.data_bytes
        self._to_skip = header.size
        self._taken = 0
        self._trailer = RiffTrailer(is_odd=bool(header.data_bytes and header.data_bytes % 2))

    @property
    def missing_bytes(self) -> int | None:
        """Bytes of samples that have not come yet; None if the header does not know how many there are."""
        return None if self._declared is None else self._declared - self._taken

    @property
    def left_bytes(self) -> int | None:
        """Bytes up to the end of the samples, those of the header included."""
        missing = self.missing_bytes
        return None if missing is None else self._to_skip + missing

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes may belong to the file."""
        return self.missing_bytes != 0 or self._trailer.continues(data)

    def samples_of(self, data: bytes) -> bytes:
        """Return which of the next bytes are samples."""
        start = min(self._to_skip, len(data))
        self._to_skip -= start
        missing = self.missing_bytes
        end = len(data) if missing is None else min(len(data), start + missing)
        self._taken += end - start
        self._trailer.feed(data[end:])
        return data[start:end]

    def find_excess(self) -> str | None:
        """Return what is wrong if something else than RIFF chunks follows the samples."""
        if self._trailer.excess_bytes <= TOLERANCE_BYTES:
            return None
        if self._trailer.is_other_file:
            return "is followed by another wav in the same bytes: yield each file by itself"
        return (
            f"declares {self._declared} bytes of sound in its header, and more bytes follow: write the true "
            "size, or 0 if it is not known yet"
        )

    def find_missing(self) -> str | None:
        """Return what is wrong if the file ends here."""
        if self._to_skip:
            return "ends within its header"
        missing = self.missing_bytes
        if missing is None or missing <= TOLERANCE_BYTES:
            return None
        return f"is not complete: its header declares {self._declared} bytes of sound, and {self._taken} came"


class RiffTrailer:
    """Skips the RIFF chunks behind the samples, and counts what is not one."""

    def __init__(self, *, is_odd: bool) -> None:
        self._head = bytearray()
        self._to_skip = 1 if is_odd else 0
        self._padding_bytes = 0
        self.excess_bytes = 0
        self.is_other_file = False
        """Whether what follows is the start of another wav."""

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
        self.is_other_file = self.is_other_file or bytes(self._head[:4]) in FILES
        if self.is_other_file or not _may_be_chunk(self._head):
            is_padding = not self._head.strip(b"\0") and self._padding_bytes < MAX_PADDING_BYTES
            self._padding_bytes += len(self._head)
            self.excess_bytes += 0 if is_padding else len(self._head)
            self._head.clear()
        elif len(self._head) == 8:
            size = int.from_bytes(self._head[4:], "little")
            self._to_skip = size + size % 2
            self._head.clear()


def _may_be_chunk(head: bytes | bytearray) -> bool:
    """Return whether a RIFF chunk may start here: a name of letters, digits and spaces, and a likely size.

    Four bytes of text as a size would be far beyond.
    """
    is_name = all(byte == 0x20 or (byte < 128 and chr(byte).isalnum()) for byte in head[:4])
    return is_name and (len(head) < 8 or int.from_bytes(head[4:8], "little") <= LARGEST_TRAILER_BYTES)
