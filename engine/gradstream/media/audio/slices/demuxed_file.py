r"""Decodes slices of a container by FFmpeg's own demuxer, and counts what is not part of the container.

slice --ElementWalker--> elements --SliceFeeder--> FFmpeg --> PcmBlock …
                         \--junk--> left out, and reported
"""

from collections.abc import Iterator

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.from_file import unseekable_blocks
from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.audio.slices.elements import Element, ElementWalker
from gradstream.media.audio.slices.feeder import SliceFeeder
from gradstream.media.audio.slices.formats import FLAC, MP4, OGG, WAVPACK, SliceFormat, starts_file
from gradstream.media.audio.slices.measures import is_first_wavpack
from gradstream.media.audio.slices.mp4_index import INDEX_LAST
from gradstream.media.errors import chunk_name
from gradstream.media.signatures import identify_certain
from gradstream.media.types import Chunk, ChunkError, Warn

MAX_JUNK_BYTES = 4096
"""Longest run of bytes that are not part of the container; padding and unknown tags are not longer."""

_CONTINUATIONS = (None, "an Ogg file", "a fragment of an MP4 file")
"""What an element in the middle of a file looks like: pages and fragments have signatures."""

_WORD_BYTES = 12
"""Elements start with sizes, flags or signatures that are shorter than this."""


class DemuxedFile:
    """One file of a container that FFmpeg reads from start to end. Implements `GrowingFile`."""

    def __init__(self, first: Chunk, form: SliceFormat, *, warn: Warn) -> None:
        self._first = first
        self._current = first
        self._form = form
        self._warn = warn
        self._walker = ElementWalker(form.measure, seen=self._saw)
        self._feeder = SliceFeeder(
            lambda pipe: unseekable_blocks(pipe, form.demuxer, fail=self._error, warn=self._warn_of)
        )
        self._kinds: set[str] = set()
        self._junk_bytes = 0
        self._junk_run = 0
        self._has_sound = False

    def continues(self, data: bytes) -> bool:
        """Return whether these bytes are more of the same file."""
        if starts_file(data) and not self._is_own_page(data) and not self._is_codec_header(data):
            return False
        if not self._walker.is_between:
            return True
        return not _is_words(data) and identify_certain(data[:256]) in _CONTINUATIONS

    def feed(self, chunk: Chunk) -> Iterator[PcmBlock]:
        """Yield the samples that a slice completes. Raises ChunkError."""
        self._current = chunk
        for piece in self._walker.feed(chunk.data or b""):
            if piece.is_tag:
                continue
            if not piece.is_junk:
                self._junk_run = 0
                for block in self._feeder.feed(piece.data):
                    self._has_sound = True
                    yield block
                continue
            self._junk_run += len(piece.data)
            self._junk_bytes += len(piece.data)
            if self._junk_run > MAX_JUNK_BYTES:
                raise self._error(
                    f"contains more than {MAX_JUNK_BYTES} bytes in a row that are not {self._form.name}"
                )

    def finish(self) -> Iterator[PcmBlock]:
        """Yield the rest. Raises ChunkError when there was no sound."""
        name = chunk_name(self._first.number)
        if self._walker.is_cut:
            self._warn(
                f"{name}: its {self._form.name} file ends within an element, at "
                f"{chunk_name(self._current.number)}; what cannot be decoded is left out"
            )
        if self._junk_bytes:
            self._warn(
                f"{name}: {self._junk_bytes} bytes of its {self._form.name} file are not {self._form.name}, "
                "and are left out"
            )
        try:
            yield from self._feeder.feed(self._walker.rest())
            yield from self._feeder.finish()
        except ChunkError:
            # FFmpeg reports a cut in some containers; it has been reported above.
            if not self._walker.is_cut or not self._has_sound:
                raise

    def close(self) -> None:
        """End FFmpeg's thread."""
        self._feeder.close()

    def _saw(self, element: Element) -> None:
        if self._form is MP4 and element.kind == "mdat" and "moov" not in self._kinds:
            raise self._error(INDEX_LAST)
        is_mp4_again = self._form is MP4 and element.kind == "moov" and "mdat" in self._kinds
        if is_mp4_again or (element.kind == "first" and self._kinds):
            name = self._form.name
            raise self._error(f"is followed by another {name} in the same bytes: yield each file by itself")
        self._kinds.add(element.kind)

    def _is_own_page(self, data: bytes) -> bool:
        """Return whether an Ogg file goes on with its next page, or a WavPack with its next block.

        The first pages of all tracks come in a row; one of these behind other pages starts a new file.
        """
        if self._form is WAVPACK and data[:4] == b"wvpk" and self._walker.is_between:
            return not is_first_wavpack(data)
        if self._form is not OGG or data[:4] != b"OggS" or not self._walker.is_between:
            return False
        is_first_of_track = len(data) > 5 and data[5] & 2
        return not is_first_of_track or self._kinds == {"bos"}

    def _is_codec_header(self, data: bytes) -> bool:
        """Return whether this is the mark of FLAC within the header of a container that carries FLAC."""
        is_in_header = not self._walker.is_between and not self._has_sound
        return data[:4] == b"fLaC" and is_in_header and self._form is not FLAC

    def _warn_of(self, problem: str) -> None:
        self._warn(f"{chunk_name(self._first.number)}: {problem}")

    def _error(self, problem: str) -> ChunkError:
        return audio_file_error(self._current, problem)


def _is_words(data: bytes) -> bool:
    """Return whether these bytes begin with text, as an element of a container never does."""
    head = data[:_WORD_BYTES]
    is_text = head.isascii() and head.decode("ascii").isprintable()
    return len(head) == _WORD_BYTES and is_text and head[:3] != b"TAG"
