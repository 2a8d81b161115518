"""The output kind `video`: moving pictures, from files, bytes, or arrays with the output's `fps`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import convert

from gradstream.components.outputs.delivery import ReadChunk
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.media import MediaOutput, of_buffers
from gradstream.format.types import Output
from gradstream.media.types import Chunk, Codec, MediaStream, SegmentSink, VideoOptions, Warn

if TYPE_CHECKING:
    from gradstream.media.files.whole_clip import WholeClip


class VideoOutput(MediaOutput):
    """Plays moving pictures, with or without sound."""

    handed_as: ClassVar[str | None] = "video"

    def prepare(self) -> None:
        """Import what streams of pictures and sound need."""
        import gradstream.media.video.stream  # noqa: F401, PLC0415 (heavy, and for workers only)

    def chunks(self, warn: Warn | None) -> ReadChunk:
        """Return what copies a path's file, bytes, or pictures."""
        from gradstream.media.pictures.reader import PictureReader  # noqa: PLC0415 (heavy, and for workers only)
        from gradstream.media.snapshot import snapshot_video  # noqa: PLC0415 (heavy, and for workers only)

        return of_buffers(partial(snapshot_video, reader=PictureReader(warn)))

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream of pictures, with or without sound."""
        from gradstream.media.video.stream import VideoStream  # noqa: PLC0415 (heavy, and for workers only)

        options = convert({**output.options, "accepts": accepts}, VideoOptions)
        return VideoStream(options, sink=sink, warn=warn)

    def make_clip(self, chunk: Chunk, output: Output, *, warn: Warn | None) -> WholeClip:
        """Return a file of pictures."""
        from gradstream.media.files.whole_clip import video_clip  # noqa: PLC0415 (heavy, and for workers only)

        return video_clip(chunk, fps=convert(output.options, VideoOptions).fps, warn=warn)


KINDS: Mapping[str, OutputKind] = {"video": VideoOutput()}
