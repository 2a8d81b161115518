"""Determines a file's MIME type from its bytes, since neither its name nor a browser's claim can be trusted.

Source: the WHATWG MIME Sniffing Standard, sections 6 and 7, for the files that demos accept.
"""

from gradstream.signatures import find_signature

SNIFFED_BYTES = 512
"""The number of a file's first bytes that `sniff` needs."""

_TS_PACKET_BYTES = 188
_TEXT_CONTROLS = frozenset(b"\t\n\x0c\r\x1b")


def sniff(head: bytes) -> str:
    """Return the MIME type of a file that begins with these bytes.

    WebM, MP4 and QuickTime are video: their first bytes do not say which tracks they have, so a recording of
    sound alone looks the same.
    """
    signature = find_signature(head)
    if signature is not None and signature.mime is not None:
        return signature.mime
    if len(head) > 2 * _TS_PACKET_BYTES and head[::_TS_PACKET_BYTES][:3] == b"GGG":
        return "video/mp2t"
    frames = _sniff_frames(head)
    if frames is not None:
        return frames
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head):
        return "application/octet-stream"
    return "image/svg+xml" if _is_svg(head) else "text/plain"


def _sniff_frames(head: bytes) -> str | None:
    """Return the type of an MP3 or AAC file without a header, which begins with a frame of sound."""
    if len(head) < 3 or head[0] != 0xFF:
        return None
    # Layer III, with a bit rate and a sample rate that exist (ISO 11172-3, section 2.4.1.3).
    if head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C:
        return "audio/mpeg"
    # An ADTS header (ISO 14496-3, section 1.A.2): its layer is always 0.
    return "audio/aac" if head[1] & 0xF6 == 0xF0 else None


def _is_svg(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text)
