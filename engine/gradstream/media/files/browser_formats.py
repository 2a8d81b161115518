"""Recognises files that browsers play as they are, by their content: neither name nor suffix is trusted.

    bytes | path -> FFmpeg's probe -> container and codecs in one of two tables

The first frame must also be decodable: something that only looks like a media file is not passed on.
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
"""FFmpeg's container -> MIME type, and the codecs that Chromium and Firefox both play, with up to 8
channels and at 4 to 192 kHz. Of wav, A-law and mu-law would play too; 64-bit floats and ADPCM would not."""

_RARE_AAC_PROFILES = frozenset({"Main", "SSR", "LTP", "LD", "ELD", "xHE-AAC"})
"""Profiles of AAC that not every decoder of a browser has."""

_WEBM = ("video/webm", frozenset({"vp8", "vp9", "av1"}), frozenset({"opus", "vorbis"}))
_MP4 = ("video/mp4", frozenset({"h264"}), frozenset({"aac", "mp3", "flac", "opus"}))

_PLAYED_PIXEL_FORMATS = frozenset({"yuv420p", "yuvj420p"})
"""Pixel formats of H.264 that hardware decoders support. VP9 and AV1 have software decoders."""

_PROBED_FORMATS = "wav,mp3,flac,ogg,mov,matroska"
"""Playlists are left out: they could refer to files of this machine."""

_QUICKTIME = "qt  "
"""The major brand of `.mov`, which some browsers do not play."""


class BrowserFormat(Struct, frozen=True, kw_only=True):
    """The type and dimensions of a file that browsers play."""

    mime: str
    duration_s: float | None
    width: int | None = None
    height: int | None = None


def browser_audio_format(file: bytes | str) -> BrowserFormat | None:
    """Return the format of an audio file (bytes, or a path); None if browsers do not play it."""
    return _probe(file, _audio_format)


def browser_video_format(file: bytes | str) -> BrowserFormat | None:
    """Return the format of a video file (bytes, or a path); None if browsers do not play it."""
    return _probe(file, _video_format)


def _probe(
    file: bytes | str, inspect: Callable[[InputContainer], BrowserFormat | None]
) -> BrowserFormat | None:
    source: Any = io.BytesIO(file) if isinstance(file, bytes) else file
    options = {"format_whitelist": _PROBED_FORMATS, "protocol_whitelist": "file,pipe"}
    try:
        with av.open(source, metadata_errors="replace", container_options=options) as container:
            return inspect(container)
    except (FFmpegError, OSError):
        # Another format, or damaged: decoding it will report what is wrong.
        return None


def _audio_format(container: InputContainer) -> BrowserFormat | None:
    mime, codecs = _AUDIO_FORMATS.get(container.format.name, ("", frozenset()))
    tracks = container.streams.audio
    if len(tracks) != 1 or _video_tracks(container) or _codec(tracks[0]) not in codecs:
        return None
    if _codec(tracks[0]) == "aac" and tracks[0].codec_context.profile in _RARE_AAC_PROFILES:
        return None
    if next(container.decode(tracks[0]), None) is None:
        return None
    return BrowserFormat(mime=mime, duration_s=_duration_s(container))


def _video_format(container: InputContainer) -> BrowserFormat | None:
    mime, video_codecs, audio_codecs = _video_container(container)
    tracks = _video_tracks(container)
    if len(tracks) != 1 or _codec(tracks[0]) not in video_codecs:
        return None
    if any(_codec(track) not in audio_codecs for track in container.streams.audio):
        return None
    first = next(container.decode(tracks[0]), None)
    if first is None or (mime == _MP4[0] and first.format.name not in _PLAYED_PIXEL_FORMATS):
        return None
    is_sideways = first.rotation % 180 != 0
    width, height = (first.height, first.width) if is_sideways else (first.width, first.height)
    return BrowserFormat(mime=mime, duration_s=_duration_s(container), width=width, height=height)


def _video_container(container: InputContainer) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return MIME type, video codecs and audio codecs of the file's container; empty if unsupported."""
    name = container.format.name
    if name.startswith("mov") and container.metadata.get("major_brand") != _QUICKTIME:
        return _MP4
    # PyAV does not distinguish Matroska from WebM; Matroska with WebM codecs plays as WebM.
    return _WEBM if name.startswith("matroska") else ("", frozenset(), frozenset())


def _codec(track: av.VideoStream | av.AudioStream) -> str:
    # PyAV has no context for a codec that it cannot decode, contrary to its type annotations.
    context: VideoCodecContext | AudioCodecContext | None = track.codec_context
    return "" if context is None else context.codec.canonical_name


def _video_tracks(container: InputContainer) -> list[av.VideoStream]:
    """Return the video tracks; cover art does not count."""
    return [track for track in container.streams.video if not track.disposition & Disposition.attached_pic]


def _duration_s(container: InputContainer) -> float | None:
    return None if container.duration is None else container.duration / av.time_base
