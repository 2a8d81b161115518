"""How a stream is offered as a file: its kinds, and the name under which a browser stores it."""

import re
from urllib.parse import quote

MEDIA_TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
}
"""The kinds of files that a stream can be downloaded as."""


def media_type(suffix: str, *, is_video: bool) -> str:
    """Return the type of a download; an MP4 file without video is audio."""
    return MEDIA_TYPES[suffix] if is_video else MEDIA_TYPES[suffix].replace("video", "audio")


def attachment(title: str, output: str, suffix: str) -> str:
    """Return the header that makes a browser store a file, under a name made from the demo's title."""
    name = re.sub(r"[^\w]+", "-", f"{title}-{output}").strip("-").lower() or "stream"
    plain = re.sub(r"[^a-z0-9_]+", "-", name).strip("-") or "stream"
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name)}.{suffix}"
