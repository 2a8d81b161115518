"""What bytes look like, in words: for messages about chunks that cannot be decoded, and to tell files apart.

Source of the signatures: each format's own specification.
"""

_SHOWN_BYTES = 24
"""So much of a beginning is shown."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"<!DOCTYPE", "HTML text"),
    (0, b"<!doctype", "HTML text"),
    (0, b"<html", "HTML text"),
    (0, b"<?xml", "XML text"),
    (0, b"<svg", "an SVG picture"),
    (0, b'{"', "JSON text"),
    (0, b'[{"', "JSON text"),
    (0, b"#EXTM3U", "a playlist"),
    (0, b"\x89PNG", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"\x1f\x8b\x08", "gzipped data"),
    (0, b"\x93NUMPY", "a NumPy file"),
    (0, b"\x80\x04\x95", "a Python pickle"),
    (8, b"WAVE", "a wav file"),
    (8, b"AVI ", "an AVI file"),
    (8, b"AIFF", "an AIFF file"),
    (0, b"fLaC", "a FLAC file"),
    (0, b"OggS", "an Ogg file"),
    (0, b"caff", "a Core Audio file"),
    (0, b"ID3", "an MP3 file"),
    (4, b"ftyp", "an MP4 file"),
    (4, b"moof", "a fragment of an MP4 file"),
    (0, b"\x1aE\xdf\xa3", "a WebM or Matroska file"),
)

_CERTAIN_BYTES = 4
"""A signature of so many bytes is no accident."""

_LEAST_TEXT = 32
"""So many printable bytes, a space among them, are text; encoded sound never has them."""


def identify(begin: bytes) -> str | None:
    """Return what a file is that begins with these bytes, with its article; None when they say nothing."""
    for at, magic, kind in _SIGNATURES:
        if begin[at : at + len(magic)] == magic:
            return kind
    if begin and not begin.strip(b"\x00"):
        return "nothing but zeros"
    return "text" if _is_text(begin[:256]) else None


def identify_certain(begin: bytes) -> str | None:
    """Return what a file is only where these bytes could not be the middle of something else."""
    for at, magic, kind in _SIGNATURES:
        if len(magic) >= _CERTAIN_BYTES and begin[at : at + len(magic)] == magic:
            return kind
    return "text" if _is_text(begin[:256]) else None


def describe_bytes(begin: bytes) -> str:
    """Return a clause that shows how bytes begin, and says what that is."""
    shown = begin[:_SHOWN_BYTES].decode("latin-1").encode("unicode_escape").decode()
    kind = identify(begin)
    return f'it begins with "{shown}"' + (f" ({kind})" if kind else "")


def _is_text(begin: bytes) -> bool:
    printable = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in begin)
    return printable and len(begin) >= _LEAST_TEXT and any(byte in b" \n" for byte in begin)
