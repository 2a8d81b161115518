"""What kind of file some bytes are, told from the bytes: neither a name nor a browser's word can be trusted.

Source: the WHATWG MIME Sniffing Standard, sections 6 and 7, as far as demos take such files.
"""

SNIFFED_BYTES = 512
"""How much of a file's beginning `sniff` looks at."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/avi"}
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"mif1": "image/heif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
_OGG_SOUND = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex  ")
_OGG_CODEC_AT = 28
"""Where an Ogg file names its codec: after a first page's header with one segment (RFC 3533, section 6)."""

_EBML = b"\x1aE\xdf\xa3"
_TS_PACKET_BYTES = 188
_TEXT_CONTROLS = frozenset(b"\t\n\x0c\r\x1b")


def sniff(head: bytes) -> str:
    """Return the MIME type of a file that begins with these bytes.

    WebM, MP4 and QuickTime are video: which tracks they have is not known from their first bytes, so a
    recording of sound alone looks the same.
    """
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    contained = _sniff_container(head)
    if contained is not None:
        return contained
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head):
        return "application/octet-stream"
    return "image/svg+xml" if _is_svg(head) else "text/plain"


def _sniff_container(head: bytes) -> str | None:
    """Return what a file of sound or video is, or one of another kind in the same sort of container."""
    if head[:4] in (b"RIFF", b"RF64"):
        return _RIFF.get(head[8:12], "application/octet-stream")
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head[4:8] == b"ftyp":
        return "video/3gpp" if head[8:11] == b"3gp" else _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(_EBML):
        return "video/x-matroska" if b"matroska" in head[:64] else "video/webm"
    if head.startswith(b"OggS"):
        is_sound = head[_OGG_CODEC_AT:].startswith(_OGG_SOUND)
        return "audio/ogg" if is_sound else "application/ogg"
    if len(head) > 2 * _TS_PACKET_BYTES and head[::_TS_PACKET_BYTES][:3] == b"GGG":
        return "video/mp2t"
    return _sniff_frames(head)


def _sniff_frames(head: bytes) -> str | None:
    """Return what begins with a frame of sound, as files of MP3 and AAC without a header do."""
    if len(head) < 3 or head[0] != 0xFF:
        return None
    # Layer III, and neither a bit rate nor a sample rate that does not exist (ISO 11172-3, section 2.4.1.3).
    if head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C:
        return "audio/mpeg"
    # An ADTS header (ISO 14496-3, section 1.A.2): its layer is always 0.
    return "audio/aac" if head[1] & 0xF6 == 0xF0 else None


def _is_svg(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text)
