"""The output kinds `audio` and `video`: chunks of one continuous stream, or whole clips.

    updates: append     yield --chunk--> Stream (gradstream.media) --> segments
    updates: replace    yield --snapshot--> Chunk --compress--> {"blob", "mime", "size", "duration_s", …}

PyAV is imported when the first chunk comes, or a little earlier by `prepare`: the server never has one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import convert

from gradstream.components.types import Plain, Store, UnusableYield
from gradstream.components.wording import format_size
from gradstream.format.types import Output
from gradstream.media.errors import WHOLE
from gradstream.media.types import (
    AudioOptions,
    Chunk,
    ChunkError,
    Codec,
    InitSegment,
    MediaStream,
    SegmentSink,
    VideoOptions,
)

if TYPE_CHECKING:
    from gradstream.media.files.whole_clip import WholeClip

LARGEST_CLIP_BYTES = 60 * 2**20
"""What one frame from worker to server holds, with something to spare."""

Warn = Callable[[str], None]


class Kind(Protocol):
    """What sound and video differ in."""

    def chunk(self, value: Any, *, number: int) -> Chunk | None:
        """Return a copy of a yield, None for an empty one. Raises ChunkError."""

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream; `warn` takes what a developer should know of chunks that are accepted."""

    def clip(self, chunk: Chunk, output: Output) -> WholeClip:
        """Return a chunk as a file that browsers play. Raises ChunkError."""


class MediaOutput:
    """Shows what a `Kind` makes of yields. Fulfils `OutputComponent`, `Pictorial` and `Streamed`."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self.chunk = kind.chunk
        self.stream = kind.stream
        self.check_size = check_size

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the clip is kept."""
        chunk = None if value is None else self.snapshot(value)
        return None if chunk is None else self.compress(chunk, output, store, exact=True)

    def snapshot(self, value: Any) -> Chunk | None:
        """Return a copy, None for an empty clip."""
        try:
            return self._kind.chunk(value, number=WHOLE)
        except ChunkError as error:
            raise UnusableYield(str(error)) from error

    def is_lossy(self, snapshot: Chunk | None, output: Output) -> bool:
        """Tell that no clip has two ways to be encoded."""
        return False

    def compress(self, snapshot: Chunk | None, output: Output, store: Store, *, exact: bool) -> Plain:
        """Return where the clip is kept: {"blob", "mime", "size", "duration_s", …}."""
        if snapshot is None:
            return None
        try:
            return keep_clip(self._kind.clip(snapshot, output), store)
        except ChunkError as error:
            raise UnusableYield(str(error)) from error

    def join(self, init: InitSegment, segments: Sequence[bytes], store: Store) -> Plain:
        """Return where a stream's segments are kept as one clip."""
        from gradstream.media.files.whole_clip import join_segments  # noqa: PLC0415 (heavy: see above)

        return keep_clip(join_segments(init, segments), store)


class Sound:
    """What `audio` is."""

    def chunk(self, value: Any, *, number: int) -> Chunk | None:
        """Return a copy of a path's file, of bytes, or of (rate, array)."""
        from gradstream.media.snapshot import snapshot_audio  # noqa: PLC0415 (heavy: see above)

        return snapshot_audio(value, number=number)

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream of sound."""
        from gradstream.media.audio.stream import AudioStream  # noqa: PLC0415 (heavy: see above)

        return AudioStream(convert({**output.options, "accepts": accepts}, AudioOptions), sink=sink)

    def clip(self, chunk: Chunk, output: Output) -> WholeClip:
        """Return a file of sound."""
        from gradstream.media.files.whole_clip import audio_clip  # noqa: PLC0415 (heavy: see above)

        return audio_clip(chunk)


class Video:
    """What `video` is."""

    def chunk(self, value: Any, *, number: int) -> Chunk | None:
        """Return a copy of a path's file, of bytes, or of pictures."""
        from gradstream.media.snapshot import snapshot_video  # noqa: PLC0415 (heavy: see above)

        return snapshot_video(value, number=number)

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream of pictures, with or without sound."""
        from gradstream.media.video.stream import VideoStream  # noqa: PLC0415 (heavy: see above)

        options = convert({**output.options, "accepts": accepts}, VideoOptions)
        return VideoStream(options, sink=sink, warn=warn)

    def clip(self, chunk: Chunk, output: Output) -> WholeClip:
        """Return a file of pictures."""
        from gradstream.media.files.whole_clip import video_clip  # noqa: PLC0415 (heavy: see above)

        return video_clip(chunk, fps=convert(output.options, VideoOptions).fps)


def keep_clip(clip: WholeClip, store: Store) -> Plain:
    """Put a clip's bytes into the store and return the value that refers to them. Raises UnusableYield."""
    check_size(len(clip.data))
    value = {"blob": store.put(clip.data, clip.mime), "mime": clip.mime, "size": len(clip.data)}
    facts = {"duration_s": clip.duration_s, "width": clip.width, "height": clip.height}
    return {**value, **{name: fact for name, fact in facts.items() if fact is not None}}


def check_size(size: int) -> None:
    """Raise UnusableYield when a whole clip of so many bytes is too large."""
    if size > LARGEST_CLIP_BYTES:
        raise UnusableYield(
            f"the clip has {format_size(size)}; a whole clip may have {format_size(LARGEST_CLIP_BYTES)}: "
            "yield it in shorter pieces, with `streaming: true` and `updates: append`"
        )


def prepare() -> None:
    """Import everything that streams need, so that no visitor waits for it."""
    import gradstream.media.audio.stream  # noqa: PLC0415 (heavy: see above)
    import gradstream.media.video.stream  # noqa: F401, PLC0415 (heavy: see above)
