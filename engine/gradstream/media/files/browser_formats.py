"""Which files browsers play as they are, told from what is in them: neither a name nor a suffix is trusted.

    bytes | path -> FFmpeg's probe -> container and codecs in one of two tables

Something has to be decodable, too: what only looks like a file is not passed on as one.
"""

import io
from collections.abc import Callable
from typing import Any

import av
from av.audio.codeccontext import AudioCodecContext
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.codeccontext import VideoCodecContext
from msgspec import Struct

_AUDIO_FORMATS: dict[str, tuple[str, frozenset[str]]] = {
    "wav": ("audio/wav", frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"})),
    "mp3": ("audio/mpeg", frozenset({"mp3"})),
    "flac": ("audio/flac", frozenset({"flac"})),
    "ogg": ("audio/ogg", frozenset({"opus", "vorbis"})),
    "mov,mp4,m4a,3gp,3g2,mj2": ("audio/mp4", frozenset({"aac"})),
}
"""FFmpeg's container -> MIME type, and the codecs that are played."""

_WEBM = ("video/webm", frozenset({"vp8", "vp9", "av1"}), frozenset({"opus", "vorbis"}))
_MP4 = ("video/mp4", frozenset({"h264"}), frozenset({"aac", "mp3", "flac", "opus"}))

_PLAYED_COLOURS = frozenset({"yuv420p", "yuvj420p"})
"""Of H.264: what decoders in hardware know. VP9 and AV1 are decoded in software where they have to be."""

_PROBED_FORMATS = "wav,mp3,flac,ogg,mov,matroska"
"""Playlists are not among them: they could name this machine's files."""

_QUICKTIME = "qt  "
"""The brand of `.mov`, which not every browser plays."""


class BrowserFormat(Struct, frozen=True, kw_only=True):
    """What a file is that browsers play."""

    mime: str
    duration_s: float | None
    width: int | None = None
    height: int | None = None


def browser_audio_format(file: bytes | str) -> BrowserFormat | None:
    """Return what a file (bytes, or a path) of sound is; None when browsers do not play it, or it is none."""
    return _probe(file, _sound_of)


def browser_video_format(file: bytes | str) -> BrowserFormat | None:
    """Return what a file (bytes, or a path) of pictures is; None when browsers do not play it."""
    return _probe(file, _video_of)


def _probe(
    file: bytes | str, judge: Callable[[InputContainer], BrowserFormat | None]
) -> BrowserFormat | None:
    source: Any = io.BytesIO(file) if isinstance(file, bytes) else file
    options = {"format_whitelist": _PROBED_FORMATS, "protocol_whitelist": "file,pipe"}
    try:
        with av.open(source, metadata_errors="replace", container_options=options) as opened:
            return judge(opened)
    except (FFmpegError, OSError):
        # Not of these formats, or damaged: whoever decodes it says what it is instead.
        return None


def _sound_of(opened: InputContainer) -> BrowserFormat | None:
    mime, codecs = _AUDIO_FORMATS.get(opened.format.name, ("", frozenset()))
    tracks = opened.streams.audio
    if len(tracks) != 1 or _pictures(opened) or _codec(tracks[0]) not in codecs:
        return None
    if next(opened.decode(tracks[0]), None) is None:
        return None
    return BrowserFormat(mime=mime, duration_s=_duration_s(opened))


def _video_of(opened: InputContainer) -> BrowserFormat | None:
    mime, picture_codecs, sound_codecs = _video_format(opened)
    tracks = _pictures(opened)
    if len(tracks) != 1 or _codec(tracks[0]) not in picture_codecs:
        return None
    if any(_codec(track) not in sound_codecs for track in opened.streams.audio):
        return None
    first = next(opened.decode(tracks[0]), None)
    if first is None or (mime == _MP4[0] and first.format.name not in _PLAYED_COLOURS):
        return None
    is_lying = first.rotation % 180 != 0
    width, height = (first.height, first.width) if is_lying else (first.width, first.height)
    return BrowserFormat(mime=mime, duration_s=_duration_s(opened), width=width, height=height)


def _video_format(opened: InputContainer) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return what stands in a table for the file's container; nothing fits what stands in none."""
    name = opened.format.name
    if name.startswith("mov") and opened.metadata.get("major_brand") != _QUICKTIME:
        return _MP4
    # Matroska that is no WebM by its header has codecs of a WebM seldom, and plays as one then.
    return _WEBM if name.startswith("matroska") else ("", frozenset(), frozenset())


def _codec(track: av.VideoStream | av.AudioStream) -> str:
    # PyAV has no context for a codec that it cannot decode, whatever its types say.
    context: VideoCodecContext | AudioCodecContext | None = track.codec_context
    return "" if context is None else context.codec.canonical_name


def _pictures(opened: InputContainer) -> list[av.VideoStream]:
    """Return the tracks of pictures; a song's cover is none."""
    return [track for track in opened.streams.video if not track.disposition & Disposition.attached_pic]


def _duration_s(opened: InputContainer) -> float | None:
    return None if opened.duration is None else opened.duration / av.time_base
