r"""Decodes a file that is whole, and accounts for all of its bytes.

    Chunk --a wav--> WavFile: declared and real size
          \\--any other file--> file_blocks, then uncounted_bytes: what is not part of the container

What is left out is logged with figures, or is an error where it is much.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from gradstream.media.audio.from_file import file_blocks
from gradstream.media.audio.mp3.frames import Junk, Mp3Parser
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.slices.elements import ElementWalker
from gradstream.media.audio.slices.formats import MP3, SliceFormat, identify_slices
from gradstream.media.audio.slices.measures import measure_all
from gradstream.media.audio.slices.wav_file import WavFile
from gradstream.media.audio.slices.wav_header import LARGEST_HEADER_BYTES, is_wav, read_wav_header
from gradstream.media.errors import chunk_name
from gradstream.media.types import Chunk, Warn

_PIECE_BYTES = LARGEST_HEADER_BYTES
"""Bytes of a large file that are read at a time."""


def whole_file_blocks(chunk: Chunk, *, warn: Warn) -> Iterator[PcmBlock]:
    """Yield a file's audio. Raises ChunkError as `file_blocks` does, and for a wav of another size."""
    wav = _open_wav(chunk, warn=warn)
    if wav is not None:
        for piece in _pieces(chunk):
            yield from wav.feed(replace(chunk, data=piece, path=None))
        yield from wav.finish()
        return
    yield from file_blocks(chunk, warn=warn)
    uncounted, is_cut = uncounted_bytes(chunk)
    if uncounted:
        warn(
            f"{chunk_name(chunk.number)}: {uncounted} bytes between its frames are not sound and are left out"
        )
    if is_cut:
        warn(f"{chunk_name(chunk.number)}: the file is cut off, its last frame is left out")


def uncounted_bytes(chunk: Chunk) -> tuple[int, bool]:
    """Return how many bytes of a file are not part of its container, and whether the file is cut off.

    0 and False for containers whose structure is not followed.
    """
    pieces = _pieces(chunk)
    first = next(pieces, b"")
    form = identify_slices(first) if first else None
    if form is MP3 or (form is None and first[:1] == b"\xff"):
        return _uncounted_of_mp3(first, pieces)
    if not isinstance(form, SliceFormat) or form.measure is measure_all:
        return 0, False
    walker = ElementWalker(form.measure)
    junk = 0
    for data in (first, *pieces):
        junk += sum(
            len(piece.data) for piece in walker.feed(data) if piece.is_junk and piece.data.strip(b"\0")
        )
    return junk, walker.is_cut


def _uncounted_of_mp3(first: bytes, pieces: Iterator[bytes]) -> tuple[int, bool]:
    parser = Mp3Parser()
    elements = [
        element for data in (first, *pieces) for element in parser.feed(data) if isinstance(element, Junk)
    ]
    tail = [element for element in parser.end() if isinstance(element, Junk) and not element.is_padding]
    return sum(junk.size for junk in elements if not junk.is_padding), bool(tail)


def _open_wav(chunk: Chunk, *, warn: Warn) -> WavFile | None:
    """Return the decoder of a wav with PCM samples; None for other files, which FFmpeg judges."""
    head = next(_pieces(chunk), b"")
    if not is_wav(head):
        return None
    try:
        header = read_wav_header(head)
    except ValueError:
        return None
    if header is None or header.pcm is None:
        return None
    return WavFile(chunk, header, header.pcm, warn=warn)


def _pieces(chunk: Chunk) -> Iterator[bytes]:
    if chunk.data is not None:
        yield chunk.data
        return
    try:
        with Path(chunk.path or "").open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece
    except OSError:
        # The file was removed in the meantime; FFmpeg, which opens it next, reports that.
        return
