"""What the output kinds `audio` and `video` share: chunks of one continuous stream, or whole clips.

    updates: append     yield --chunk--> Stream (gradstream.media) --> segments
    updates: replace    yield --snapshot--> Chunk | WholeClip --compress--> {"blob", "mime", "size", …}

PyAV is imported when the first chunk comes, or a little earlier by `prepare`: the server never imports it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from gradstream.components.buffer import unbuffered
from gradstream.components.outputs.delivery import Delivery, Encode, ReadChunk, StreamChunks
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.units import format_size
from gradstream.format.values import Plain
from gradstream.media.errors import WHOLE
from gradstream.media.types import Chunk, ChunkError, Codec, InitSegment, MediaStream, SegmentSink, Warn

if TYPE_CHECKING:
    from gradstream.media.files.whole_clip import WholeClip


class MediaOutput(OutputKind):
    """Plays what `chunks`, `stream` and `make_clip` make of yields. Fulfils `Encoder` and `Streamer`."""

    page_events: ClassVar[tuple[str, ...]] = ("play",)

    is_media = True

    @abstractmethod
    def chunks(self, warn: Warn | None) -> ReadChunk:
        """Return what copies one output's yields; without `warn`, what is not shown as given is refused."""

    @abstractmethod
    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream; `warn` receives remarks for the developer about chunks that are accepted."""

    @abstractmethod
    def make_clip(self, chunk: Chunk, output: Output, *, warn: Warn | None) -> WholeClip:
        """Return a chunk as a file that browsers play, and warn of what is not. Raises ChunkError."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return a reference to the clip."""
        chunk = None if value is None else _read(self.chunks(None), value)
        return None if chunk is None else self.clip(chunk, output, store, warn=None)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a stream, a clip or null; an output that streams may have either."""
        kinds = [{"type": "null"}, CLIP]
        return {"anyOf": [*kinds, STREAM] if output.updates == "append" and output.streaming else kinds}

    def delivery(self, output: Output) -> Delivery:
        """Return that steps are chunks of a stream, or clips that replace each other."""
        return StreamChunks(self) if output.updates == "append" else Encode(self)

    def snapshots(self, output: Output, warn: Warn) -> Callable[[Any], Chunk | WholeClip | None]:
        """Return what copies clips, None for an empty one.

        A large file is not copied, and the generator may overwrite it: its clip is made at once.
        """
        chunks = self.chunks(warn)

        def take(value: Any) -> Chunk | WholeClip | None:
            chunk = _read(chunks, value)
            return chunk if chunk is None or chunk.path is None else self._whole(chunk, output, warn=warn)

        return take

    def is_lossy(self, snapshot: Chunk | WholeClip | None, output: Output) -> bool:
        """Return False: there is one way to encode a clip."""
        return False

    def compress(
        self,
        snapshot: Chunk | WholeClip | None,
        output: Output,
        store: Store,
        *,
        exact: bool,
        warn: Warn | None,
    ) -> Plain:
        """Return a reference to the clip, None for an empty one."""
        if snapshot is None:
            return None
        if isinstance(snapshot, Chunk):
            return self.clip(snapshot, output, store, warn=warn)
        return keep_clip(snapshot, store)

    def clip(self, chunk: Chunk, output: Output, store: Store, *, warn: Warn | None) -> Plain:
        """Return a reference to the chunk as a clip: {"blob", "mime", "size", "duration_s", …}."""
        return keep_clip(self._whole(chunk, output, warn=warn), store)

    def join(self, init: InitSegment, segments: Sequence[bytes], store: Store) -> Plain:
        """Return a reference to a stream's segments as one clip."""
        from gradstream.media.files.whole_clip import join_segments  # noqa: PLC0415 (heavy: see above)

        return keep_clip(join_segments(init, segments), store)

    def check_size(self, size: int, store: Store) -> None:
        """Raise UnusableYieldError if a clip of this many bytes is too large."""
        check_size(size, most_bytes=store.limits.clip_bytes)

    def _whole(self, chunk: Chunk, output: Output, *, warn: Warn | None) -> WholeClip:
        try:
            return self.make_clip(chunk, output, warn=warn)
        except ChunkError as error:
            raise UnusableYieldError(str(error)) from error


CLIP: JsonSchema = {
    "type": "object",
    "properties": {
        "blob": {"type": "string"},
        "mime": {"type": "string", "pattern": "^(audio|video)/"},
        "size": {"type": "integer", "minimum": 1},
        "duration_s": {"type": "number", "minimum": 0},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
    },
    "required": ["blob", "mime", "size"],
    "additionalProperties": False,
}
"""A clip as a value refers to it: `blob` is its digest, in `/api/runs/{run}/blobs/{blob}`."""

STREAM: JsonSchema = {
    "type": "object",
    "properties": {
        "mime": {"type": "string", "pattern": "^(audio|video)/"},
        "timescale": {"type": "integer", "minimum": 1},
        "segments": {
            "type": "array",
            "items": {
                "type": "array",
                "items": [
                    {"type": "number", "minimum": 0},
                    {"type": "number", "minimum": 0},
                    {"type": "array", "items": {"type": "integer"}},
                ],
                "minItems": 3,
                "maxItems": 3,
            },
        },
    },
    "required": ["mime", "timescale", "segments"],
    "additionalProperties": False,
}
"""A stream: each segment as [start_s, duration_s, peaks]; see `docs/architecture/wire.md`."""


def of_buffers(read: ReadChunk) -> ReadChunk:
    """Return what reads a buffer in memory as its bytes, and anything else as before."""

    def read_bytes(value: Any, *, number: int) -> Chunk | None:
        return read(unbuffered(value), number=number)

    return read_bytes


def _read(chunks: ReadChunk, value: Any) -> Chunk | None:
    try:
        return chunks(value, number=WHOLE)
    except ChunkError as error:
        raise UnusableYieldError(str(error)) from error


def keep_clip(clip: WholeClip, store: Store) -> Plain:
    """Store a clip's bytes and return the value that refers to them. Raises UnusableYieldError."""
    check_size(len(clip.data), most_bytes=store.limits.clip_bytes)
    value = {"blob": store.put(clip.data, clip.mime), "mime": clip.mime, "size": len(clip.data)}
    facts = {"duration_s": clip.duration_s, "width": clip.width, "height": clip.height}
    return {**value, **{name: fact for name, fact in facts.items() if fact is not None}}


def check_size(size: int, *, most_bytes: int) -> None:
    """Raise UnusableYieldError if a clip of this many bytes is too large."""
    if size > most_bytes:
        raise UnusableYieldError(
            f"the clip has {format_size(size)}; a whole clip may have "
            f"{format_size(most_bytes, is_bound=True)}: "
            "yield it in shorter pieces, with `streaming: true` and `updates: append`"
        )
