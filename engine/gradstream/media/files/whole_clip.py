"""Whole clips: what an output shows that is no stream, or whose stream is shown when it is over.

    Chunk --playable--> as it is
          --else, a stream of this one chunk--> fragments --> .flac | .mp4
    head, fragments --join_segments--> .mp4

A clip is in memory whole, here and wherever it goes: its bound is what a worker may send at once.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from gradstream.media.audio.stream import AudioStream
from gradstream.media.errors import chunk_name
from gradstream.media.files.browser_formats import BrowserFormat, browser_audio_format, browser_video_format
from gradstream.media.mp4.flac_writer import write_flac
from gradstream.media.mp4.fragment_reader import FragmentedFile
from gradstream.media.mp4.progressive import write_progressive
from gradstream.media.types import (
    AudioOptions,
    Chunk,
    ChunkError,
    InitSegment,
    MediaSegment,
    MediaStream,
    VideoOptions,
)
from gradstream.media.video.stream import VideoStream


class WholeClip(Struct, frozen=True, kw_only=True):
    """A file that browsers play. `duration_s` is None where the file does not say it."""

    data: bytes
    mime: str
    duration_s: float | None
    width: int | None = None
    height: int | None = None


def audio_clip(chunk: Chunk) -> WholeClip:
    """Return a chunk of sound as a file: wav, mp3, flac, ogg, m4a as they are, all else as FLAC.

    Raises ChunkError.
    """
    file = _file(chunk)
    if file is not None and (playable := browser_audio_format(file)) is not None:
        return _as_it_is(file, playable)
    parts = _Parts()
    source = FragmentedFile(parts.told(AudioStream(AudioOptions(codec="flac"), sink=parts), chunk))
    track = source.tracks[1]
    written = io.BytesIO()
    write_flac(source, track, written)
    duration_s = track.presented / track.timescale
    return WholeClip(data=written.getvalue(), mime="audio/flac", duration_s=duration_s)


def video_clip(chunk: Chunk, *, fps: float) -> WholeClip:
    """Return a chunk of pictures as a file: mp4 and webm as they are, all else as H.264 with AAC.

    H.264 in other containers is copied. `fps` is the rate of pictures given as arrays. Raises ChunkError.
    """
    file = _file(chunk)
    if file is not None and (playable := browser_video_format(file)) is not None:
        return _as_it_is(file, playable)
    parts = _Parts()
    return _joined(parts.told(VideoStream(VideoOptions(fps=fps, codec="aac"), sink=parts), chunk))


def join_segments(head: InitSegment, fragments: Iterable[bytes]) -> WholeClip:
    """Return a stream's fragments as one MP4 that can be sought in at once.

    Raises ValueError when there is no fragment.
    """
    return _joined(io.BytesIO(b"".join((head.init, *fragments))))


class _Parts:
    """A sink that keeps everything."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def open(self, head: InitSegment) -> None:
        """Keep the head."""
        self._parts.append(head.init)

    def put(self, fragment: MediaSegment) -> None:
        """Keep a fragment."""
        self._parts.append(fragment.data)

    def told(self, stream: MediaStream, chunk: Chunk) -> io.BytesIO:
        """Return, as a file, what a stream makes of its only chunk. Raises ChunkError."""
        try:
            stream.add(chunk)
            stream.finish()
        finally:
            stream.close()
        if not self._parts:
            name = f' ("{chunk.name}")' if chunk.name else ""
            raise ChunkError(f"{chunk_name(chunk.number)}{name} has nothing in it to play")
        return io.BytesIO(b"".join(self._parts))


def _file(chunk: Chunk) -> bytes | str | None:
    return chunk.data if chunk.data is not None else chunk.path


def _as_it_is(file: bytes | str, playable: BrowserFormat) -> WholeClip:
    data = file if isinstance(file, bytes) else Path(file).read_bytes()
    return WholeClip(
        data=data,
        mime=playable.mime,
        duration_s=playable.duration_s,
        width=playable.width,
        height=playable.height,
    )


def _joined(file: io.BytesIO) -> WholeClip:
    source = FragmentedFile(file)
    pictures = source.track(b"vide")
    first = pictures or next(iter(source.tracks.values()))
    written = io.BytesIO()
    write_progressive(source, written)
    return WholeClip(
        data=written.getvalue(),
        mime="audio/mp4" if pictures is None else "video/mp4",
        duration_s=first.presented / first.timescale,
        width=None if pictures is None else pictures.width,
        height=None if pictures is None else pictures.height,
    )
