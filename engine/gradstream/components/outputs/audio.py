"""The output kind `audio`: sound, from files, bytes, slices of files, or (rate, array)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from msgspec import convert

from gradstream.components.outputs.delivery import ReadChunk
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.media import MediaOutput, of_buffers
from gradstream.format.types import Output
from gradstream.media.types import AudioOptions, Chunk, Codec, MediaStream, SegmentSink, Warn

if TYPE_CHECKING:
    from gradstream.media.files.whole_clip import WholeClip


class AudioOutput(MediaOutput):
    """Plays sound."""

    handed_as: ClassVar[str | None] = "audio"

    def prepare(self) -> None:
        """Import what streams of sound need."""
        import gradstream.media.audio.stream  # noqa: F401, PLC0415 (heavy, and for workers only)

    def chunks(self, warn: Warn | None) -> ReadChunk:
        """Return what copies a path's file, bytes, or (rate, array)."""
        from gradstream.media.snapshot import snapshot_audio  # noqa: PLC0415 (heavy, and for workers only)

        return of_buffers(snapshot_audio)

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Warn
    ) -> MediaStream:
        """Return a new stream of sound."""
        from gradstream.media.audio.stream import AudioStream  # noqa: PLC0415 (heavy, and for workers only)

        return AudioStream(
            convert({**output.options, "accepts": accepts}, AudioOptions), sink=sink, warn=warn
        )

    def make_clip(self, chunk: Chunk, output: Output, *, warn: Warn | None) -> WholeClip:
        """Return a file of sound."""
        from gradstream.media.files.whole_clip import audio_clip  # noqa: PLC0415 (heavy, and for workers only)

        return audio_clip(chunk, convert(output.options, AudioOptions), warn=warn)


KINDS: Mapping[str, OutputKind] = {"audio": AudioOutput()}
