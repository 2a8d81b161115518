"""Makes whole clips, for outputs that are not streamed, or whose stream is shown at its end.

    Chunk --browsers play it--> as it is
          --otherwise, a stream of this chunk only--> segments --> .flac | .mp4
    init and media segments --join_segments--> .mp4

A clip is in memory as a whole, here and wherever it is sent: the limit is what a worker may send at once.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.slices.ogg_chain import is_chained
from gradstream.media.audio.stream import AudioStream
from gradstream.media.errors import chunk_name
from gradstream.media.files.browser_formats import BrowserFormat, browser_audio_format, browser_video_format
from gradstream.media.files.wav_file import with_true_sizes
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
    Warn,
)
from gradstream.media.video.stream import VideoStream


class WholeClip(Struct, frozen=True, kw_only=True):
    """A file that browsers play. `duration_s` is None if the file does not state it."""

    data: bytes
    mime: str
    duration_s: float | None
    width: int | None = None
    height: int | None = None


def audio_clip(chunk: Chunk, options: AudioOptions, *, warn: Warn | None = None) -> WholeClip:
    """Return an audio chunk as a file: wav, mp3, flac, ogg, m4a as they are, everything else as FLAC.

    A wav gets true sizes; several Ogg files in a row become FLAC: players show the length of the first.

    `options` say what bytes without a header are; `warn` receives what is not played as given. Raises
    ChunkError.
    """
    file = _file(chunk)
    if file is not None and (known := browser_audio_format(file)) is not None:
        clip = _unchanged(file, known)
        if known.mime == "audio/wav":
            return _true_wav(clip, chunk)
        if not is_chained(clip.data):
            return clip
    buffer = _SegmentBuffer()
    stream = AudioStream(replace(options, codec="flac"), sink=buffer, warn=warn)
    source = FragmentedFile(buffer.encode(stream, chunk))
    track = source.tracks[1]
    target = io.BytesIO()
    write_flac(source, track, target)
    duration_s = track.presented / track.timescale
    return WholeClip(data=target.getvalue(), mime="audio/flac", duration_s=duration_s)


def video_clip(chunk: Chunk, *, fps: float, warn: Warn | None = None) -> WholeClip:
    """Return a video chunk as a file: mp4 and webm as they are, everything else as H.264 with AAC.

    H.264 in other containers is copied. `fps` is the rate of video given as arrays; `warn` receives
    what is not shown as given. Raises ChunkError.
    """
    file = _file(chunk)
    if file is not None and (known := browser_video_format(file)) is not None:
        return _unchanged(file, known)
    buffer = _SegmentBuffer()
    stream = VideoStream(VideoOptions(fps=fps, codec="aac"), sink=buffer, warn=warn)
    return _progressive(buffer.encode(stream, chunk))


def join_segments(init: InitSegment, segments: Iterable[bytes]) -> WholeClip:
    """Return the segments of a stream as one progressive MP4, which allows seeking at once.

    Raises ValueError without any media segment.
    """
    return _progressive(io.BytesIO(b"".join((init.data, *segments))))


class _SegmentBuffer:
    """A sink that keeps all segments."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def open(self, init: InitSegment) -> None:
        """Keep the init segment."""
        self._parts.append(init.data)

    def append(self, segment: MediaSegment) -> None:
        """Keep a media segment."""
        self._parts.append(segment.data)

    def encode(self, stream: MediaStream, chunk: Chunk) -> io.BytesIO:
        """Return the segments of a stream with a single chunk as a file. Raises ChunkError."""
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


def _unchanged(file: bytes | str, known: BrowserFormat) -> WholeClip:
    data = file if isinstance(file, bytes) else Path(file).read_bytes()
    return WholeClip(
        data=data,
        mime=known.mime,
        duration_s=known.duration_s,
        width=known.width,
        height=known.height,
    )


def _true_wav(clip: WholeClip, chunk: Chunk) -> WholeClip:
    """Return a wav with true sizes. Raises ChunkError if samples are missing, or other bytes follow them."""
    try:
        data = with_true_sizes(clip.data)
    except ValueError as error:
        raise audio_file_error(chunk, str(error)) from error
    known = None if data is clip.data else browser_audio_format(data)
    return replace(clip, data=data, duration_s=known.duration_s if known else clip.duration_s)


def _progressive(file: io.BytesIO) -> WholeClip:
    source = FragmentedFile(file)
    video = source.track(b"vide")
    first = video or next(iter(source.tracks.values()))
    target = io.BytesIO()
    write_progressive(source, target)
    return WholeClip(
        data=target.getvalue(),
        mime="audio/mp4" if video is None else "video/mp4",
        duration_s=first.presented / first.timescale,
        width=None if video is None else video.width,
        height=None if video is None else video.height,
    )
